"""How far campaigns that made it were on each of their days, for who runs one now."""
