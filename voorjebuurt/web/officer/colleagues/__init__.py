"""The officers of a municipality: the register of mandates, and appointing by who has the right."""

from voorjebuurt.web.officer.colleagues import appointing, proposals, register

__all__ = ["appointing", "proposals", "register"]
