"""Funds: drafts, publishing, versions, the calendar of their life."""
