"""A last term to account, on the screens of officers and of who got the money."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.fixtures_site import Committing, SignIn
from tests.support.last_terms import CLAIM, termed
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person

AWARD_AGO, TERM_AGO = timedelta(weeks=40), timedelta(weeks=8)
REASON = "Er mist <b>een</b> bon."


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """A case of which no account came in time."""
    with clock.at(clock.now() - AWARD_AGO):
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


def until(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def test_an_officer_sets_it_and_who_got_the_money_reads_it(
    at_desk: Desk, noor: FlaskClient
) -> None:
    path, mine = f"{at_desk.path}/laatste-termijn", f"/mijn/matchgeld/{at_desk.application_id}"
    assert "Er kwam geen verantwoording op tijd" in page(at_desk.olga, at_desk.path)
    wrong = page(at_desk.olga, path, until=until(3), reason=REASON)
    assert "minstens 14 en hoogstens 91 dagen" in wrong
    assert "Er mist &lt;b&gt;een&lt;/b&gt; bon." in wrong, "what was typed is still there"
    page(at_desk.olga, path, until=until(28), reason=REASON)
    html = page(at_desk.piet, at_desk.path)
    assert "Laatste termijn om te verantwoorden: tot en met" in html
    assert "Er mist &lt;b&gt;een&lt;/b&gt; bon." in html
    assert "Voorstellen: vaststelling" not in html
    own = page(noor, mine)
    assert "Dit is uw laatste termijn" in own
    assert "Er mist &lt;b&gt;een&lt;/b&gt; bon." in own
    assert "Uw laatste termijn: stuur het uiterlijk op" in page(noor, f"{mine}/verantwoorden")


def test_after_it_the_amount_can_be_determined(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    with clock.at(clock.now() - TERM_AGO), committing() as session:
        termed(session, at_desk.case)
    html = page(at_desk.piet, at_desk.path)
    assert "Er kwam geen verantwoording in de laatste termijn" in html
    assert f"{at_desk.path}/besluit/vaststelling" in html
    assert f"{at_desk.path}/voornemen/lagere-vaststelling" in html, "views first"
    assert "Uw laatste termijn is voorbij" in page(
        noor, f"/mijn/matchgeld/{at_desk.application_id}"
    )
    assert "Vaststellen" in page(at_desk.olga, "/gemeente?van=alle")


def test_of_two_officers_at_once_the_second_reads_what_the_first_did(
    at_desk: Desk, committing: Committing
) -> None:
    path = f"{at_desk.path}/laatste-termijn"
    html = at_desk.piet.get(path).get_data(as_text=True)
    page(at_desk.olga, path, until=until(28), reason=REASON)
    token = html.split('name="version" value="')[1].split('"')[0]
    conflict = page(at_desk.piet, path, until=until(60), reason="Nog meer tijd.", version=token)
    assert "Nog meer tijd." in conflict
    with committing() as session:
        assert len(session.scalars(select(LastTerm)).all()) == 1
