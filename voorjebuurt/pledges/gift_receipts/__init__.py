"""Receipts of gifts, as a bookkeeper takes them: numbered by year, with what was paid back."""
