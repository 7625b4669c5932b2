"""The two documents of the rule language, rules and facts: from JSON, strictly. Pure."""
