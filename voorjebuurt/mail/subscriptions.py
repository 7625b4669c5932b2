"""Wanting no more of a kind of mail, and wanting it again (RFC 8058).

A link in the mail itself is enough: whoever has it may do so, signed in or not. Of mails that their
reader chooses by kind, it sets that choice. Of mails that have a ``topic``, such as one campaign,
it ends those about that.
"""

import hmac
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import keyed_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import choices, links
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.models import MailMessage, MailUnsubscription
from voorjebuurt.mail.templates import Purpose, mail_template

TOPIC = "topic"
"""In a mail's context: what it is about, where one may want no more of that alone."""


def unsubscribe_path(secret: str, message: MailMessage) -> str | None:
    """The page to unsubscribe from a mail's kind; None for mail that can't be refused."""
    if mail_template(message.template).purpose is not Purpose.DIGEST:
        return None
    return links.unsubscribe(message.id, _signature(secret, message.id))


def mail_behind(
    session: Session, *, secrets: Sequence[str], message_id: UUID, signature: str
) -> MailMessage | None:
    """The mail whose link this is; None for one that we made with none of these secrets."""
    signatures = (_signature(secret, message_id).encode() for secret in secrets)
    if not any(hmac.compare_digest(each, signature.encode()) for each in signatures):
        return None
    return session.get(MailMessage, message_id)


def is_unsubscribed(session: Session, message: MailMessage) -> bool:
    """Whether the reader of a mail wants no more of its kind."""
    reader_id = _chooser(message)
    if reader_id is not None:
        return choices.refuses_all(session, person_id=reader_id, kinds=message.context["kinds"])
    key = (_address(message), _kind(message), _topic(message))
    return session.get(MailUnsubscription, key) is not None


def is_refused(
    email: SQLColumnExpression[str], *, template: str, topic: str
) -> ColumnElement[bool]:
    """SQL for: the reader of this address wants no mail of a template about a topic."""
    return exists().where(
        MailUnsubscription.email == email,
        MailUnsubscription.template == template,
        MailUnsubscription.topic == topic,
    )


def take_refusal_back(session: Session, *, email: str, template: str, topic: str) -> None:
    """The reader of an address asked for mail again that they had refused."""
    session.execute(
        delete(MailUnsubscription).where(
            MailUnsubscription.email == normal_address(email),
            MailUnsubscription.template == template,
            MailUnsubscription.topic == topic,
        )
    )


def unsubscribe(session: Session, *, message: MailMessage, actor: Actor) -> None:
    """Send the reader of this mail no more of its kind. A second time changes nothing."""
    if _chooser(message) is not None:
        if _choose(session, message, Cadence.NEVER):
            _record(session, message, Action.MAIL_UNSUBSCRIBED, actor)
        return
    is_new = session.execute(
        insert(MailUnsubscription)
        .values(
            email=_address(message),
            template=_kind(message),
            topic=_topic(message),
            unsubscribed_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(MailUnsubscription.email)
    ).scalar()
    if is_new is not None:
        _record(session, message, Action.MAIL_UNSUBSCRIBED, actor)


def subscribe(session: Session, *, message: MailMessage, actor: Actor) -> None:
    """Send the reader of this mail its kind again. A second time changes nothing."""
    if _chooser(message) is not None:
        if _choose(session, message, Cadence(message.context["cadence"])):
            _record(session, message, Action.MAIL_SUBSCRIBED, actor)
        return
    is_gone = session.execute(
        delete(MailUnsubscription)
        .where(
            MailUnsubscription.email == _address(message),
            MailUnsubscription.template == _kind(message),
            MailUnsubscription.topic == _topic(message),
        )
        .returning(MailUnsubscription.email)
    ).scalar()
    if is_gone is not None:
        _record(session, message, Action.MAIL_SUBSCRIBED, actor)


def refusals(session: Session, *, email: str, templates: Collection[str]) -> frozenset[str]:
    """Of which of these mails the reader of an address wants no more."""
    statement = select(MailUnsubscription.template).where(
        MailUnsubscription.email == normal_address(email),
        MailUnsubscription.template.in_(templates),
    )
    return frozenset(session.scalars(statement))


def set_refusals(
    session: Session, *, email: str, templates: Collection[str], but_not: Collection[str]
) -> None:
    """Want these mails, also those that were refused before, ``but_not`` some of them.

    The caller knows that who asks reads the address.
    """
    address = normal_address(email)
    wishes = sorted(set(templates) - set(but_not))
    session.execute(
        delete(MailUnsubscription).where(
            MailUnsubscription.email == address, MailUnsubscription.template.in_(wishes)
        )
    )
    for template in sorted(set(templates) & set(but_not)):
        session.execute(
            insert(MailUnsubscription)
            .values(email=address, template=template, unsubscribed_at=clock.now())
            .on_conflict_do_nothing()
        )


def _chooser(message: MailMessage) -> UUID | None:
    """Who chooses how often mails as this one come; None where that is not by kind."""
    if not mail_template(message.template).by_choice or "reader_id" not in message.context:
        return None
    return UUID(message.context["reader_id"])


def _choose(session: Session, message: MailMessage, cadence: Cadence) -> bool:
    """Choose for every kind that a mail was about; whether that changed something."""
    return choices.set_cadences(
        session,
        person_id=UUID(message.context["reader_id"]),
        cadences=dict.fromkeys(message.context["kinds"], cadence),
    )


def _address(message: MailMessage) -> str:
    return normal_address(message.recipient)


def _kind(message: MailMessage) -> str:
    """The template by which mails as this one are refused."""
    return mail_template(message.template).refused_as or message.template


def _topic(message: MailMessage) -> str:
    return str(message.context.get(TOPIC, ""))


def _signature(secret: str, message_id: UUID) -> str:
    return keyed_hash(secret, "unsubscribe", str(message_id))


def _record(session: Session, message: MailMessage, action: Action, actor: Actor) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(SubjectKind.MAIL, message.id),
        detail={"template": message.template},
    )
