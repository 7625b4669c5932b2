"""Campaigns: the pitch, its review, its life and its public face."""
