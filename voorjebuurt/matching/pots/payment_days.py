"""The days on which the bank paid a match out, or money of a claim that was undone: from them
follows what interest a municipality owes.

Payouts tell it; matching can't ask them.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.matching.models import ClawbackReturn
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


def note_paid_on(session: Session, *, campaign_id: UUID, proposed_at: datetime, day: date) -> None:
    """A payout of all that was payable when it was proposed, was paid on ``day`` by the bank."""
    for match in _owed(session, campaign_id):
        is_of_it = match.committed_at is not None and match.committed_at <= proposed_at
        if is_of_it and match.paid_on is None:
            match.paid_on = day
    for row in _returns(session, campaign_id):
        if row.at <= proposed_at and row.repaid_on is None:
            row.repaid_on = day


def forget_paid_on(session: Session, *, campaign_id: UUID, day: date) -> None:
    """The bank sent what it paid on ``day`` back: the match is not paid."""
    for match in _owed(session, campaign_id):
        if match.paid_on == day:
            match.paid_on = None
    for row in _returns(session, campaign_id):
        if row.repaid_on == day:
            row.repaid_on = None


def _returns(session: Session, campaign_id: UUID) -> list[ClawbackReturn]:
    """What was paid of claims that were undone; the campaign is locked."""
    statement = (
        select(ClawbackReturn)
        .join(CampaignMatch, CampaignMatch.application_id == ClawbackReturn.application_id)
        .where(CampaignMatch.campaign_id == campaign_id)
        .order_by(ClawbackReturn.at, ClawbackReturn.id)
    )
    return list(session.scalars(statement))


def _owed(session: Session, campaign_id: UUID) -> list[CampaignMatch]:
    statement = (
        select(CampaignMatch)
        .where(
            CampaignMatch.campaign_id == campaign_id,
            CampaignMatch.status.in_([status.value for status in OWED_MATCH]),
        )
        .order_by(CampaignMatch.application_id)
    )
    return list(session.scalars(statement.with_for_update()))
