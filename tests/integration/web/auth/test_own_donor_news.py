"""A donor chooses which mails about gifts come, without an account too."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import rows
from tests.support.pages import words
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail.models import MailMessage, MailUnsubscription
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.subscriptions import is_unsubscribed
from voorjebuurt.owndata.models import DataLink

NOOR, NL = "noor@voorbeeld.example", {"Accept-Language": "nl"}


@pytest.fixture
def path(committing: Committing) -> str:
    token, now = new_token(), clock.now()
    with committing() as session:
        link = DataLink(
            token_hash=token_hash(token),
            email=NOOR,
            created_at=now,
            expires_at=now + timedelta(hours=1),
        )
        session.add(link)
    return f"/mijn-giften/{token}/mails"


def test_by_the_link_each_kind_is_refused_and_wanted_again(
    client: FlaskClient, fresh_database: Database, committing: Committing, path: str
) -> None:
    page = client.get(path, headers=NL)
    assert page.text.count(" checked") == 3, "all come until somebody says no"
    assert path.removesuffix("/mails") in page.text
    answer = client.post(path, data={"paid_out_donor": "y"}, headers=NL, follow_redirects=True)
    assert "We hebben opgeschreven welke mails u wilt." in words(answer)
    kinds = {row.template for row in rows(fresh_database, MailUnsubscription)}
    assert kinds == {"minimum_reached_donor", "accounted_donor"}
    with committing() as session:
        for template in ("minimum_reached_donor", "paid_out_donor", "receipt"):
            queue_mail(session, key=template, template=template, recipient=NOOR, locale="nl")
        session.flush()
        unsent_kinds = {
            mail.template
            for mail in session.scalars(select(MailMessage))
            if is_unsubscribed(session, mail)
        }
    assert unsent_kinds == {"minimum_reached_donor"}, "receipts always come"
    client.post(path, data={"paid_out_donor": "y", "accounted_donor": "y"}, headers=NL)
    kinds = {row.template for row in rows(fresh_database, MailUnsubscription)}
    assert kinds == {"minimum_reached_donor"}


def test_who_signs_in_chooses_for_their_own_address(
    signed_in: SignIn, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR)
    signed_in(noor).post("/mijn/giften/mails", data={"csrf_token": "x"}, headers=NL)
    assert {row.email for row in rows(fresh_database, MailUnsubscription)} == {NOOR}
    assert len(rows(fresh_database, MailUnsubscription)) == 3


def test_an_old_link_chooses_nothing(client: FlaskClient, fresh_database: Database) -> None:
    answer = client.post(f"/mijn-giften/{'x' * 43}/mails", data={}, headers=NL)
    assert answer.headers["Location"] == "/mijn-giften"
    assert rows(fresh_database, MailUnsubscription) == []
