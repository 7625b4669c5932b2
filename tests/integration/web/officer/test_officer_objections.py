"""Objections over the screens: registered, lengthened and decided on by another officer."""

import pytest
from sqlalchemy import select

from tests.support.factories.towns import officer
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Objection
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 50_000
FORM = {"channel": "letter", "reason": "U hebt onze donateurs niet geteld."}


@pytest.fixture
def at_desk(committing, signed_in) -> Desk:
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        new_desk.case.application = session.get_one(Application, new_desk.application_id)
        new_desk.decision_id = new_desk.case.send(session, "refusal", 0, "will_not_happen").id
    return new_desk


@pytest.fixture
def rosa(committing, signed_in, at_desk):
    """An officer who had nothing to do with the decision."""
    with committing() as session:
        actor = officer(session, at_desk.case.fund.municipality_id, "Rosa")
        person = session.get_one(Person, actor.person_id)
    return signed_in(person)


def register(at_desk, **changes) -> str:
    values = {**FORM, "received_on": clock.today().isoformat(), "posted_on": "", **changes}
    return page(at_desk.olga, f"/gemeente/besluiten/{at_desk.decision_id}/bezwaar", **values)


def the_objection(committing) -> Objection | None:
    with committing() as session:
        return session.scalars(select(Objection)).one_or_none()


def registered(at_desk, committing) -> str:
    register(at_desk)
    return f"/gemeente/bezwaren/{the_objection(committing).id}"


def test_an_objection_by_letter_is_registered(at_desk, committing):
    page_text = register(at_desk)
    objection = the_objection(committing)
    assert objection.number in page_text
    assert (objection.channel, objection.in_time, objection.status) == ("letter", True, "received")
    page_text = page(at_desk.olga, f"/gemeente/bezwaren/{objection.id}")
    assert "U hebt onze donateurs niet geteld." in page_text
    assert objection.number in page(at_desk.olga, "/gemeente/bezwaren")
    assert objection.number in page(at_desk.olga, at_desk.path)
    assert objection.number not in page(at_desk.eva, "/gemeente/bezwaren")
    for part in ("", "/verlengen", "/beslissen"):
        assert at_desk.eva.get(f"/gemeente/bezwaren/{objection.id}{part}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"received_on": "1-1-2090"}, "received_on"),
        ({"received_on": "?"}, "received_on"),
        ({"posted_on": "1-1-2090"}, "posted_on"),
        ({"channel": "duif"}, "channel"),
    ],
)
def test_what_can_not_be_is_told_at_its_field(at_desk, committing, changes, field):
    page_text = register(at_desk, **changes)
    assert f'id="{field}-error"' in page_text
    if "reason" not in changes:
        assert FORM["reason"] in page_text
    assert the_objection(committing) is None


def test_who_decided_before_reads_that_another_must_and_has_no_button(at_desk, committing):
    path = registered(at_desk, committing)
    page_text = page(at_desk.olga, path)
    assert "utrecht-alert--warning" in page_text
    assert f"{path}/beslissen" not in page_text
    values = {"outcome": "rejected", "reason": "Nee."}
    assert "error-summary" in page(at_desk.olga, f"{path}/beslissen", **values)
    assert the_objection(committing).status == "received"


def test_another_officer_decides_with_a_reason(at_desk, committing, rosa):
    path = registered(at_desk, committing)
    assert f"{path}/beslissen" in page(rosa, path)
    assert path in page(rosa, "/gemeente?soort=object")
    assert path not in page(at_desk.olga, "/gemeente?soort=object")
    page_text = page(rosa, f"{path}/beslissen", outcome="upheld", reason="")
    assert 'id="reason-error"' in page_text
    assert 'id="excuse' not in page_text
    page_text = page(rosa, f"{path}/beslissen", outcome="upheld", reason="U hebt gelijk.")
    assert "U hebt gelijk." in page_text
    assert the_objection(committing).status == "upheld"
    assert "Stel een besluit voor" in page(rosa, at_desk.path)


def test_one_that_came_too_late_needs_an_excuse(at_desk, committing, rosa):
    path = registered(at_desk, committing)
    with committing() as session:
        session.scalars(select(Objection)).one().in_time = False
    assert "Nee, het kwam te laat" in page(rosa, path)
    page_text = page(rosa, f"{path}/beslissen", outcome="rejected", reason="Nee.", excuse="")
    assert 'id="excuse-error"' in page_text
    page(rosa, f"{path}/beslissen", outcome="inadmissible", reason="Te laat.", excuse="")
    assert the_objection(committing).status == "inadmissible"


def test_the_term_is_lengthened_once(at_desk, committing):
    path = registered(at_desk, committing)
    before = the_objection(committing).decide_by
    page(at_desk.olga, f"{path}/verlengen", reason="Wij horen de buren.")
    assert the_objection(committing).decide_by > before
    assert f"{path}/verlengen" not in page(at_desk.olga, path)
    assert "error-summary" in page(at_desk.olga, f"{path}/verlengen", reason="Nog eens.")
