"""A success that no longer has its minimum, before anything was paid out."""
