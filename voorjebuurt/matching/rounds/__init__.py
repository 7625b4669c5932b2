"""Closed funds divided over their applications, one round per version."""
