"""Proof that the municipality asks for in cases of which nothing is accounted for (Awb 4:47)."""
