"""States of a payee and of a payout, and what may follow what. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.transitions import Transitions

PAYEE_CAMPAIGNS = frozenset(
    {
        CampaignStatus.LIVE,
        CampaignStatus.CLOSING,
        CampaignStatus.NEAR_MISS,
        CampaignStatus.SUCCEEDED,
        CampaignStatus.PAID_OUT,
    }
)
"""Campaigns that have, or may get, money to pay out."""


class PayeeStatus(StrEnum):
    """A payee is one account as given at one time; a changed IBAN is a new payee."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REFUSED = "refused"
    REPLACED = "replaced"
    PROPOSAL = "proposal"
    """One of several who run a campaign gave it; another of them must agree."""
    LAPSE = "lapse"
    """A proposal that came to nothing."""


CURRENT_PAYEE = frozenset({PayeeStatus.SUBMITTED, PayeeStatus.VERIFIED})

NEVER_COUNTED = frozenset({PayeeStatus.PROPOSAL, PayeeStatus.LAPSE})
"""No staff look at these: the group itself did not agree."""

PAYEE_TRANSITIONS: Transitions[PayeeStatus] = Transitions(
    {
        "verify": ({PayeeStatus.SUBMITTED}, PayeeStatus.VERIFIED),
        "refuse": ({PayeeStatus.SUBMITTED}, PayeeStatus.REFUSED),
        "agree": ({PayeeStatus.PROPOSAL}, PayeeStatus.SUBMITTED),
        "drop": ({PayeeStatus.PROPOSAL}, PayeeStatus.LAPSE),
        "replace": ({PayeeStatus.SUBMITTED, PayeeStatus.VERIFIED}, PayeeStatus.REPLACED),
    }
)


class PayoutStatus(StrEnum):
    """``exported``: in a bank file, the money is in flight; ``executed``: seen to have gone."""

    PROPOSED = "proposed"
    RELEASED = "released"
    EXPORTED = "exported"
    EXECUTED = "executed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


S = PayoutStatus
UNDER_WAY = frozenset({S.PROPOSED, S.RELEASED, S.EXPORTED})

PAYOUT_TRANSITIONS: Transitions[PayoutStatus] = Transitions(
    {
        "release": ({S.PROPOSED}, S.RELEASED),
        "cancel": ({S.PROPOSED, S.RELEASED}, S.CANCELLED),
        "export": ({S.RELEASED}, S.EXPORTED),
        "execute": ({S.EXPORTED}, S.EXECUTED),
        "return": ({S.EXPORTED, S.EXECUTED}, S.RETURNED),
    }
)


def working_day(day: date) -> date:
    """``day``, or the Monday after a weekend: banks carry nothing out on the days between."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def reminder_round(decided_at: datetime, now: datetime) -> int:
    """How often an account has been asked for by now: at once, then each week, four times."""
    return min((now - decided_at).days // 7, 3)
