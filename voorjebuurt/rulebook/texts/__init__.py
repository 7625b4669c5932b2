"""Phrases and their wording in Dutch and English. Pure."""
