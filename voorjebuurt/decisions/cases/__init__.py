"""Handling an application: checklist, terms, stakes, notes, and who has the case."""
