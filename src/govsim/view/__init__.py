"""The interactive view: a page in a browser of this machine, behind walls that keep everyone else out."""
