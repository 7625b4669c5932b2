"""The rule builder: a form with a field for every choice, and what the choices do."""

from voorjebuurt.web.officer.funds.builder import page

__all__ = ["page"]
