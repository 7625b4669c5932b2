"""Erasing an initiator: what was never public goes, what was public stays without them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.actor import Actor

S = CampaignStatus
NEVER_PUBLIC = frozenset({S.DRAFT, S.RETURNED, S.REJECTED, S.WITHDRAWN})
"""Nobody but its initiator and a coach saw it, and nobody has it to decide on now."""


def lock_campaigns(session: Session, initiator_id: UUID) -> Sequence[Campaign]:
    """Hold all campaigns of an initiator until the commit, in the order of their ids."""
    statement = select(Campaign).where(Campaign.initiator_id == initiator_id).order_by(Campaign.id)
    statement = statement.with_for_update(of=Campaign).execution_options(populate_existing=True)
    return session.scalars(statement).all()


def erase_plan(session: Session, *, campaign: Campaign, actor: Actor) -> None:
    """Erase a plan that is held and was never public, with all that was said of it.

    Its picture goes with the next sweep of pictures that no campaign uses.
    """
    audit.record(
        session, actor=actor, action=Action.CAMPAIGN_ERASED, subject=campaign_subject(campaign)
    )
    session.execute(delete(ReviewNote).where(ReviewNote.campaign_id == campaign.id))
    session.delete(campaign)
    session.flush()


def erase_messages(session: Session, author_id: UUID) -> None:
    """Erase what somebody wrote to a coach about campaigns that stay; that they wrote does too."""
    session.execute(update(ReviewNote).where(ReviewNote.author_id == author_id).values(body=""))
