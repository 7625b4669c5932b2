"""Gifts to campaigns with a live fund, and the steps that follow, for tests in one transaction."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.giving import paid
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.live.allocator import BATCH, allocate
from voorjebuurt.matching.models import Application, Fund, FundPot, MatchStep
from voorjebuurt.pledges.models import CampaignMatch, Pledge


def give(session: Session, campaign: Campaign, cents: int, donor: str, **values: Any) -> Pledge:
    """A gift that was paid and booked, without a tip."""
    email = f"{donor}@voorbeeld.example"
    gift, _ = paid(session, campaign, amount_cents=cents, tip_cents=0, email=email, **values)
    return gift


def follow(session: Session, fund: Fund, *, limit: int = BATCH) -> int:
    """Let the fund deal with all claims; how many there were."""
    total = 0
    while number := allocate(session, fund_id=fund.id, limit=limit):
        total += number
    session.flush()
    return total


def steps(session: Session, application: Application) -> list[MatchStep]:
    """What was done for an application, in order."""
    statement = select(MatchStep).where(MatchStep.application_id == application.id)
    return list(session.scalars(statement.order_by(MatchStep.position)))


def cents(session: Session, application: Application) -> list[int]:
    """The steps' amounts."""
    return [step.match_cents for step in steps(session, application)]


def codes(session: Session, application: Application) -> list[str]:
    """The steps' reasons."""
    return [step.reason["code"] for step in steps(session, application)]


def match_cents(session: Session, application: Application) -> int:
    """What is set apart for an application."""
    session.flush()
    return session.get_one(CampaignMatch, application.id, populate_existing=True).match_cents


def taken_cents(session: Session, fund: Fund) -> int:
    """What was taken of a pot."""
    session.flush()
    return session.get_one(FundPot, fund.id, populate_existing=True).taken_cents
