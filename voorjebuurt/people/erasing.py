"""Erasing who somebody is. Their row stays, without them, for what refers to it."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.kernel.mail_addresses import nobodys_address
from voorjebuurt.mail.models import MailChoice, MailedFact
from voorjebuurt.people.models import (
    AddressChange,
    Passkey,
    Person,
    RecoveryCode,
    RoleGrant,
    RoleProposal,
    SignIn,
    SignInLink,
    TeamMember,
    TotpFactor,
)
from voorjebuurt.people.service import person_subject

_OWN = (
    *(SignIn, TotpFactor, Passkey, RecoveryCode, AddressChange, MailChoice, MailedFact),
    TeamMember,
)
"""Rows that tell of one person and of nothing else."""


class OwnKeys(NamedTuple):
    """How many devices somebody was signed in on, and how many passkeys they have."""

    devices: int
    passkeys: int


def keys_of(session: Session, person_id: UUID) -> OwnKeys:
    """What somebody signs in with and on."""
    devices, passkeys = (
        session.scalar(select(func.count()).select_from(kind).where(kind.person_id == person_id))
        for kind in (SignIn, Passkey)
    )
    return OwnKeys(devices or 0, passkeys or 0)


def holds_role(session: Session, person_id: UUID) -> bool:
    """Whether somebody has a role, or it was proposed to give them one."""
    has_role = exists().where(RoleGrant.person_id == person_id, RoleGrant.revoked_at.is_(None))
    return bool(session.scalar(select(or_(has_role, _is_proposed(person_id)))))


def _is_proposed(person_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        RoleProposal.person_id == person_id,
        RoleProposal.confirmed_at.is_(None),
        RoleProposal.dismissed_at.is_(None),
        RoleProposal.lapses_at > clock.now(),
    )


def erase_person(session: Session, *, person: Person, actor: Actor) -> None:
    """Take away who somebody is, whose row is held, and sign them out everywhere.

    A second time changes nothing. Whoever uses the address again is somebody new.
    """
    if person.erased_at is not None:
        return
    session.execute(delete(SignInLink).where(SignInLink.email == person.email))
    for kind in _OWN:
        session.execute(delete(kind).where(kind.person_id == person.id))
    session.execute(
        update(RoleProposal).where(RoleProposal.person_id == person.id).values(email=None)
    )
    person.email = nobodys_address(person.id)
    person.name, person.locale = "", DUTCH
    person.password_hash = person.verified_at = person.blocked_at = None
    person.session_version += 1
    person.erased_at = clock.now()
    audit.record(
        session, actor=actor, action=Action.PERSON_ERASED, subject=person_subject(person.id)
    )
    session.flush()
