"""Who may act for a campaign: the one place that knows. Nobody compares ``initiator_id`` (ADR 50).

``campaigns.initiator_id`` tells who signs and is written to first; everybody who runs it may do
what they may, but for what the account and the handover say of two.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.people.models import Person
from voorjebuurt.people.rules import Role


def runs(person_id: UUID | ColumnElement[UUID] | None) -> ColumnElement[bool]:
    """Campaigns that somebody runs now, for a statement that selects from campaigns.

    Not a plan that a guest began with their address, until they say that it is theirs.
    """
    return is_addressed_to(person_id) & Campaign.guest_name.is_(None)


def is_addressed_to(person_id: UUID | ColumnElement[UUID] | None) -> ColumnElement[bool]:
    """The same, with plans that a guest began with somebody's address."""
    return exists().where(
        CampaignMember.campaign_id == Campaign.id,
        CampaignMember.person_id == person_id,
        CampaignMember.left_at.is_(None),
    )


def signs(person_id: UUID | ColumnElement[UUID]) -> ColumnElement[bool]:
    """Campaigns that somebody signs for, for a statement: not those that nobody runs any more."""
    return (Campaign.initiator_id == person_id) & Campaign.orphaned_at.is_(None)


def acts_for(session: Session, campaign_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody may act for a campaign."""
    return _is_one(session, select(Campaign.id).where(Campaign.id == campaign_id, runs(person_id)))


def is_addressee(session: Session, campaign_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody may act for a campaign, or it was begun with their address."""
    is_theirs = is_addressed_to(person_id)
    return _is_one(session, select(Campaign.id).where(Campaign.id == campaign_id, is_theirs))


def has_part(session: Session, campaign_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody runs a campaign or ever did: they judge nothing of it."""
    return person_id is not None and _is_one(
        session,
        select(CampaignMember.id).where(
            CampaignMember.campaign_id == campaign_id, CampaignMember.person_id == person_id
        ),
    )


def campaigns_with_part(person_id: UUID) -> Select[UUID]:
    """The same, for a statement."""
    return select(CampaignMember.campaign_id).where(CampaignMember.person_id == person_id)


def own_campaigns(session: Session, person_id: UUID) -> frozenset[UUID]:
    """The ids of all campaigns that somebody runs or ever did."""
    return frozenset(session.scalars(campaigns_with_part(person_id)))


def everybody_of(campaign_id: UUID) -> Select[UUID]:
    """The ids of all who run a campaign or ever did."""
    return select(CampaignMember.person_id).where(CampaignMember.campaign_id == campaign_id)


def everybody_of_each(
    session: Session, campaign_ids: Collection[UUID]
) -> Mapping[UUID, frozenset[UUID]]:
    """By campaign, the ids of all who run it or ever did."""
    parts: dict[UUID, set[UUID]] = {campaign_id: set() for campaign_id in campaign_ids}
    statement = select(CampaignMember.campaign_id, CampaignMember.person_id)
    for campaign_id, person_id in session.execute(
        statement.where(CampaignMember.campaign_id.in_(parts))
    ):
        parts[campaign_id].add(person_id)
    return {campaign_id: frozenset(people) for campaign_id, people in parts.items()}


def require_member(session: Session, campaign: Campaign, actor: Actor) -> None:
    """Raise ``ForbiddenError`` for who may not act for a campaign."""
    if actor.person_id is None or not acts_for(session, campaign.id, actor.person_id):
        raise ForbiddenError("not_your_campaign")


def require_reviewer(session: Session, campaign: Campaign, actor: Actor) -> None:
    """Raise ``ForbiddenError`` for who is no coach, and for a coach of whom the campaign is."""
    if Role.COACH.value not in actor.roles:
        raise ForbiddenError("only_coaches")
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")


def everybody_now(session: Session, campaign: Campaign) -> Sequence[Person]:
    """All who run a campaign, who signs first: they are written to. Nobody, when nobody is left."""
    statement = (
        select(Person)
        .join(CampaignMember, CampaignMember.person_id == Person.id)
        .where(CampaignMember.campaign_id == campaign.id, CampaignMember.left_at.is_(None))
        .order_by(
            CampaignMember.person_id != campaign.initiator_id,
            CampaignMember.joined_at,
            CampaignMember.id,
        )
    )
    return session.scalars(statement).all()


def mail_turn(campaign: Campaign, person: Person) -> str:
    """What the key of a mail ends with, so that each of them gets it once; who signs gets the
    key that mails had before campaigns were run together.
    """
    return "" if is_signer(campaign, person.id) else f":{person.id}"


def is_signer(campaign: Campaign, person_id: UUID | None) -> bool:
    """Whether somebody is who signs for a campaign, and is written to first."""
    return campaign.initiator_id == person_id


def _is_one(session: Session, statement: Select[UUID]) -> bool:
    return session.scalar(statement.limit(1)) is not None
