"""Screens of the platform's staff and auditors.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.staff import (
    alerts,
    bank_files,
    campaigns,
    corrections,
    deposits,
    desk,
    destinations,
    fund_returns,
    gift_words,
    gifts,
    ledger,
    mails,
    municipal_money,
    near_misses,
    payees,
    payouts,
    people,
    places,
    rehearsals,
    role_proposals,
    trail,
)
from voorjebuurt.web.staff.blueprint import blueprint

__all__ = [
    "alerts",
    "bank_files",
    "blueprint",
    "campaigns",
    "corrections",
    "deposits",
    "desk",
    "destinations",
    "fund_returns",
    "gift_words",
    "gifts",
    "ledger",
    "mails",
    "municipal_money",
    "near_misses",
    "payees",
    "payouts",
    "people",
    "places",
    "rehearsals",
    "role_proposals",
    "trail",
]
