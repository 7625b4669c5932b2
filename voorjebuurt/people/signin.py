"""Signing in: by a link that was mailed, by a password, or by a passkey.

Nothing here tells whether an address is known: the same is done, in the same time, for every
address, and a link to an unknown one makes a person at its first use.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.people import security_mails
from voorjebuurt.people.factors import passkeys
from voorjebuurt.people.factors.passkeys import DeviceAnswer, RelyingParty
from voorjebuurt.people.models import Person, SignInLink
from voorjebuurt.people.passwords import is_guessable
from voorjebuurt.people.rules import (
    DRAFT_LINK_DAYS,
    LINK_MINUTES,
    PASSWORD_MAX_LENGTH,
    PASSWORD_MIN_LENGTH,
    normal_email,
)
from voorjebuurt.people.service import locked_person, person_subject

LINK_TEMPLATE = "sign_in"
DRAFT_TEMPLATE = "campaign_draft"
"""A mail about a draft carries a link too: one mail and one press, and its author is back."""

_hasher = PasswordHasher()


@dataclass(frozen=True)
class Admission:
    """Somebody who may sign in: what their session must carry, and where they wanted to go."""

    person_id: UUID
    session_version: int
    next_path: str | None = None
    is_new: bool = False


def request_link(
    session: Session,
    *,
    email: str,
    next_path: str | None,
    locale: str,
    actor: Actor,
    waiting_mail_on: datetime | None = None,
) -> None:
    """Mail a link that signs in whoever reads the mail, once, within ``LINK_MINUTES``.

    ``waiting_mail_on``: it was not asked for by its reader, but comes before a mail of that moment,
    which waits until they confirm the address.
    """
    lasts = timedelta(minutes=LINK_MINUTES)
    link_id = make_link(session, email=email, next_path=next_path, lasts=lasts, actor=actor)
    mail.queue_mail(
        session,
        key=f"sign_in:{link_id}",
        template=LINK_TEMPLATE,
        recipient=normal_email(email),
        locale=locale,
        link_id=str(link_id),
        minutes=LINK_MINUTES,
        waiting_mail_on=waiting_mail_on.isoformat() if waiting_mail_on else None,
    )


def make_link(
    session: Session, *, email: str, next_path: str | None, lasts: timedelta, actor: Actor
) -> UUID:
    """A link that signs in whoever reads a mail to ``email``, once, for so long.

    Its secret is made when a mail with this ``link_id`` is sent; until then nobody has it.
    """
    now = clock.now()
    link = SignInLink(
        id=new_id(),
        token_hash=token_hash(new_token()),
        email=normal_email(email),
        next_path=next_path,
        created_at=now,
        expires_at=now + lasts,
    )
    session.add(link)
    audit.record(
        session,
        actor=actor,
        action=Action.SIGN_IN_LINK_REQUESTED,
        subject=Subject(SubjectKind.SIGN_IN_LINK, link.id),
    )
    return link.id


@secret_link(LINK_TEMPLATE, links.sign_in)
@secret_link(DRAFT_TEMPLATE, links.sign_in)
def _open_with(session: Session, link_id: UUID, hash_: str) -> None:
    session.execute(update(SignInLink).where(SignInLink.id == link_id).values(token_hash=hash_))


def use_link(session: Session, *, token: str, locale: str, actor: Actor) -> Admission:
    """Use up a link; an address that is new gets a person, who reads ``locale``.

    Raises ``DomainError`` (``sign_in_link_used``, ``account_blocked``).
    """
    now = clock.now()
    is_right = and_(
        SignInLink.token_hash == token_hash(token),
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > now,
    )
    # The person before their links, as everybody takes them who ends links (adr 28).
    email = select(SignInLink.email).where(is_right).scalar_subquery()
    session.execute(select(Person.id).where(Person.email == email).with_for_update())
    link = session.execute(
        update(SignInLink)
        .where(is_right)
        .values(used_at=now)
        .returning(SignInLink.email, SignInLink.next_path)
    ).one_or_none()
    if link is None:
        raise DomainError("sign_in_link_used")
    person, is_new = _person_of(session, email=link.email, locale=locale, actor=actor)
    if person.blocked_at is not None:
        raise DomainError("account_blocked")
    # Somebody may have begun a plan with the address, which tells nothing about its reader.
    is_new = is_new or (person.verified_at is None and not person.name)
    person.verified_at = person.verified_at or now
    confirm_address(session, email=link.email, means=Means.SIGN_IN)
    _record_sign_in(session, person, "link")
    return Admission(person.id, person.session_version, link.next_path, is_new)


def use_password(session: Session, *, email: str, password: str) -> Admission:
    """Sign in with a password.

    Raises ``DomainError`` (``sign_in_refused``) alike for an unknown address, one without a
    password, a wrong password and a blocked person. A hash is computed in each of these cases.
    """
    nobodys_hash = _nobodys_hash()  # whoever it is: the first one in a process waits for it
    person = session.scalar(select(Person).where(Person.email == normal_email(email)))
    password_hash = person.password_hash if person is not None else None
    right = _verify(password_hash or nobodys_hash, password)
    if person is None or password_hash is None or not right or person.blocked_at is not None:
        raise DomainError("sign_in_refused")
    if _hasher.check_needs_rehash(password_hash):
        person.password_hash = _hasher.hash(password)
    _record_sign_in(session, person, "password")
    return Admission(person.id, person.session_version)


def use_passkey(session: Session, *, answer: DeviceAnswer, party: RelyingParty) -> Admission:
    """Sign in with a passkey, which is both steps at once.

    Raises ``DomainError`` (``passkey_refused``), alike for a blocked person.
    """
    person_id = passkeys.use_passkey(session, answer=answer, party=party)
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.blocked_at is not None:
        raise DomainError("passkey_refused")
    _record_sign_in(session, person, "passkey")
    return Admission(person.id, person.session_version)


def set_password(
    session: Session, *, person_id: UUID, password: str, current: str | None, actor: Actor
) -> Admission:
    """Set or change a password, and end every other session.

    Raises ``DomainError``: ``password_wrong`` when ``current`` isn't the one that was set,
    ``password_too_short``, ``password_too_long``, ``password_guessable``; ``NotFoundError``.
    """
    person = locked_person(session, person_id)
    if person.password_hash is not None and not _verify(person.password_hash, current or ""):
        raise DomainError("password_wrong", field="current")
    if len(password) < PASSWORD_MIN_LENGTH:
        raise DomainError("password_too_short", field="password", minimum=PASSWORD_MIN_LENGTH)
    if len(password) > PASSWORD_MAX_LENGTH:
        raise DomainError("password_too_long", field="password", maximum=PASSWORD_MAX_LENGTH)
    if is_guessable(password, own_words=(person.name, person.email)):
        raise DomainError("password_guessable", field="password")
    is_first = person.password_hash is None
    person.password_hash = _hasher.hash(password)
    person.session_version += 1
    _end_links(session, person)
    audit.record(
        session, actor=actor, action=Action.PERSON_PASSWORD_SET, subject=person_subject(person.id)
    )
    security_mails.password_set(session, person, is_first=is_first)
    return Admission(person.id, person.session_version)


def end_sessions(session: Session, *, person_id: UUID, actor: Actor) -> None:
    """Sign a person out everywhere; open links to sign in go nowhere any more."""
    person = locked_person(session, person_id)
    person.session_version += 1
    _end_links(session, person)
    audit.record(
        session,
        actor=actor,
        action=Action.PERSON_SESSIONS_ENDED,
        subject=person_subject(person.id),
    )


def _end_links(session: Session, person: Person) -> None:
    session.execute(delete(SignInLink).where(SignInLink.email == person.email))


def forget_links(session: Session) -> None:
    """Throw away links that can't be used any more, and the mails that carried them."""
    old_links = delete(SignInLink).where(SignInLink.expires_at < clock.now())
    session.execute(old_links)
    for template, lasts in (
        (LINK_TEMPLATE, timedelta(minutes=LINK_MINUTES)),
        (DRAFT_TEMPLATE, timedelta(days=DRAFT_LINK_DAYS)),
    ):
        mail.forget_mail(session, template=template, before=clock.now() - lasts)


def _person_of(session: Session, *, email: str, locale: str, actor: Actor) -> tuple[Person, bool]:
    """The person with this address; two first uses at once make one person."""
    new_person_id = session.execute(
        insert(Person)
        .values(id=new_id(), email=email, locale=locale, created_at=clock.now())
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(Person.id)
    ).scalar()
    person = session.scalars(select(Person).where(Person.email == email)).one()
    if new_person_id is not None:
        audit.record(
            session, actor=actor, action=Action.PERSON_ADDED, subject=person_subject(person.id)
        )
    return person, new_person_id is not None


@cache
def _nobodys_hash() -> str:
    """What the password of nobody is held against; made when it is first asked for.

    It costs a tenth of a second, which no command that signs nobody in should wait for.
    """
    return _hasher.hash(new_token())


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _record_sign_in(session: Session, person: Person, method: str) -> None:
    audit.record(
        session,
        actor=Actor("person", person.id),
        action=Action.PERSON_SIGNED_IN,
        subject=person_subject(person.id),
        detail={"method": method},
    )
