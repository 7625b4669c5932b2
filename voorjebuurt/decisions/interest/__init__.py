"""Statutory interest on claims that are paid late: what is due, what was laid down and paid."""
