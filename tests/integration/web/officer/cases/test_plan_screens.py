"""A change of an award, asked by who got it and decided by officers, on their screens."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.support.attached_files import PDF
from tests.support.fixtures_site import Committing, SignIn
from tests.support.last_terms import CLAIM
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person

AGO = timedelta(weeks=10)
WHY = "Het <b>hout</b> komt later."


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """An award that is to be accounted for, of some weeks ago."""
    with clock.at(clock.now() - AGO):
        at_desk = desk(
            committing,
            signed_in,
            at="divided",
            claim=CLAIM,
            draft_arrangements=[{"from_cents": 0, "way": "costs"}],
        )
        with committing() as session:
            at_desk.case.send(session, "award", CLAIM)
    with committing() as session:
        officers = (at_desk.case.olga, at_desk.case.piet)
        people = [session.get_one(Person, each.person_id) for each in officers]
    at_desk.olga, at_desk.piet = map(signed_in, people)
    return at_desk


@pytest.fixture
def noor(committing: Committing, signed_in: SignIn, at_desk: Desk) -> FlaskClient:
    """The applicant."""
    with committing() as session:
        return signed_in(session.get_one(Person, at_desk.case.initiator.person_id))


def day(weeks: int) -> str:
    return (clock.today() + timedelta(weeks=weeks)).isoformat()


def asked(at_desk: Desk, noor: FlaskClient) -> str:
    """She asks for more time and something else; her page afterwards."""
    mine = f"/mijn/matchgeld/{at_desk.application_id}"
    fields: dict[str, Any] = {"wish_on": day(30), "activities": "Een tafel.", "reason": WHY}
    return page(noor, f"{mine}/wijziging", **fields)


def test_it_is_asked_decided_by_two_and_told(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    mine = f"/mijn/matchgeld/{at_desk.application_id}"
    assert "Een wijziging vragen" in page(noor, mine)
    wrong = page(noor, f"{mine}/wijziging", reason=WHY)
    assert "Kies een latere dag" in wrong
    assert "Het &lt;b&gt;hout&lt;/b&gt; komt later." in wrong, "what was typed is still there"
    own = asked(at_desk, noor)
    assert "Uw verzoek is ontvangen" in own
    assert "U vroeg om een wijziging" in own
    case = page(at_desk.olga, at_desk.path)
    assert "De aanvrager vroeg om een wijziging" in case
    assert "Een wijziging waar om is gevraagd" in page(at_desk.olga, "/gemeente")
    path = f"{at_desk.path}/besluit/wijziging-op-verzoek"
    form = page(at_desk.olga, path)
    assert "Het &lt;b&gt;hout&lt;/b&gt; komt later." in form
    bad = page(at_desk.olga, path, outcome="part", until=day(40), reason="Nee.")
    assert "Kies een dag tot en met" in bad
    draft = page(
        at_desk.olga, path, outcome="part", until=day(24), reason="Korter kan.", preview="1"
    )
    assert "Zo zou de brief worden" in draft
    assert "voor een deel zoals u vroeg" in draft
    page(at_desk.olga, path, outcome="part", until=day(24), reason="Korter kan.")
    with committing() as session:
        [decision] = session.scalars(select(Decision).where(Decision.kind == "plan_change"))
        assert decision.status == "proposed"
        decision_id = decision.id
    screen = page(at_desk.piet, f"/gemeente/besluiten/{decision_id}")
    assert "wijziging op verzoek" in screen
    assert "Het bedrag blijft" in screen
    page(at_desk.piet, f"/gemeente/besluiten/{decision_id}/goedkeuren", x="x")
    with committing() as session:
        waiting = update(Decision).where(Decision.id == decision_id)
        session.execute(waiting.values(send_at=clock.now()))
        assert send_decision(session, decision_id=decision_id)
    own = page(noor, mine)
    assert "voor een deel gegeven" in own
    assert "Wijziging op verzoek" in own
    assert "Korter kan." in page(noor, f"/mijn/besluiten/{decision_id}")


def test_sent_twice_by_a_double_click_or_the_back_button_it_is_asked_once(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    asked(at_desk, noor)
    asked(at_desk, noor)
    with committing() as session:
        [request_id] = session.scalars(select(PlanRequest.id))
    back = page(noor, f"/mijn/wijzigingen/{request_id}/intrekken", sure="1")
    assert "Uw verzoek is ingetrokken" in back
    page(noor, f"/mijn/wijzigingen/{request_id}/intrekken", sure="1")
    with committing() as session:
        assert session.scalars(select(PlanRequest.status)).all() == ["withdrawal"]


def test_a_proposal_under_another_page_than_was_shown_changes_nothing(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    asked(at_desk, noor)
    path = f"{at_desk.path}/besluit/wijziging-op-verzoek"
    conflict = page(
        at_desk.olga,
        path,
        outcome="refusal",
        reason="Nu kan het ook.",
        version="1;status=elsewhere",
    )
    assert "Terwijl deze pagina openstond" in conflict
    assert "Nu kan het ook." in conflict
    with committing() as session:
        assert not session.scalars(select(Decision).where(Decision.kind == "plan_refusal")).all()


def test_an_officer_writes_down_what_came_on_paper(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    assert "Een verzoek om een wijziging vastleggen" in page(at_desk.olga, at_desk.path)
    path = f"{at_desk.path}/wijziging"
    wrong = page(at_desk.olga, path, received_on="", reason="", wish_on="gisteren")
    fields = ("channel", "received_on", "reason", "wish_on")
    assert [name for name in fields if f'id="{name}-error"' not in wrong] == []
    answer = at_desk.olga.post(
        path,
        data={
            "channel": "letter",
            "received_on": clock.today().isoformat(),
            "wish_on": day(30),
            "reason": WHY,
            "attachments": [(io.BytesIO(PDF), "verzoek.pdf")],
        },
        content_type="multipart/form-data",
        follow_redirects=True,
    ).text
    assert "Het verzoek is vastgelegd" in answer
    assert "per brief" in answer
    for client, address in (
        (at_desk.olga, f"{at_desk.path}/besluit/wijziging-op-verzoek"),
        (at_desk.olga, at_desk.path),
        (noor, f"/mijn/matchgeld/{at_desk.application_id}"),
    ):
        assert "verzoek.pdf" in page(client, address), address
    with committing() as session:
        assert session.scalars(select(PlanRequest.channel)).all() == ["letter"]
    assert noor.get(path).status_code == 403
