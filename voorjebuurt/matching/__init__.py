"""Matching funds: what a municipality puts beside the residents' money, and by which rules."""
