"""Gifts in somebody's name, or for somebody: correcting it, and the present as its reader sees it.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.public.dedications import cards, changing, logos, presents

__all__ = ["cards", "changing", "logos", "presents"]
