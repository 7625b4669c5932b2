"""Screens for everybody.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.public import (
    campaigns,
    cash,
    dedications,
    destinations,
    fund_questions,
    funds,
    gift_addresses,
    gift_changes,
    gifts,
    help_offers,
    home,
    monthly,
    near_miss,
    pictures,
    places,
    pledges,
    reach,
    talk,
    towns,
)
from voorjebuurt.web.public.blueprint import blueprint

__all__ = [
    "blueprint",
    "campaigns",
    "cash",
    "dedications",
    "destinations",
    "fund_questions",
    "funds",
    "gift_addresses",
    "gift_changes",
    "gifts",
    "help_offers",
    "home",
    "monthly",
    "near_miss",
    "pictures",
    "places",
    "pledges",
    "reach",
    "talk",
    "towns",
]
