"""The money of a campaign line by line, from the ledger, as its initiators see it."""
