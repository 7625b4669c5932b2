"""Erasing an initiator: what was never public goes, what was public stays without them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.coaching.models import TalkSeat
from voorjebuurt.campaigns.gallery.service import forget_gallery
from voorjebuurt.campaigns.lifecycle import campaign_subject
from voorjebuurt.campaigns.members.acting import is_addressed_to
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.needs.service import forget_needs
from voorjebuurt.campaigns.rewards.service import forget_rewards
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.campaigns.together.service import current_members, end_membership
from voorjebuurt.kernel.actor import Actor

S = CampaignStatus
NEVER_PUBLIC = frozenset({S.DRAFT, S.RETURNED, S.REJECTED, S.WITHDRAWN})
"""Nobody but its initiator and a coach saw it, and nobody has it to decide on now."""


def lock_campaigns(session: Session, person_id: UUID) -> Sequence[Campaign]:
    """Hold all campaigns that somebody runs until the commit, in the order of their ids."""
    statement = select(Campaign).where(is_addressed_to(person_id)).order_by(Campaign.id)
    statement = statement.with_for_update(of=Campaign).execution_options(populate_existing=True)
    return session.scalars(statement).all()


def leave_for_good(session: Session, *, campaign: Campaign, person_id: UUID, actor: Actor) -> bool:
    """End what somebody is of a campaign that is held; returns whether it must be erased.

    That is a plan that was never public and that nobody else runs. Of any other the next one
    signs, or nobody: who must still do something for it is not erased (``owndata.holds``).
    """
    members = current_members(session, campaign.id)
    others = [each for each in members if each.person_id != person_id]
    if not others and CampaignStatus(campaign.status) in NEVER_PUBLIC:
        return True
    for member in members:
        if member.person_id == person_id:
            end_membership(session, campaign=campaign, member=member, actor=actor)
    return False


def erase_plan(session: Session, *, campaign: Campaign, actor: Actor) -> None:
    """Erase a plan that is held and was never public, with all that was said of it.

    Its picture goes with the next sweep of pictures that no campaign uses.
    """
    audit.record(
        session, actor=actor, action=Action.CAMPAIGN_ERASED, subject=campaign_subject(campaign)
    )
    session.execute(delete(ReviewNote).where(ReviewNote.campaign_id == campaign.id))
    forget_needs(session, campaign.id)
    forget_rewards(session, campaign.id)
    forget_gallery(session, campaign.id)
    session.execute(delete(CampaignMember).where(CampaignMember.campaign_id == campaign.id))
    session.delete(campaign)
    session.flush()


def erase_messages(session: Session, author_id: UUID) -> None:
    """Erase what somebody wrote to a coach about campaigns that stay; that they wrote does too.

    Of what they read, and when, nothing is left.
    """
    session.execute(delete(TalkSeat).where(TalkSeat.person_id == author_id))
    session.execute(update(ReviewNote).where(ReviewNote.author_id == author_id).values(body=""))
