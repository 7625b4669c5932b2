"""Changing a person's address of mail, with a say for both ends.

Staff ask for it. The new address gets a link to confirm, the old one a link to stop it; nothing
changes until the first is used, and nothing any more once the second is. Of who holds a role a
second member of staff approves it first: one could become another, and two people one.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.people import security_mails
from voorjebuurt.people.address_change_states import ChangeState, state_of
from voorjebuurt.people.models import AddressChange, Person, SignInLink
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.rules import ADDRESS_CHANGE_DAYS, normal_email
from voorjebuurt.people.service import locked_person, may_manage, person_subject, refuse_erased

CONFIRM_TEMPLATE, STOP_TEMPLATE = "address_change_confirm", "address_change_stop"


def ask_address_change(
    session: Session, *, person_id: UUID, new_email: str, reason: str, actor: Actor
) -> None:
    """Mail both addresses. The same again changes nothing; another address takes its place.

    Of who holds a role the new address is mailed once a colleague approves it.
    Raises ``ForbiddenError``, ``NotFoundError`` or ``DomainError`` at a field.
    """
    may_manage(person_id, actor)
    person, address, now = locked_person(session, person_id), normal_email(new_email), clock.now()
    refuse_erased(person)
    if address == person.email:
        raise DomainError("address_is_the_same", field="email")
    _require_free(session, address)
    pending = open_change(session, person_id)
    if pending is not None and pending.new_email == address and pending.expires_at > now:
        return
    if pending is not None:
        pending.stopped_at = now
        session.flush()
    change = AddressChange(
        id=new_id(),
        person_id=person.id,
        old_email=person.email,
        new_email=address,
        confirm_hash=token_hash(new_token()),
        stop_hash=token_hash(new_token()),
        asked_at=now,
        asked_by=actor.person_id,
        expires_at=now + timedelta(days=ADDRESS_CHANGE_DAYS),
    )
    session.add(change)
    session.flush()
    # A colleague who approves it gives the new address days of its own, until the last moment.
    latest = change.expires_at + timedelta(days=ADDRESS_CHANGE_DAYS)
    if not roles_of(session, person_id):
        latest = change.expires_at
        _mail(session, change, person, CONFIRM_TEMPLATE, address, until=latest)
    _mail(session, change, person, STOP_TEMPLATE, person.email, until=latest)
    _record(session, change, Action.PERSON_ADDRESS_CHANGE_ASKED, actor, reason)


def approve_change(session: Session, *, person_id: UUID, actor: Actor) -> None:
    """Approve the change for who holds a role, as a second member of staff; approving it twice
    changes nothing. The new address is mailed, and has its days from now.

    Raises ``ForbiddenError`` for who asked for it, ``DomainError`` for the person themselves and
    when none waits.
    """
    may_manage(person_id, actor)
    person, now = locked_person(session, person_id), clock.now()
    change = open_change(session, person_id)
    if change is None or change.expires_at <= now or change.old_email != person.email:
        raise DomainError("address_change_over")
    if actor.person_id is None:
        raise ForbiddenError("only_staff")
    if change.asked_by == actor.person_id:
        raise ForbiddenError("own_address_change")
    if change.approved_at is not None:
        return
    change.approved_at, change.approved_by = now, actor.person_id
    change.expires_at = now + timedelta(days=ADDRESS_CHANGE_DAYS)
    _mail(session, change, person, CONFIRM_TEMPLATE, change.new_email, until=change.expires_at)
    _record(session, change, Action.PERSON_ADDRESS_CHANGE_APPROVED, actor, None)


@secret_link(CONFIRM_TEMPLATE, links.confirm_address)
def _confirm_with(session: Session, change_id: UUID, hash_: str) -> None:
    session.get_one(AddressChange, change_id).confirm_hash = hash_


@secret_link(STOP_TEMPLATE, links.stop_address)
def _stop_with(session: Session, change_id: UUID, hash_: str) -> None:
    session.get_one(AddressChange, change_id).stop_hash = hash_


def confirm_change(session: Session, *, token: str, actor: Actor) -> None:
    """Change the address, end all sessions, and let old links to sign in go nowhere.

    Raises ``DomainError`` for a link that does not work any more, an address in use, and who got a
    role since it was asked, until a colleague approves it.
    """
    change, person = _usable(session, AddressChange.confirm_hash == token_hash(token))
    if change.approved_at is None and roles_of(session, person.id):
        raise DomainError("address_change_unapproved")
    _require_free(session, change.new_email)
    session.execute(delete(SignInLink).where(SignInLink.email == person.email))
    person.email = change.new_email
    person.session_version += 1
    person.password_hash = None  # of whoever reads the old address, perhaps
    person.verified_at = person.verified_at or clock.now()
    change.confirmed_at = clock.now()
    confirm_address(session, email=change.new_email, means=Means.SIGN_IN)
    _record(session, change, Action.PERSON_ADDRESS_CHANGED, actor, None)
    security_mails.address_changed(session, person, change_id=change.id, old_email=change.old_email)


def stop_change(session: Session, *, token: str, actor: Actor) -> None:
    """Let nothing come of a change. Raises ``DomainError`` when it is too late."""
    change, _ = _usable(session, AddressChange.stop_hash == token_hash(token))
    change.stopped_at = clock.now()
    _record(session, change, Action.PERSON_ADDRESS_CHANGE_STOPPED, actor, None)


def withdraw_change(session: Session, *, person_id: UUID, actor: Actor) -> None:
    """Let nothing come of what staff asked; both links go nowhere. A second time changes nothing.

    Raises as asking does.
    """
    may_manage(person_id, actor)
    locked_person(session, person_id)
    pending = open_change(session, person_id)
    if pending is None:
        return
    pending.stopped_at = clock.now()
    _record(session, pending, Action.PERSON_ADDRESS_CHANGE_WITHDRAWN, actor, None)


def open_change(session: Session, person_id: UUID) -> AddressChange | None:
    """The change of somebody's address that waits for its confirmation, expired or not."""
    statement = select(AddressChange).where(
        AddressChange.person_id == person_id,
        AddressChange.confirmed_at.is_(None),
        AddressChange.stopped_at.is_(None),
    )
    return session.scalar(statement)


def forget_secrets(session: Session) -> None:
    """Throw away the mails whose links can't be used any more."""
    before = clock.now() - timedelta(days=ADDRESS_CHANGE_DAYS)
    for template in (CONFIRM_TEMPLATE, STOP_TEMPLATE):
        mail.forget_mail(session, template=template, before=before)


def _usable(session: Session, by_token: ColumnElement[bool]) -> tuple[AddressChange, Person]:
    """The change of a link, and its person; both held until the commit, the person first."""
    person_id = session.scalar(select(AddressChange.person_id).where(by_token))
    if person_id is None:
        raise DomainError("address_link_over")
    person = locked_person(session, person_id)
    change = session.scalars(
        select(AddressChange).where(by_token).execution_options(populate_existing=True)
    ).one()
    if state_of(change) is not ChangeState.WAITS or person.email != change.old_email:
        raise DomainError("address_link_over")
    return change, person


def _require_free(session: Session, address: str) -> None:
    if session.scalar(select(Person.id).where(Person.email == address)) is not None:
        raise DomainError("address_in_use", field="email")


def _mail(
    session: Session,
    change: AddressChange,
    person: Person,
    template: str,
    to: str,
    *,
    until: datetime,
) -> None:
    mail.queue_mail(
        session,
        key=f"{template}:{change.id}",
        template=template,
        recipient=to,
        locale=person.locale,
        link_id=str(change.id),
        expires_on=clock.noon(clock.local(until).date()).isoformat(),
    )


def _record(
    session: Session, change: AddressChange, action: Action, actor: Actor, reason: str | None
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=person_subject(change.person_id),
        reason=reason,
        detail={"change_id": str(change.id)},
    )
