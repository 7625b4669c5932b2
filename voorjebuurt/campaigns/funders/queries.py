"""Reading which links to a plan there are, what they open, and what was remarked."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.funders.models import FunderLink, FunderRemark
from voorjebuurt.campaigns.funders.rules import IN_MAKING, LinkState
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.models import Person


class LinkRow(NamedTuple):
    """A link as who runs the plan sees it."""

    id: UUID
    reader: str
    shows_members: bool
    made_at: datetime
    maker: str
    ends_at: datetime
    revoked_at: datetime | None
    seen_at: datetime | None
    remarks: int

    @property
    def is_open(self) -> bool:
        """Whether it still opens the plan, as far as the link itself goes."""
        return self.revoked_at is None and self.ends_at > clock.now()


class RemarkRow(NamedTuple):
    """What a funder remarked; without words when it was removed."""

    id: UUID
    link_id: UUID
    reader: str
    name: str
    organisation: str
    part: str | None
    body: str
    remarked_at: datetime
    answer: str
    answered_at: datetime | None
    removed_at: datetime | None


class OpenedLink(NamedTuple):
    """What the address of a link leads to."""

    id: UUID
    campaign_id: UUID
    reader: str
    shows_members: bool
    ends_at: datetime
    slug: str
    state: LinkState


def links_of(session: Session, campaign_id: UUID) -> Sequence[LinkRow]:
    """All links to a plan, those made last on top."""
    remarks = (
        select(func.count(FunderRemark.id))
        .where(FunderRemark.link_id == FunderLink.id)
        .scalar_subquery()
    )
    statement = (
        select(
            FunderLink.id,
            FunderLink.reader,
            FunderLink.shows_members,
            FunderLink.made_at,
            Person.name,
            FunderLink.ends_at,
            FunderLink.revoked_at,
            FunderLink.seen_at,
            remarks,
        )
        .join(Person, Person.id == FunderLink.made_by)
        .where(FunderLink.campaign_id == campaign_id)
        .order_by(FunderLink.made_at.desc(), FunderLink.id.desc())
    )
    return [LinkRow._make(row) for row in session.execute(statement)]


def remarks_of(
    session: Session, campaign_id: UUID, *, link_id: UUID | None = None, limit: int
) -> Sequence[RemarkRow]:
    """What was remarked about a plan, the oldest first; by one link, or by all."""
    statement = (
        select(
            FunderRemark.id,
            FunderRemark.link_id,
            FunderLink.reader,
            FunderRemark.name,
            FunderRemark.organisation,
            FunderRemark.part,
            FunderRemark.body,
            FunderRemark.remarked_at,
            FunderRemark.answer,
            FunderRemark.answered_at,
            FunderRemark.removed_at,
        )
        .join(FunderLink, FunderLink.id == FunderRemark.link_id)
        .where(FunderRemark.campaign_id == campaign_id)
        .order_by(FunderRemark.remarked_at, FunderRemark.id)
        .limit(limit)
    )
    if link_id is not None:
        statement = statement.where(FunderRemark.link_id == link_id)
    return [RemarkRow._make(row) for row in session.execute(statement)]


def opened_link(session: Session, token: str) -> OpenedLink | None:
    """What a token opens; None for one that never was."""
    statement = (
        select(FunderLink, Campaign.slug, Campaign.status)
        .join(Campaign, Campaign.id == FunderLink.campaign_id)
        .where(FunderLink.token_hash == token_hash(token))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    link, slug, status = row
    return OpenedLink(
        link.id,
        link.campaign_id,
        link.reader,
        link.shows_members,
        link.ends_at,
        slug,
        _state(link, CampaignStatus(status)),
    )


def _state(link: FunderLink, status: CampaignStatus) -> LinkState:
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.ends_at <= clock.now():
        return LinkState.ENDED
    if status in PUBLIC:
        return LinkState.LIVE
    return LinkState.OPEN if status in IN_MAKING else LinkState.GONE
