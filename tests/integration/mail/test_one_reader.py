"""An address with a domain outside ASCII and its form for servers are one reader everywhere."""

import runpy
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.sending import send_now
from voorjebuurt import paths
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.mail import links
from voorjebuurt.mail.addresses import Means, confirm_address, is_confirmed
from voorjebuurt.mail.models import ConfirmedAddress, MailMessage, MailUnsubscription
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.subscriptions import is_unsubscribed, unsubscribe
from voorjebuurt.people.models import Person
from voorjebuurt.people.service import add_person
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.settings import Settings

MIGRATION = paths.MIGRATIONS / "versions" / "0056_spell_mail_readers.py"
SPELLINGS = ("x@café.nl", "x@xn--caf-dma.nl", " X@CAFÉ.NL ")


def reminder(session: Session, recipient: str) -> MailMessage:
    key = str(new_id())
    queue_mail(
        session,
        key=key,
        template="officer_reminder",
        recipient=recipient,
        locale="nl",
        name="",
        desk_path=links.officer_desk(),
        cases=[],
    )
    return session.scalars(select(MailMessage).where(MailMessage.key == key)).one()


@pytest.mark.parametrize("other", SPELLINGS)
def test_confirmed_in_one_spelling_is_confirmed_in_all(session: Session, other: str) -> None:
    confirm_address(session, email=SPELLINGS[0], means=Means.SIGN_IN)
    assert is_confirmed(session, other)
    assert reminder(session, other).recipient == SPELLINGS[1]


@pytest.mark.parametrize("other", SPELLINGS)
def test_no_more_mail_in_one_spelling_is_none_in_all(session: Session, other: str) -> None:
    unsubscribe(session, message=reminder(session, SPELLINGS[0]), actor=GUEST)
    assert is_unsubscribed(session, reminder(session, other))


def test_all_spellings_have_one_allowance(session: Session, settings: Settings) -> None:
    settings = replace(settings, mail=replace(settings.mail, per_hour=2))
    confirm_address(session, email=SPELLINGS[0], means=Means.SIGN_IN)
    messages = [reminder(session, spelling) for spelling in SPELLINGS]
    for message in messages:
        send_now(session, settings, message)
    assert [message.sent_at is not None for message in messages] == [True, True, False]


def test_all_spellings_are_one_donor_and_one_person(session: Session) -> None:
    assert len({address_key("secret", spelling) for spelling in SPELLINGS}) == 1
    for spelling in SPELLINGS:
        add_person(session, email=spelling, name="X", locale="nl", actor=GUEST)
    assert session.scalars(select(Person.email)).all() == [SPELLINGS[1]]


def test_what_was_kept_in_other_spellings_gets_the_one(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    message = reminder(session, "x@voorbeeld.example")
    rows = {"m": message.id, "a": SPELLINGS[0], "b": SPELLINGS[1], "at": clock.now()}
    for statement in (
        "UPDATE mail_messages SET recipient = 'X@café.nl' WHERE id = :m",
        "INSERT INTO confirmed_addresses VALUES (:a, 'sign_in', :at), (:b, 'payment', :at)",
        "INSERT INTO mail_unsubscriptions VALUES (:a, 'officer_reminder', :at)",
        "INSERT INTO persons (id, email, created_at) VALUES (gen_random_uuid(), :a, :at)",
        "INSERT INTO persons (id, email, created_at) VALUES (gen_random_uuid(), :b, :at)",
    ):
        session.execute(text(statement), rows)
    for _ in range(2):
        runpy.run_path(str(MIGRATION))["respell"](session.connection())
    session.expire_all()
    assert message.recipient == SPELLINGS[1]
    assert session.scalars(select(ConfirmedAddress.email)).all() == [SPELLINGS[1]]
    assert session.scalars(select(MailUnsubscription.email)).all() == [SPELLINGS[1]]
    assert "as well" in caplog.text, "two persons are for staff to look at"
