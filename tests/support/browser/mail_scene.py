"""What somebody reaches by a link that was mailed, and mails themselves."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import (
    LONG_EMAIL,
    LONG_NAME,
    LONG_WORD,
    Values,
)
from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.mailed_links import mailed_token
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import unsubscribe, unsubscribe_path
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.people import address_changes, roles, signin
from voorjebuurt.people.models import Person, RoleProposal
from voorjebuurt.people.rules import Role
from voorjebuurt.places import wishes


def subscriptions(session: Session, secret: str) -> list[Values]:
    """To mails that somebody wants, and to those of which they want no more."""
    paths = []
    for template in ("officer_reminder", "review_waiting"):
        message = MailMessage(
            key=f"scene:{template}",
            template=template,
            recipient=LONG_EMAIL,
            locale="nl",
            context={},
            subject=f"Over {LONG_WORD}",
            created_at=clock.now(),
            sent_at=clock.now(),
        )
        session.add(message)
        session.flush()
        paths.append(certain(unsubscribe_path(secret, message)))
    unsubscribe(session, message=message, actor=GUEST)
    return [
        {"message_id": UUID(path.split("/")[2]), "signature": path.split("/")[3]} for path in paths
    ]


def address_values(session: Session, people: dict[str, Person]) -> dict[str, list[Values]]:
    """A change of address that waits: its page for staff, and both links."""
    address_changes.ask_address_change(
        session,
        person_id=people["resident"].id,
        new_email=f"nieuw.{LONG_EMAIL}",
        reason=f"Gebeld over {LONG_WORD}.",
        actor=actor_of(people["staff"], "staff"),
    )
    session.flush()
    values: dict[str, list[Values]] = {
        "staff.ask_address_change": [{"person_id": people["resident"].id}]
    }
    for template, endpoint in (
        (address_changes.CONFIRM_TEMPLATE, "auth.confirm_address"),
        (address_changes.STOP_TEMPLATE, "auth.stop_address"),
    ):
        statement = select(MailMessage).where(MailMessage.template == template)
        token = mailed_token(session, session.scalars(statement).one())
        values[endpoint] = [{"token": token}, {"token": "x" * 43}]
    return values


def wish_values(session: Session) -> dict[str, list[Values]]:
    """Two who wait for a municipality with a long name; one of them has confirmed it."""
    tokens = []
    for number in (1, 2):
        wishes.ask_for_place(
            session, place=LONG_WORD[:60], email=f"w{number}.{LONG_EMAIL}", locale="nl"
        )
        session.flush()
        statement = select(MailMessage).where(MailMessage.template == wishes.CONFIRM_TEMPLATE)
        newest = session.scalars(statement.order_by(MailMessage.id.desc()).limit(1)).one()
        tokens.append(mailed_token(session, newest))
    wishes.confirm_wish(session, token=tokens[0])
    return {"public.answer_place_wish": [{"token": token} for token in (*tokens, "x" * 43)]}


def data_link_values(session: Session) -> dict[str, list[Values]]:
    """A link to what is kept of an address, as it was mailed."""
    token, now = new_token(), clock.now()
    link = DataLink(
        id=uuid4(),
        token_hash=token_hash(token),
        email=LONG_EMAIL,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    session.add(link)
    return {
        "auth.show_mailed_data": [{"token": token}],
        "auth.erase_mailed_data": [{"token": token}],
        "auth.show_mailed_gifts": [{"token": token}],
        "auth.choose_mailed_news": [{"token": token}],
    }


def role_proposal(session: Session, people: dict[str, Person]) -> UUID:
    """A role that a colleague wants to give to somebody with a long name."""
    colleague = PersonFactory(name=LONG_NAME)
    RoleGrantFactory(person_id=colleague.id, role="staff")
    roles.give_role(
        session,
        person_id=people["resident"].id,
        role=Role.AUDITOR,
        wait=timedelta(hours=24),
        actor=actor_of(colleague, "staff"),
    )
    return session.scalars(select(RoleProposal.id).where(RoleProposal.role == Role.AUDITOR)).one()


def mails_to_mend(session: Session) -> list[Values]:
    """One that was given up, and one that is on its way."""
    mails = []
    for number in range(2):
        message = MailMessage(
            key=f"scene:{number}",
            template="sign_in",
            recipient=LONG_EMAIL,
            locale="nl",
            context={},
            subject=f"Over {LONG_WORD}",
            created_at=clock.now(),
        )
        mails.append(message)
    mails[0].undeliverable_at, mails[0].failure = clock.now(), f"550 {LONG_WORD}"
    session.add_all(mails)
    session.flush()
    return [{"message_id": message.id} for message in mails]


def mail(session: Session, email: str) -> tuple[MailMessage, str]:
    """A mail with a sign-in link, and the secret in it."""
    signin.request_link(session, email=email, next_path="/", locale="nl", actor=GUEST)
    session.flush()
    message = session.scalars(select(MailMessage).order_by(MailMessage.id.desc())).first()
    assert message is not None
    return message, mailed_token(session, message)


def sign_in_path(session: Session, person: Person) -> str:
    """A link that was mailed to somebody."""
    return f"/inloggen/{mail(session, person.email)[1]}"
