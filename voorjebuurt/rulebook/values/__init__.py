"""Exact numbers, instants, and canonical JSON. Pure."""
