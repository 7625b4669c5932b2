"""Donors without an address of mail: who gave at a desk, and what they are told on paper."""
