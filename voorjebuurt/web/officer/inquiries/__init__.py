"""Screens of officers about proof that is asked for, and about the lots of a sample."""

from voorjebuurt.web.officer.inquiries import lots, page, questions

__all__ = ["lots", "page", "questions"]
