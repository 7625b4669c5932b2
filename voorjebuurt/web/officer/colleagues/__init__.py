"""The officers of a municipality: the register of mandates, who appoints them, and their teams."""

from voorjebuurt.web.officer.colleagues import appointing, proposals, register, teams

__all__ = ["appointing", "proposals", "register", "teams"]
