"""Budgets that a council adopted, and the awards that depend on them (Awb 4:34)."""
