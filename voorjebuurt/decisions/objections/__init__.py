"""Objections to decisions: received, given terms, decided by another officer."""
