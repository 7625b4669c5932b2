"""What municipalities paid in, what they still owe, and what initiators must pay back."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, fund_free, municipal_receivable
from voorjebuurt.matching.funds.states import PUBLIC
from voorjebuurt.matching.models import Application, Fund, FundPot, PotMove
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
    """Match money that an initiator still has to pay back (eurocents)."""

    application_id: UUID
    number: str
    title: str
    open_cents: int


def most_for(session: Session, application_id: UUID) -> int:
    """What a fund could still give to an application, with what is set apart for it (eurocents).

    That is below its ceiling and, where money is paid before, of what was paid in.
    """
    match = session.get_one(CampaignMatch, application_id)
    pot = session.get_one(FundPot, match.fund_id)
    left_cents = pot.ceiling_cents - pot.taken_cents
    if match.prepaid:
        left_cents = min(left_cents, balance(session, fund_free(match.fund_id)))
    return max(0, left_cents) + match.match_cents


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
    rows = [
        OpenClawback(*row, balance(session, clawback_receivable(row[0])))
        for row in session.execute(statement)
    ]
    return [row for row in rows if row.open_cents > 0]
