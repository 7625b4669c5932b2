"""The decision on an objection: proposed, approved, and sent with what comes in the place."""
