"""Whether somebody has an interest of their own in a campaign."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import campaigns_with_part, has_part
from voorjebuurt.decisions.models import Stake
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import Pledge, UnmatchedGiver

INITIATOR, BOARD, DONOR, DECLARED = "initiator", "board", "donor", "declared"


def stake_reason(session: Session, *, person_id: UUID, campaign_id: UUID) -> str | None:
    """What kind of stake a person has in a campaign, if any.

    Initiator (also of before), of the board that they named, donor, or declared.
    """
    if has_part(session, campaign_id, person_id):
        return INITIATOR
    own_declaration = exists().where(Stake.person_id == person_id, Stake.campaign_id == campaign_id)
    if session.scalar(select(own_declaration)):
        return DECLARED
    board_member = exists().where(UnmatchedGiver.campaign_id == campaign_id, _named_as(person_id))
    if session.scalar(select(board_member)):
        return BOARD
    gift_by_person = exists().where(Pledge.campaign_id == campaign_id, given_by(person_id))
    return DONOR if session.scalar(select(gift_by_person)) else None


def given_by(person_id: UUID) -> ColumnElement[bool]:
    """Gifts of a person: signed in, or under their address. Also those that were not paid."""
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    return or_(Pledge.donor_id == person_id, Pledge.email == address)


def _named_as(person_id: UUID) -> ColumnElement[bool]:
    """Addresses of a board that are a person's (they are kept in small letters)."""
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    return UnmatchedGiver.email == address


def campaigns_with_stake(session: Session, person_id: UUID) -> frozenset[UUID]:
    """All campaigns in which a person has a stake."""
    own = campaigns_with_part(person_id)
    own_declarations = select(Stake.campaign_id).where(Stake.person_id == person_id)
    gifts_by_person = select(Pledge.campaign_id).where(given_by(person_id))
    board_memberships = select(UnmatchedGiver.campaign_id).where(
        UnmatchedGiver.campaign_id.is_not(None), _named_as(person_id)
    )
    return frozenset(
        session.scalars(own.union(own_declarations, gifts_by_person, board_memberships))
    )


def declared_stakes(session: Session, campaign_id: UUID) -> Sequence[Stake]:
    """The stakes that officers declared themselves, oldest first."""
    statement = select(Stake).where(Stake.campaign_id == campaign_id)
    return session.scalars(statement.order_by(Stake.at, Stake.id)).all()
