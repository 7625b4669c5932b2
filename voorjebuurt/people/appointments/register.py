"""The register of mandates: who is and was an officer of a municipality, up to what, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal, SignIn
from voorjebuurt.people.queries import cents_of, names_of
from voorjebuurt.people.rules import Role

_MOST = 500
"""A municipality has some dozens in a year."""


@dataclass(frozen=True)
class Mandate:
    """What somebody may do as an officer, and since and until when (eurocents).

    ``kinds``: for which decisions, None for all; ``until``: its last day, if it has one.
    ``proposer`` and ``giver`` are nobody where the system gave it. ``is_changed``: it ended because
    another mandate took its place.
    """

    grant_id: UUID
    person_id: UUID
    name: str
    email: str
    is_blocked: bool
    has_signed_in: bool
    mandate_cents: int
    kinds: Sequence[str] | None
    until: date | None
    may_appoint: bool
    granted_at: datetime
    proposer: str | None
    giver: str | None
    ended_at: datetime | None
    ender: str | None
    is_changed: bool

    @property
    def is_over(self) -> bool:
        """Whether its last day is past, while nobody ended the role: it only reads and prepares."""
        return self.ended_at is None and self.until is not None and self.until < clock.today()


def mandates(session: Session, municipality_id: UUID) -> Sequence[Mandate]:
    """The mandates of a municipality: those of now by name, then the earlier ones, latest first."""
    return _rows(session, _of(municipality_id).limit(_MOST))


def mandate_of(session: Session, municipality_id: UUID, grant_id: UUID) -> Mandate | None:
    """One of them."""
    rows = _rows(session, _of(municipality_id).where(RoleGrant.id == grant_id))
    return rows[0] if rows else None


_Rows = Select[RoleGrant, Person, UUID | None, bool, bool]


def _of(municipality_id: UUID) -> _Rows:
    later = select(RoleGrant.replaces_id).where(RoleGrant.replaces_id.is_not(None))
    # Who signs in with a password did so too, and showed nobody that they read the address.
    has_signed_in = Person.verified_at.is_not(None) | exists().where(SignIn.person_id == Person.id)
    return (
        select(
            RoleGrant,
            Person,
            RoleProposal.proposed_by,
            RoleGrant.id.in_(later).label("is_changed"),
            has_signed_in.label("has_signed_in"),
        )
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(RoleProposal, RoleProposal.grant_id == RoleGrant.id)
        .where(RoleGrant.role == Role.OFFICER, RoleGrant.municipality_id == municipality_id)
        .order_by(
            RoleGrant.revoked_at.desc().nulls_first(), func.lower(Person.name), RoleGrant.id.desc()
        )
    )


def _rows(session: Session, statement: _Rows) -> list[Mandate]:
    rows = session.execute(statement).all()
    names = names_of(
        session,
        {
            person_id
            for grant, _, proposed_by, _, _ in rows
            for person_id in (grant.granted_by, grant.revoked_by, proposed_by)
        },
    )

    def name(person_id: UUID | None) -> str | None:
        return names.get(person_id) if person_id is not None else None

    return [
        Mandate(
            grant_id=grant.id,
            person_id=person.id,
            name=person.name or person.email,
            email=person.email,
            is_blocked=person.blocked_at is not None,
            has_signed_in=has_signed_in,
            mandate_cents=grant.mandate_limit_cents or 0,
            kinds=grant.mandate_kinds,
            until=grant.mandate_until,
            may_appoint=grant.may_appoint,
            granted_at=grant.granted_at,
            proposer=name(proposed_by),
            giver=name(grant.granted_by),
            ended_at=grant.revoked_at,
            ender=name(grant.revoked_by),
            is_changed=is_changed,
        )
        for grant, person, proposed_by, is_changed, has_signed_in in rows
    ]


def mandate_at(
    session: Session, *, person_id: UUID, municipality_id: UUID, moment: datetime
) -> int | None:
    """What an officer could decide alone at a moment, in eurocents; None is nothing at all."""
    grant = session.scalar(
        select(RoleGrant)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.role == Role.OFFICER,
            RoleGrant.granted_at <= moment,
            or_(RoleGrant.revoked_at.is_(None), RoleGrant.revoked_at > moment),
        )
        .order_by(RoleGrant.granted_at.desc())
        .limit(1)
    )
    return None if grant is None else cents_of(grant, clock.local(moment).date())


def municipality_of_grant(session: Session, grant_id: UUID) -> UUID | None:
    """Of which municipality somebody is an officer by this role."""
    return session.scalar(select(RoleGrant.municipality_id).where(RoleGrant.id == grant_id))


def municipality_of_proposal(session: Session, proposal_id: UUID) -> UUID | None:
    """Of which municipality somebody is to be an officer by this proposal."""
    statement = select(RoleProposal.municipality_id).where(RoleProposal.id == proposal_id)
    return session.scalar(statement)
