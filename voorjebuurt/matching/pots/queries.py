"""What municipalities paid in, what they still owe, and what initiators must pay back."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, fund_free, municipal_receivable
from voorjebuurt.matching.funds.ceilings import ceiling_for, left_below
from voorjebuurt.matching.funds.states import PUBLIC
from voorjebuurt.matching.models import Application, Fund, FundPot, PotMove
from voorjebuurt.matching.pots.interest import open_interest
from voorjebuurt.places.models import Municipality
from voorjebuurt.pledges.models import CampaignMatch


class FundMoney(NamedTuple):
    """A fund's money at the bank (eurocents): free of what was paid in, or still to be paid."""

    fund_id: UUID
    name: str
    municipality: str
    prepaid: bool
    free_cents: int
    owed_cents: int


class OpenClawback(NamedTuple):
    """What an initiator still has to pay (eurocents): match money back, and interest.

    ``interest_cents`` of ``open_cents`` are interest that was laid down.
    """

    application_id: UUID
    number: str
    title: str
    open_cents: int
    interest_cents: int


class Room(NamedTuple):
    """What a fund has for one more award (eurocents): below its ceiling, and of what was paid in.

    ``paid_in_cents`` is None where the municipality pays afterwards.
    """

    below_ceiling_cents: int
    paid_in_cents: int | None

    @property
    def cents(self) -> int:
        """The least of both."""
        if self.paid_in_cents is None:
            return self.below_ceiling_cents
        return max(0, min(self.below_ceiling_cents, self.paid_in_cents))


def room_now(session: Session, application_id: UUID) -> Room:
    """What a fund could give beside what is set apart for an application; nothing is locked."""
    match = session.get_one(CampaignMatch, application_id)
    pot = session.get_one(FundPot, match.fund_id)
    below_cents = left_below(
        session, pot, ceiling_for(session, application_id), application_id=application_id
    )
    free_cents = balance(session, fund_free(match.fund_id)) if match.prepaid else None
    return Room(below_cents, free_cents)


def most_for(session: Session, application_id: UUID) -> int:
    """What a fund could still give to an application, with what is set apart for it (eurocents).

    That is below its ceiling and, where money is paid before, of what was paid in.
    """
    match = session.get_one(CampaignMatch, application_id)
    return room_now(session, application_id).cents + match.match_cents


def fund_money(session: Session) -> Sequence[FundMoney]:
    """Every published fund, by name."""
    statement = (
        select(Fund.id, Fund.name, Municipality.name, Fund.prepaid)
        .join(Municipality, Municipality.id == Fund.municipality_id)
        .where(Fund.status.in_(PUBLIC))
        .order_by(Municipality.name, Fund.name, Fund.id)
    )
    return [
        FundMoney(
            *row,
            free_cents=balance(session, fund_free(row[0])) if row[3] else 0,
            owed_cents=0 if row[3] else balance(session, municipal_receivable(row[0])),
        )
        for row in session.execute(statement)
    ]


def open_clawbacks(session: Session) -> Sequence[OpenClawback]:
    """Claims on initiators that are not paid (whole), by number."""
    application_ids = select(PotMove.application_id).where(PotMove.kind == "claw_back")
    statement = (
        select(Application.id, Application.number, Campaign.title)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(Application.id.in_(application_ids))
        .order_by(Application.number)
    )
    rows = []
    for application_id, number, title in session.execute(statement):
        interest_cents = open_interest(session, application_id)
        open_cents = balance(session, clawback_receivable(application_id)) + interest_cents
        if open_cents > 0:
            rows.append(OpenClawback(application_id, number, title, open_cents, interest_cents))
    return rows
