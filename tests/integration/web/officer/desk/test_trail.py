"""The trail of a municipality: case, decision and amount in words, filters, and the file."""

import csv
import io

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.support.certain import certain
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.models import Decision
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

TRAIL, FILE = "/gemeente/logboek", "/gemeente/logboek.csv"


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in, at="divided")


@pytest.fixture
def number(at_desk: Desk, committing: Committing) -> str:
    """The number of an award that Olga proposed, of the whole claim."""
    with committing() as session:
        at_desk.case.application = session.get_one(Application, at_desk.application_id)
        decision_id = at_desk.case.propose(session, "award", 50_000)
        return session.get_one(Decision, decision_id).number


def rows(answer_text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer_text.removeprefix("\ufeff")), delimiter=";"))


def test_a_line_names_case_decision_and_amount(at_desk: Desk, number: str) -> None:
    text = page(at_desk.olga, TRAIL)
    case = at_desk.case
    assert f"{case.application.number} · {case.campaign.title}" in text
    assert f"besluit {number}: toekenning, € 500" in text
    line = next(row for row in rows(at_desk.olga.get(FILE).text) if number in row[COLUMN])
    assert line["bedrag_euro"] == "500,00"
    assert line["wie"] == "Olga"
    assert line["zaak_of_onderwerp"] == f"{case.application.number} · {case.campaign.title}"


COLUMN = "besluit_en_bijzonderheden"


def test_it_is_found_by_case_decision_person_kind_and_day(
    at_desk: Desk, number: str, committing: Committing
) -> None:
    olga = at_desk.olga
    with committing() as session:
        email = session.get_one(Person, certain(at_desk.case.olga.person_id)).email
    for query in (f"zaak={number}", f"zaak={at_desk.case.application.number}", f"wie={email}"):
        assert number in page(olga, f"{TRAIL}?{query}"), query
    assert number in page(olga, f"{TRAIL}?soort=decision")
    for query in ("zaak=BS-1", "wie=niemand@x.example", "soort=fund", "tot=1-1-2020"):
        assert f"besluit {number}" not in page(olga, f"{TRAIL}?{query}"), query
    assert 'id="van-error"' in page(olga, f"{TRAIL}?van=gisteren")
    assert len(rows(olga.get(f"{FILE}?soort=fund").text)) < len(rows(olga.get(FILE).text))


def test_another_municipality_reads_nothing_of_it(at_desk: Desk, number: str) -> None:
    assert number not in page(at_desk.eva, TRAIL)
    assert number not in at_desk.eva.get(f"{FILE}?zaak={number}").text


def test_a_file_runs_nothing_and_no_cache_keeps_it(at_desk: Desk, committing: Committing) -> None:
    case = at_desk.case
    with committing() as session:
        audit.record(
            session,
            actor=case.olga,
            action=Action.APPLICATION_ASSIGNED,
            subject=Subject(
                SubjectKind.APPLICATION, at_desk.application_id, case.fund.municipality_id
            ),
            reason='=HYPERLINK("https://kwaad.example")\n@SUM(1)',
        )
    answer = at_desk.olga.get(FILE)
    assert answer.headers["Cache-Control"] == "no-store"
    reasons = [row["reden"] for row in rows(answer.text)]
    assert '\'=HYPERLINK("https://kwaad.example") @SUM(1)' in reasons
    assert not [each for each in reasons if each.startswith(("=", "+", "-", "@"))]


def test_a_long_file_comes_in_pieces_of_bounded_size(
    at_desk: Desk, committing: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voorjebuurt.web.officer.desk.trail._CHUNK", 2)
    monkeypatch.setattr("voorjebuurt.web.officer.desk.trail.MOST_ROWS", 4)
    subject = Subject(
        SubjectKind.APPLICATION, at_desk.application_id, at_desk.case.fund.municipality_id
    )
    with committing() as session:
        for place in range(9):
            audit.record(
                session,
                actor=at_desk.case.olga,
                action=Action.APPLICATION_NOTED,
                subject=subject,
                reason=f"stap {place}",
            )
    lines = rows(at_desk.olga.get(FILE).text)
    assert [row["reden"] for row in lines] == [f"stap {place}" for place in (8, 7, 6, 5)]


def test_a_page_asks_the_database_no_more_for_more_lines(
    at_desk: Desk, committing: Committing
) -> None:
    def statements() -> int:
        texts: list[str] = []

        def note(*arguments: object) -> None:
            texts.append(str(arguments[2]))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            page(at_desk.olga, TRAIL)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(texts)

    few = statements()
    subject = Subject(
        SubjectKind.APPLICATION, at_desk.application_id, at_desk.case.fund.municipality_id
    )
    with committing() as session:
        for _ in range(40):
            audit.record(
                session, actor=at_desk.case.olga, action=Action.APPLICATION_NOTED, subject=subject
            )
    assert statements() <= few


def test_what_donors_and_initiators_do_is_not_in_it(at_desk: Desk, committing: Committing) -> None:
    place = at_desk.case.fund.municipality_id
    subject = Subject(SubjectKind.CAMPAIGN, at_desk.case.campaign.id, place)
    with committing() as session:
        for action in (Action.PLEDGE_MADE, Action.PAYMENT_PAID, Action.CAMPAIGN_SENT_BACK):
            audit.record(
                session,
                actor=at_desk.case.piet,
                action=action,
                subject=subject,
                reason="van de gever",
                detail={"amount_cents": 123_456},
            )
    for text in (page(at_desk.olga, TRAIL), at_desk.olga.get(FILE).text):
        assert "van de gever" not in text
        assert "1.234,56" not in text
    assert 'id="soort-error"' in page(at_desk.olga, f"{TRAIL}?soort=pledge")
