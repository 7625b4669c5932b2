"""Screens of municipal officers. Importing this package registers every room's routes."""

from voorjebuurt.web.officer import cases, colleagues, decisions, desk, funds, inquiries, wording
from voorjebuurt.web.officer.blueprint import blueprint

__all__ = [
    "blueprint",
    "cases",
    "colleagues",
    "decisions",
    "desk",
    "funds",
    "inquiries",
    "wording",
]
