"""Crowdfunding for neighbourhoods: pitch, pledge, match, pay out."""
