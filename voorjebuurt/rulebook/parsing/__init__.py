"""From JSON to rulesets and facts, strictly, with every fault. Pure."""
