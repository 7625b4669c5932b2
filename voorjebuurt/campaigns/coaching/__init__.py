"""A coach who betters the words of a plan, and what its initiator says of that."""
