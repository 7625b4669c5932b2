"""Until when somebody read a conversation, and whether they may be mailed about it by now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.coaching.models import TalkSeat
from voorjebuurt.campaigns.coaching.rules import MAIL_GAP
from voorjebuurt.kernel import clock


def mark_read(
    session: Session, *, campaign_id: UUID, person_id: UUID, at: datetime | None = None
) -> None:
    """Somebody saw all that was said until ``at`` (now); never earlier than they did before."""
    moment = at or clock.now()
    statement = insert(TalkSeat).values(
        campaign_id=campaign_id, person_id=person_id, read_at=moment
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["campaign_id", "person_id"],
            set_={"read_at": func.greatest(TalkSeat.read_at, statement.excluded.read_at)},
        )
    )


def take_mail(session: Session, *, campaign_id: UUID, person_id: UUID) -> bool:
    """Whether somebody may be mailed about a conversation now; then it counts as done.

    Of two who ask at once one gets it, and the other hears that it is too soon.
    """
    now = clock.now()
    statement = insert(TalkSeat).values(campaign_id=campaign_id, person_id=person_id, mailed_at=now)
    row = session.execute(
        statement.on_conflict_do_update(
            index_elements=["campaign_id", "person_id"],
            set_={"mailed_at": statement.excluded.mailed_at},
            where=or_(TalkSeat.mailed_at.is_(None), TalkSeat.mailed_at <= now - MAIL_GAP),
        ).returning(TalkSeat.person_id)
    ).one_or_none()
    return row is not None


def seat_of(session: Session, campaign_id: UUID, person_id: UUID) -> TalkSeat | None:
    """What is known of somebody in a conversation."""
    return session.get(TalkSeat, (campaign_id, person_id), populate_existing=True)


def readers_since(session: Session, campaign_id: UUID, moment: datetime) -> frozenset[UUID]:
    """Who read a conversation after a moment."""
    statement = select(TalkSeat.person_id).where(
        TalkSeat.campaign_id == campaign_id, TalkSeat.read_at >= moment
    )
    return frozenset(session.scalars(statement))
