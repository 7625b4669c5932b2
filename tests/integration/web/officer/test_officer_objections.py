"""Objections over the screens: registered, lengthened and decided on by another officer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.towns import officer
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Objection
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 50_000
FORM = {"channel": "letter", "reason": "U hebt onze donateurs niet geteld."}


@dataclass
class AfterRefusal(Desk):
    """The same with the decision by which the application was refused."""

    decision_id: UUID


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> AfterRefusal:
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        new_desk.case.application = session.get_one(Application, new_desk.application_id)
        decision = new_desk.case.send(session, "refusal", 0, "will_not_happen")
    return AfterRefusal(**vars(new_desk), decision_id=decision.id)


@pytest.fixture
def rosa(committing: Committing, signed_in: SignIn, at_desk: AfterRefusal) -> FlaskClient:
    """An officer who had nothing to do with the decision."""
    with committing() as session:
        actor = officer(session, at_desk.case.fund.municipality_id, "Rosa")
        person = session.get_one(Person, actor.person_id)
    return signed_in(person)


def register(at_desk: AfterRefusal, **changes: Any) -> str:
    values = {**FORM, "received_on": clock.today().isoformat(), "posted_on": "", **changes}
    return page(at_desk.olga, f"/gemeente/besluiten/{at_desk.decision_id}/bezwaar", **values)


def the_objection(committing: Committing) -> Objection | None:
    with committing() as session:
        return session.scalars(select(Objection)).one_or_none()


def registered(at_desk: AfterRefusal, committing: Committing) -> str:
    register(at_desk)
    return f"/gemeente/bezwaren/{certain(the_objection(committing)).id}"


def test_an_objection_by_letter_is_registered(
    at_desk: AfterRefusal, committing: Committing
) -> None:
    page_text = register(at_desk)
    objection = the_objection(committing)
    assert certain(objection).number in page_text
    assert (certain(objection).channel, certain(objection).in_time, certain(objection).status) == (
        "letter",
        True,
        "received",
    )
    page_text = page(at_desk.olga, f"/gemeente/bezwaren/{certain(objection).id}")
    assert "U hebt onze donateurs niet geteld." in page_text
    assert certain(objection).number in page(at_desk.olga, "/gemeente/bezwaren")
    assert certain(objection).number in page(at_desk.olga, at_desk.path)
    assert certain(objection).number not in page(at_desk.eva, "/gemeente/bezwaren")
    for part in ("", "/verlengen", "/beslissen"):
        assert (
            at_desk.eva.get(f"/gemeente/bezwaren/{certain(objection).id}{part}").status_code == 404
        )


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
def test_what_can_not_be_is_told_at_its_field(
    at_desk: AfterRefusal, committing: Committing, changes: dict[str, str], field: str
) -> None:
    page_text = register(at_desk, **changes)
    assert f'id="{field}-error"' in page_text
    if "reason" not in changes:
        assert FORM["reason"] in page_text
    assert the_objection(committing) is None


def test_who_decided_before_reads_that_another_must_and_has_no_button(
    at_desk: AfterRefusal, committing: Committing
) -> None:
    path = registered(at_desk, committing)
    page_text = page(at_desk.olga, path)
    assert "utrecht-alert--warning" in page_text
    assert f"{path}/beslissen" not in page_text
    values = {"outcome": "rejected", "reason": "Nee."}
    assert "error-summary" in page(at_desk.olga, f"{path}/beslissen", **values)
    assert certain(the_objection(committing)).status == "received"


def test_another_officer_decides_with_a_reason(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    assert f"{path}/beslissen" in page(rosa, path)
    assert path in page(rosa, "/gemeente?soort=object")
    assert path not in page(at_desk.olga, "/gemeente?soort=object")
    page_text = page(rosa, f"{path}/beslissen", outcome="upheld", reason="")
    assert 'id="reason-error"' in page_text
    assert 'id="excuse' not in page_text
    page_text = page(rosa, f"{path}/beslissen", outcome="upheld", reason="U hebt gelijk.")
    assert "U hebt gelijk." in page_text
    assert certain(the_objection(committing)).status == "upheld"
    assert "Stel een besluit voor" in page(rosa, at_desk.path)


def test_one_that_came_too_late_needs_an_excuse(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    with committing() as session:
        session.scalars(select(Objection)).one().in_time = False
    assert "Nee, het kwam te laat" in page(rosa, path)
    page_text = page(rosa, f"{path}/beslissen", outcome="rejected", reason="Nee.", excuse="")
    assert 'id="excuse-error"' in page_text
    page(rosa, f"{path}/beslissen", outcome="inadmissible", reason="Te laat.", excuse="")
    assert certain(the_objection(committing)).status == "inadmissible"


def test_the_term_is_lengthened_once(at_desk: AfterRefusal, committing: Committing) -> None:
    path = registered(at_desk, committing)
    before = certain(the_objection(committing)).decide_by
    page(at_desk.olga, f"{path}/verlengen", reason="Wij horen de buren.")
    assert certain(the_objection(committing)).decide_by > before
    assert f"{path}/verlengen" not in page(at_desk.olga, path)
    assert "error-summary" in page(at_desk.olga, f"{path}/verlengen", reason="Nog eens.")
