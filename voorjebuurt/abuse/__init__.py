"""Reports of abuse: anybody sends one, staff look at it, act or not, and say so to both sides."""
