"""The snapshot that a decision rests on, and computing the decision again from it."""
