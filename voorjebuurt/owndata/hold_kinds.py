"""The reasons for which somebody's data stay for now."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class HoldKind(StrEnum):
    """Why somebody can't be erased yet; the page says what to do about each."""

    BLOCK = "block"
    ROLE = "role"
    REVIEW = "review"
    """A plan is with a coach."""
    CAMPAIGN = "campaign"
    """A campaign of theirs runs, or is not decided."""
    PAYOUT = "payout"
    """Money of donors is still to be paid to them."""
    CASE = "case"
    """A municipality decides on their application."""
    ACCOUNT = "account"
    """They were granted match money and have to account for it, or a municipality looks at that."""
    OBJECTION = "objection"
    DEBT = "debt"
    """They must pay match money back."""
    SIGN_IN = "sign_in"
    """Somebody can sign in with the address: they are erased there, with all that is theirs."""


@dataclass(frozen=True)
class Hold:
    """One thing that keeps somebody: about which campaign or case, and its last day if it has.

    ``leaves``: the campaign that keeps them no longer once they hand it over, or run it no more.
    """

    kind: HoldKind
    title: str = ""
    until: date | None = None
    leaves: UUID | None = None
