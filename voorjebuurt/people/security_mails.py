"""What a person is mailed about how they sign in and what they may do, whoever changed it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person, RoleGrant
from voorjebuurt.people.queries import grants_of
from voorjebuurt.people.role_words import role_words


class FactorChange(StrEnum):
    """What happened to somebody's second step."""

    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    CLEARED = "cleared"
    CODES_RENEWED = "codes_renewed"
    CODE_USED = "code_used"
    GUESSED_AT = "guessed_at"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"


def password_set(session: Session, person: Person, *, is_first: bool) -> None:
    """A password was set or changed: once for each, which ended all sessions."""
    _queue(
        session,
        person,
        key=f"password:{person.id}:{person.session_version}",
        template="password_set" if is_first else "password_changed",
        changed_at=clock.now().isoformat(),
    )


def address_changed(session: Session, person: Person, *, change_id: UUID, old_email: str) -> None:
    """Another address took effect: to the new one, and to the old one too."""
    for recipient in (person.email, old_email):
        _queue(
            session,
            person,
            key=f"address_changed:{change_id}:{recipient}",
            template="address_changed",
            recipient=recipient,
            changed_at=clock.now().isoformat(),
        )


def factor_changed(session: Session, person: Person, change: FactorChange) -> None:
    """The second step of signing in is another one than it was, whoever saw to that."""
    _queue(
        session,
        person,
        key=f"factor_changed:{person.id}:{change}:{clock.now()}",
        template="factor_changed",
        change=change.value,
        changed_at=clock.now().isoformat(),
    )


def new_device(session: Session, person: Person, *, sign_in_id: UUID, device: str) -> None:
    """Somebody signed in on a device that the person did not use lately."""
    _queue(
        session,
        person,
        key=f"new_device:{sign_in_id}",
        template="new_device",
        device=device,
        changed_at=clock.now().isoformat(),
        path=links.security_page(),
    )


def role_granted(session: Session, person: Person, grant: RoleGrant) -> None:
    """A role was given: which, and what the person may do now."""
    _roles(session, person, grant, template="role_granted")


def role_revoked(session: Session, person: Person, grant: RoleGrant, *, reason: str) -> None:
    """A role was taken away: which, why if that was said, and what is left."""
    _roles(session, person, grant, template="role_revoked", reason=reason)


def role_changed(session: Session, person: Person, grant: RoleGrant, *, before: RoleGrant) -> None:
    """An officer's mandate is another one: which it is, and which it was."""
    _roles(session, person, grant, template="role_changed", before=role_words(session, before))


def blocked(session: Session, person: Person, *, reason: str) -> None:
    """The person can't sign in any more, with the reason; once for each time."""
    _queue(
        session,
        person,
        key=f"person_blocked:{person.id}:{person.blocked_at}",
        template="person_blocked",
        name=person.name,
        reason=reason,
    )


def unblocked(session: Session, person: Person, *, reason: str) -> None:
    """The person can sign in again, with the reason."""
    _queue(
        session,
        person,
        key=f"person_unblocked:{person.id}:{clock.now()}",
        template="person_unblocked",
        name=person.name,
        reason=reason,
        path=links.sign_in_page(),
    )


def viewing_started(
    session: Session, person: Person, *, viewing_id: UUID, until: datetime, reason: str
) -> None:
    """Staff look at the site as the person sees it, with the reason; once for each time."""
    _queue(
        session,
        person,
        key=f"viewing_started:{viewing_id}",
        template="viewing_started",
        name=person.name,
        reason=reason,
        changed_at=clock.now().isoformat(),
        until_at=until.isoformat(),
    )


def _roles(
    session: Session, person: Person, grant: RoleGrant, *, template: str, **context: Any
) -> None:
    session.flush()
    _queue(
        session,
        person,
        key=f"{template}:{grant.id}",
        template=template,
        name=person.name,
        role=role_words(session, grant),
        roles=[role_words(session, other) for other in grants_of(session, person.id)],
        **context,
    )


def _queue(
    session: Session,
    person: Person,
    *,
    key: str,
    template: str,
    recipient: str | None = None,
    **context: Any,
) -> None:
    queue_mail(
        session,
        key=key,
        template=template,
        recipient=recipient or person.email,
        locale=person.locale,
        **context,
    )
