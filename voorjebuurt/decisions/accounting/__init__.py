"""Initiators account for match money: the account, its receipts, what is due."""
