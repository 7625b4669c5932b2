"""Reading who runs a campaign, and who was asked to."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.models import CampaignInvitation, CampaignMember
from voorjebuurt.campaigns.members.rules import InvitationState
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.people.models import Person

CO_INITIATORS = (
    select(
        func.array_agg(aggregate_order_by(Person.name, CampaignMember.joined_at, CampaignMember.id))
    )
    .join(CampaignMember, CampaignMember.person_id == Person.id)
    .where(
        CampaignMember.campaign_id == Campaign.id,
        CampaignMember.left_at.is_(None),
        CampaignMember.is_public,
        CampaignMember.person_id != Campaign.initiator_id,
        func.btrim(Person.name) != "",
    )
    .correlate(Campaign)
    .scalar_subquery()
)
"""The names of who runs a campaign beside who signs, and wants that to be known."""


class MemberRow(NamedTuple):
    """Somebody who runs a campaign, as the others see them."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    joined_at: datetime
    is_public: bool
    handover_asked_at: datetime | None
    signs: bool


class InvitationRow(NamedTuple):
    """An invitation that is open."""

    id: UUID
    email: str
    invited_at: datetime
    ends_at: datetime


class OwnInvitation(NamedTuple):
    """An invitation as its reader sees it."""

    id: UUID
    campaign_id: UUID
    title: str
    status: str
    inviter: str | None
    ends_at: datetime
    is_orphaned: bool


def members_of(session: Session, campaign_id: UUID) -> Sequence[MemberRow]:
    """Who runs a campaign, who signs on top."""
    signs = CampaignMember.person_id == Campaign.initiator_id
    statement = (
        select(
            CampaignMember.id,
            CampaignMember.person_id,
            Person.name,
            Person.email,
            CampaignMember.joined_at,
            CampaignMember.is_public,
            CampaignMember.handover_asked_at,
            signs,
        )
        .join(Person, Person.id == CampaignMember.person_id)
        .join(Campaign, Campaign.id == CampaignMember.campaign_id)
        .where(CampaignMember.campaign_id == campaign_id, CampaignMember.left_at.is_(None))
        .order_by(signs.desc(), CampaignMember.joined_at, CampaignMember.id)
    )
    return [MemberRow._make(row) for row in session.execute(statement)]


def open_invitations(session: Session, campaign_id: UUID) -> Sequence[InvitationRow]:
    """The invitations to a campaign that were not answered yet, the first on top."""
    statement = (
        select(
            CampaignInvitation.id,
            CampaignInvitation.email,
            CampaignInvitation.invited_at,
            CampaignInvitation.ends_at,
        )
        .where(
            CampaignInvitation.campaign_id == campaign_id,
            CampaignInvitation.state == InvitationState.OFFER,
            CampaignInvitation.ends_at > clock.now(),
        )
        .order_by(CampaignInvitation.invited_at, CampaignInvitation.id)
    )
    return [InvitationRow._make(row) for row in session.execute(statement)]


def own_invitations(session: Session, person_id: UUID) -> Sequence[OwnInvitation]:
    """The open invitations to the address that somebody signs in with."""
    statement = (
        select(
            CampaignInvitation.id,
            Campaign.id,
            Campaign.title,
            Campaign.status,
            select(Person.name).where(Person.id == CampaignInvitation.invited_by).scalar_subquery(),
            CampaignInvitation.ends_at,
            Campaign.orphaned_at.is_not(None),
        )
        .join(Campaign, Campaign.id == CampaignInvitation.campaign_id)
        .where(
            CampaignInvitation.email
            == select(Person.email)
            .where(Person.id == person_id, Person.verified_at.is_not(None))
            .scalar_subquery(),
            CampaignInvitation.state == InvitationState.OFFER,
            CampaignInvitation.ends_at > clock.now(),
        )
        .order_by(CampaignInvitation.invited_at, CampaignInvitation.id)
    )
    return [OwnInvitation._make(row) for row in session.execute(statement)]


def campaign_joined_by(session: Session, invitation_id: UUID, person_id: UUID) -> UUID | None:
    """The campaign of an invitation that was accepted, for who runs it: they may answer twice."""
    statement = (
        select(CampaignInvitation.campaign_id)
        .join(CampaignMember, CampaignMember.campaign_id == CampaignInvitation.campaign_id)
        .where(
            CampaignInvitation.id == invitation_id,
            CampaignInvitation.state == InvitationState.ACCEPTANCE,
            CampaignMember.person_id == person_id,
            CampaignMember.left_at.is_(None),
        )
    )
    return session.scalar(statement)


def member_parts(session: Session, campaign_id: UUID) -> Parts:
    """What the page of who runs a campaign shows, to be held against later."""
    rows = members_of(session, campaign_id)
    return {
        "initiators": [str(row.person_id) for row in rows],
        "signer": [str(row.person_id) for row in rows if row.signs],
        "handover": [str(row.person_id) for row in rows if row.handover_asked_at],
    }
