"""Screens of coaches.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.coach import logos, near_misses, questions, reviews, talk, words
from voorjebuurt.web.coach.blueprint import blueprint

__all__ = ["blueprint", "logos", "near_misses", "questions", "reviews", "talk", "words"]
