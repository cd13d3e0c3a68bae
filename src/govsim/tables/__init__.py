"""Records of residents, posts, communities and work; storage without behaviour."""
