"""Talking with the coach about one's own plan, what a coach changed in it, and funders who look.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.coaching import edits, funders, talk

__all__ = ["edits", "funders", "talk"]
