"""A scenario in plain words: what changes when and where, what it costs, and what it rests on."""
