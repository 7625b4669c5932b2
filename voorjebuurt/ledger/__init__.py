"""The double-entry ledger: the truth about money."""
