"""The start page of a campaign for its initiators, its gifts, and its money line by line."""

from voorjebuurt.web.resident.overview import gifts, money

__all__ = ["gifts", "money"]
