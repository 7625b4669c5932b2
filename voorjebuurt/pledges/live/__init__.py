"""Stopping and extending a live campaign: what donors, followers, coaches and staff hear of it."""
