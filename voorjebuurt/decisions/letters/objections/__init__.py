"""Letters about an objection: the decision on it, what is told on the way, and a penalty."""
