"""Anybody asks about a fund: confirmed by mail, answered by an officer, read by everybody."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from tests.support.factories.funds import Desk, desk
from tests.support.factories.matching import closing_fund
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.pages import words
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.questions.models import FundQuestion
from voorjebuurt.matching.tasks import forget_questions
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
ASKED = "Mag een school ook meedoen? Ik ben juf Noor van De Linde."
PUBLIC = "Mag een school ook meedoen?"
ANSWER = "Ja, als de buurt er ook wat aan heeft."
NL = {"Accept-Language": "nl"}


@pytest.fixture
def at(committing: Committing) -> Desk:
    """A municipality with its two officers."""
    with committing():
        return desk()


@pytest.fixture
def fund(at: Desk, committing: Committing) -> Fund:
    """An open fund of it."""
    with committing():
        return closing_fund(municipality=None, municipality_id=at.buurt.municipality_id)


def mails(database: Database, settings: Settings) -> list[MailMessage]:
    run_jobs(database, settings)
    with database.reading() as session:
        return list(session.scalars(select(MailMessage).order_by(MailMessage.created_at)))


def question(database: Database) -> FundQuestion | None:
    with database.reading() as session:
        return session.scalars(select(FundQuestion)).one_or_none()


def ask(client: FlaskClient, fund: Fund, **fields: str) -> str:
    form = {"text": ASKED, "email": NOOR, **fields}
    return client.post(f"/fondsen/{fund.slug}/vraag", data=form, headers=NL).text


@pytest.fixture
def link(client: FlaskClient, fund: Fund, fresh_database: Database, settings: Settings) -> str:
    """The mailed link of a question that was asked."""
    ask(client, fund)
    (mail,) = mails(fresh_database, settings)
    assert "juf" not in (mail.text or ""), "what somebody typed goes to nobody unconfirmed"
    return str(re.findall(r"/fondsvragen/[^\s\"]+", mail.text or "")[0])


def test_from_asking_to_an_answer_that_everybody_reads(
    client: FlaskClient,
    at: Desk,
    fund: Fund,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
    settings: Settings,
) -> None:
    anna = signed_in(at.anna)
    assert ASKED not in words(anna.get("/gemeente/vragen", headers=NL)), "nobody confirmed it"
    assert "Uw vraag versturen?" in words(client.get(link, headers=NL))
    for _ in range(2):
        reply = client.post(link, headers=NL, follow_redirects=True)
        assert "Een ambtenaar antwoordt uiterlijk op" in words(reply)
    row = question(fresh_database)
    assert row is not None
    assert row.answer_by == last_day(clock.today(), weeks=2)
    list_page = anna.get("/gemeente/vragen", headers=NL)
    assert ASKED in words(list_page)
    assert NOOR not in list_page.text
    path = f"/gemeente/vragen/{row.id}"
    page = anna.get(path, headers=NL)
    assert NOOR not in page.text
    form = {"outcome": "publish", "public_text": PUBLIC, "answer": ANSWER}
    anna.post(path, data=form, headers=NL)
    news = mails(fresh_database, settings)[-1]
    assert (news.template, news.recipient) == ("fund_question_answered", NOOR)
    assert ANSWER in (news.text or "")
    public = words(client.get(f"/fondsen/{fund.slug}", headers=NL))
    assert PUBLIC in public
    assert ANSWER in public
    assert "juf" not in public
    assert ANSWER in words(client.get(link, headers=NL))
    row = question(fresh_database)
    assert row is not None
    assert (row.status, row.email) == ("answered", None)
    with fresh_database.reading() as session:
        event = trail(session, SubjectKind.FUND, fund.id)[-1]
    assert (event.action, event.actor_id) == ("fund.question_answered", at.anna.id)


@pytest.mark.parametrize(("outcome", "state"), [("reply", "answered"), ("decline", "declined")])
def test_what_is_not_for_everybody_reaches_its_asker_only(
    client: FlaskClient,
    at: Desk,
    fund: Fund,
    link: str,
    outcome: str,
    state: str,
    signed_in: SignIn,
    fresh_database: Database,
    settings: Settings,
) -> None:
    client.post(link)
    row = question(fresh_database)
    assert row is not None
    form = {"outcome": outcome, "public_text": PUBLIC, "answer": ANSWER}
    signed_in(at.anna).post(f"/gemeente/vragen/{row.id}", data=form, headers=NL)
    assert ANSWER in (mails(fresh_database, settings)[-1].text or "")
    assert ANSWER not in words(client.get(f"/fondsen/{fund.slug}", headers=NL))
    row = question(fresh_database)
    assert row is not None
    assert (row.status, row.public_text) == (state, "")


def test_two_officers_at_once_answer_it_once(
    client: FlaskClient,
    at: Desk,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
    settings: Settings,
) -> None:
    client.post(link)
    row = question(fresh_database)
    assert row is not None
    path = f"/gemeente/vragen/{row.id}"
    anna, bram = signed_in(at.anna), signed_in(at.bram)
    versions = [
        str(re.findall(r'name="version"[^>]*value="([^"]*)"', each.get(path).text)[0])
        for each in (anna, bram)
    ]
    form = {"outcome": "reply", "answer": ANSWER, "version": versions[0]}
    assert anna.post(path, data=form, headers=NL).status_code == 302
    late = bram.post(path, data={**form, "answer": "Nee.", "version": versions[1]}, headers=NL)
    assert ANSWER in words(late), "Bram reads what Anna answered"
    late_mails = [mail for mail in mails(fresh_database, settings) if "Nee." in (mail.text or "")]
    assert late_mails == []


def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    client: FlaskClient,
    at: Desk,
    fund: Fund,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    page = ask(client, fund, text=" ", email="noor@elders.example")
    assert "Schrijf uw vraag op." in page
    assert "noor@elders.example" in page
    client.post(link)
    row = question(fresh_database)
    assert row is not None
    form = {"outcome": "publish", "public_text": " ", "answer": ANSWER}
    page = signed_in(at.anna).post(f"/gemeente/vragen/{row.id}", data=form, headers=NL).text
    assert "Schrijf uw vraag op." in page
    assert ANSWER in page


def test_it_is_taken_back_until_it_is_answered(
    client: FlaskClient, fund: Fund, link: str, fresh_database: Database
) -> None:
    client.post(link)
    client.post(f"{link}/intrekken")
    assert question(fresh_database) is None
    assert client.get(link).status_code == 404
    assert client.post(f"{link}/intrekken").status_code == 404
    assert client.post(link).status_code == 404


def test_what_nobody_confirmed_is_thrown_away(
    fund: Fund, link: str, fresh_database: Database, settings: Settings
) -> None:
    runtime = Runtime(fresh_database, settings)
    forget_questions(runtime)
    assert question(fresh_database) is not None
    with clock.at(clock.now() + timedelta(days=8)):
        forget_questions(runtime)
    assert question(fresh_database) is None


def test_officers_elsewhere_do_not_see_it(
    client: FlaskClient,
    link: str,
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    client.post(link)
    row = question(fresh_database)
    assert row is not None
    with committing():
        elsewhere = desk()
    eva = signed_in(elsewhere.anna)
    assert eva.get(f"/gemeente/vragen/{row.id}").status_code == 404
    assert eva.post(f"/gemeente/vragen/{row.id}", data={"answer": "x"}).status_code == 404
    assert ASKED not in words(eva.get("/gemeente/vragen"))


def test_the_database_keeps_what_was_answered(session: Session) -> None:
    at = desk()
    fund = closing_fund(municipality=None, municipality_id=at.buurt.municipality_id)
    row = FundQuestion(
        fund_id=fund.id,
        municipality_id=fund.municipality_id,
        locale="nl",
        token_hash="h",
        status="answered",
        text=ASKED,
        asked_at=clock.now(),
        confirmed_at=clock.now(),
        answer_by=clock.today(),
        public_text=PUBLIC,
        answer=ANSWER,
        answered_at=clock.now(),
        answered_by=at.anna.id,
    )
    session.add(row)
    session.flush()
    for statement in (
        "UPDATE fund_questions SET answer = 'Nee.'",
        "UPDATE fund_questions SET public_text = ''",
        "DELETE FROM fund_questions",
    ):
        with pytest.raises(DBAPIError) as error, session.begin_nested():
            session.execute(text(statement))
        assert constraint_of(error.value) == "question_final"
