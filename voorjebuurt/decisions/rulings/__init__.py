"""Decisions on applications: proposed, approved, sent, and booked."""
