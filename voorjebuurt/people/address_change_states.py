"""What became of a change of somebody's address of mail, for staff and for both addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.models import AddressChange, Person, RoleGrant
from voorjebuurt.people.queries import called, roles_of

SHOWN = 10
"""The latest so many changes are shown of one person."""


class ChangeState(StrEnum):
    """Where a change of address is."""

    WAITS = "waits"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    """By the old address or by staff."""
    EXPIRED = "expired"


@dataclass(frozen=True)
class AddressChangeRow:
    """A change as staff see it: who asked for which address, until when it waits, what came."""

    new_email: str
    asked_at: datetime
    asked_by: str
    asked_by_id: UUID | None
    """Who asked; somebody else approves it."""
    awaits_colleague: bool
    """Whether a second member of staff has to approve it: the person holds a role."""
    expires_at: datetime
    state: ChangeState
    ended_at: datetime | None


@dataclass(frozen=True)
class UnapprovedChange:
    """A change of who holds a role that waits for a second member of staff."""

    id: UUID
    person_id: UUID
    person: str
    asked_by: UUID | None
    expires_at: datetime

    def may_be_approved_by(self, reader_id: UUID | None) -> bool:
        """Whether this reader, of staff, is such a second one."""
        return reader_id not in (None, self.person_id, self.asked_by)


@dataclass(frozen=True)
class LinkOutcome:
    """What a mailed link is about: the new address, and what holds now."""

    new_email: str
    state: ChangeState
    at: datetime
    """Since when that holds; of one that waits, until when."""


def state_of(change: AddressChange) -> ChangeState:
    """Where a change is at this moment."""
    if change.confirmed_at is not None:
        return ChangeState.CONFIRMED
    if change.stopped_at is not None:
        return ChangeState.STOPPED
    return ChangeState.WAITS if change.expires_at > clock.now() else ChangeState.EXPIRED


def address_change_rows(session: Session, person: Person) -> Sequence[AddressChangeRow]:
    """What was asked about a person's address, the latest first."""
    statement = (
        select(AddressChange, Person.name, Person.email)
        .outerjoin(Person, Person.id == AddressChange.asked_by)
        .where(AddressChange.person_id == person.id)
        .order_by(AddressChange.asked_at.desc(), AddressChange.id.desc())
        .limit(SHOWN)
    )
    holds_role = bool(roles_of(session, person.id))
    return [
        AddressChangeRow(
            new_email=change.new_email,
            asked_at=change.asked_at,
            asked_by=name or email or "",
            asked_by_id=change.asked_by,
            awaits_colleague=holds_role and change.approved_at is None,
            expires_at=change.expires_at,
            state=state_of(change),
            ended_at=change.confirmed_at or change.stopped_at,
        )
        for change, name, email in session.execute(statement)
    ]


def unapproved_changes(session: Session) -> Sequence[UnapprovedChange]:
    """All of them, what lapses first before the others."""
    holds_role = exists().where(RoleGrant.person_id == Person.id, RoleGrant.revoked_at.is_(None))
    statement = (
        select(
            AddressChange.id,
            Person.id,
            called(Person),
            AddressChange.asked_by,
            AddressChange.expires_at,
        )
        .join(Person, Person.id == AddressChange.person_id)
        .where(
            AddressChange.confirmed_at.is_(None),
            AddressChange.stopped_at.is_(None),
            AddressChange.approved_at.is_(None),
            AddressChange.expires_at > clock.now(),
            holds_role,
        )
        .order_by(AddressChange.expires_at, AddressChange.id)
    )
    return [UnapprovedChange(*row) for row in session.execute(statement)]


def outcome_of_link(session: Session, token: str) -> LinkOutcome | None:
    """What holds for a link to confirm or to stop, however late; None for one that is not ours."""
    by_token = (AddressChange.confirm_hash == token_hash(token)) | (
        AddressChange.stop_hash == token_hash(token)
    )
    change = session.scalar(select(AddressChange).where(by_token))
    if change is None:
        return None
    at = change.confirmed_at or change.stopped_at or change.expires_at
    return LinkOutcome(change.new_email, state_of(change), at)
