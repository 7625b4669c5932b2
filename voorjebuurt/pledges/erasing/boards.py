"""Addresses that an initiator named as the board's: kept while a gift may have to be judged."""

from uuid import UUID

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING, WON
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.models import UnmatchedGiver


def boards_with(session: Session, email: str) -> int:
    """On how many boards of campaigns that are not over an address stands."""
    is_over = Campaign.status.in_(sorted(WON | REFUNDING))
    statement = (
        select(func.count(UnmatchedGiver.id))
        .join(Campaign, Campaign.id == UnmatchedGiver.campaign_id)
        .where(UnmatchedGiver.email == email, ~is_over)
    )
    return session.scalar(statement) or 0


def leave_boards(session: Session, email: str) -> None:
    """Take an address off the boards of campaigns, of those that are not over once they are."""
    is_board = and_(UnmatchedGiver.email == email, UnmatchedGiver.campaign_id.is_not(None))
    session.execute(update(UnmatchedGiver).where(is_board).values(erased_at=clock.now()))
    leave_ended_boards(session)


def leave_ended_boards(session: Session) -> None:
    """Take the addresses of who was erased off the boards of campaigns that are over."""
    over = select(Campaign.id).where(Campaign.status.in_(sorted(WON | REFUNDING)))
    session.execute(
        delete(UnmatchedGiver).where(
            UnmatchedGiver.erased_at.is_not(None), UnmatchedGiver.campaign_id.in_(over)
        )
    )


def forget_board(session: Session, campaign_id: UUID) -> None:
    """Throw away the board of a plan that goes."""
    session.execute(delete(UnmatchedGiver).where(UnmatchedGiver.campaign_id == campaign_id))
