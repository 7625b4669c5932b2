"""Where money went, over all funds and years of a municipality: match, and what residents gave."""
