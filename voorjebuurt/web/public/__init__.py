"""Screens for everybody.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.public import (
    campaigns,
    destinations,
    fund_questions,
    funds,
    gifts,
    home,
    near_miss,
    pictures,
    places,
    pledges,
)
from voorjebuurt.web.public.blueprint import blueprint

__all__ = [
    "blueprint",
    "campaigns",
    "destinations",
    "fund_questions",
    "funds",
    "gifts",
    "home",
    "near_miss",
    "pictures",
    "places",
    "pledges",
]
