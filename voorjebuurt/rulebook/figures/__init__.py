"""From gifts to amounts: totals, bases, factors, claims, and the division. Pure."""
