"""The law's terms and the order of decisions, as pure functions and tables."""
