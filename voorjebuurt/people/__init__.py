"""Persons, roles, mandates and signing in."""
