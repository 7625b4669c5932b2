"""Screens of officers about decisions, their letters, and objections."""

from voorjebuurt.web.officer.decisions import letters, objections, page, posting, proposals, rounds

__all__ = ["letters", "objections", "page", "posting", "proposals", "rounds"]
