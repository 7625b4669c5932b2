"""Payments at the provider: attempts, refunds, chargebacks, and the facts it reports."""
