"""Gifts that come back each month until their campaign's last day."""
