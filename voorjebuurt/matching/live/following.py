"""Live match of a success that was taken back: by the same rule again, for the gifts of now.

While it was owed nothing moved by itself, whatever went back. What the rule no longer gives is let
go at once, so that it does not count for what the donors choose; what gifts add moves it later.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.live.allocation import open_application
from voorjebuurt.matching.pots.rows import match_subject, next_key, reserve
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus


def release_surplus(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """Let go what the rules no longer give to a campaign; it and its matches are held."""
    statement = select(CampaignMatch.application_id).where(
        CampaignMatch.campaign_id == campaign_id,
        CampaignMatch.live,
        CampaignMatch.status == MatchStatus.AWARDED,
    )
    for application_id in session.scalars(statement.order_by(CampaignMatch.application_id)).all():
        application = open_application(session, application_id)
        rows, less = application.rows, application.surplus_cents
        if less <= 0:
            continue
        key = next_key(session, "follow", application_id)
        reserve(session, rows, kind="follow", key=key, cents=-less)
        audit.record(
            session,
            actor=actor,
            action=Action.MATCH_LOWERED,
            subject=match_subject(rows),
            detail={"cents": -less},
        )
