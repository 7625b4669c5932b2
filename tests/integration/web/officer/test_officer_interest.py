"""Officers lay interest down on a screen: they see the amount and the letter first."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import pay_out
from tests.support.fixtures_site import Committing, SignIn
from tests.support.late_claims import came_in
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application

CLAIM = 500_000
KNOWN = date(2026, 6, 30)
"""The last day of which the percentages of the settings were looked up."""


@pytest.fixture
def late(committing: Committing, signed_in: SignIn) -> Desk:
    """€ 5,000 claimed back half a year before the last day with a known percentage."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    case = new_desk.case
    with committing() as session, clock.at(clock.noon(KNOWN - timedelta(days=180))):
        case.application = session.get_one(Application, new_desk.application_id)
        case.campaign = session.get_one(type(case.campaign), case.campaign.id)
        case.send(session, "award", CLAIM)
        pay_out(session, case, CLAIM)
        case.send(session, "withdrawal", 0, "not_done")
        case.send(session, "clawback", CLAIM, "overpaid")
    return new_desk


def path(at_desk: Desk) -> str:
    return f"{at_desk.path}/besluit/rente"


def hidden(text: str, name: str) -> str:
    match = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    assert match, name
    return match.group(1)


def filled(client: FlaskClient, at_desk: Desk, **fields: Any) -> dict[str, Any]:
    """The form as the page shows it, with what is typed into it."""
    text = page(client, path(at_desk))
    values = {name: hidden(text, name) for name in ("csrf_token", "version", "seen", "until")}
    return {**values, **fields}


def interest_of(session: Session) -> Decision:
    return session.scalars(select(Decision).where(Decision.kind == "interest")).one()


def test_it_is_proposed_up_to_the_last_known_day_with_its_letter_first(
    late: Desk, committing: Committing
) -> None:
    assert "Voorstel: wettelijke rente" in page(late.olga, late.path)
    form = filled(late.olga, late)
    assert form["until"] == KNOWN.isoformat()
    letter = page(late.olga, path(late), **form, preview="1")
    assert "wettelijke rente betalen" in letter
    assert "tot en met 30 juni 2026" in letter
    answer = page(late.olga, path(late), **form)
    assert "Rente tot en met" in answer
    with committing() as session:
        decision = interest_of(session)
        assert str(decision.amount_cents) == form["seen"]
        assert decision.interest_until == KNOWN
        assert decision.status == "proposed"


def test_another_day_has_another_amount_which_is_seen_before_it_is_proposed(
    late: Desk, committing: Committing
) -> None:
    form = filled(late.olga, late)
    day = KNOWN - timedelta(days=30)
    answer = page(late.olga, path(late), **{**form, "until": day.isoformat()})
    assert "Kijk ernaar en stel het opnieuw voor." in answer
    assert hidden(answer, "until") == day.isoformat()
    again = {**form, "until": day.isoformat(), "seen": hidden(answer, "seen")}
    assert int(again["seen"]) < int(form["seen"])
    page(late.olga, path(late), **again)
    with committing() as session:
        assert interest_of(session).interest_until == day


def test_a_payment_meanwhile_is_told_and_nothing_is_proposed(
    late: Desk, committing: Committing
) -> None:
    form = filled(late.olga, late)
    with committing() as session:
        came_in(session, late.case, 100_000, on=KNOWN - timedelta(days=20))
    answer = page(late.olga, path(late), **form)
    assert "Kijk ernaar en stel het opnieuw voor." in answer
    with committing() as session:
        kinds = session.scalars(select(Decision.kind)).all()
    assert "interest" not in kinds


def test_what_is_wrong_is_told_at_its_field_and_kept(late: Desk) -> None:
    form = filled(late.olga, late)
    for day, sentence in (
        (clock.today(), "latere dagen zijn nog niet voorbij"),
        (KNOWN - timedelta(days=130), "Kies een latere dag"),
    ):
        for how in ({}, {"preview": "1"}):
            answer = page(late.olga, path(late), **{**form, "until": day.isoformat()}, **how)
            assert sentence in answer
            assert hidden(answer, "until") == day.isoformat()
    answer = page(late.olga, path(late), **{**form, "until": "gisteren"})
    assert "Vul een datum in" in answer
    if clock.today() > KNOWN + timedelta(days=1):
        next_day = {**form, "until": (KNOWN + timedelta(days=1)).isoformat()}
        assert "opgezocht tot en met 30 juni 2026" in page(late.olga, path(late), **next_day)


def test_who_is_elsewhere_sees_and_does_nothing(late: Desk) -> None:
    assert late.eva.get(path(late)).status_code in (403, 404)


def test_it_waits_on_the_work_list_until_it_was_laid_down(late: Desk) -> None:
    assert "Rente vaststellen" in work_of(late)
    page(late.olga, path(late), **filled(late.olga, late))
    assert "Rente vaststellen" not in work_of(late)


def work_of(late: Desk) -> str:
    """The rows of the work list, without the form that filters it."""
    return page(late.olga, "/gemeente").partition("<table")[2]


def test_without_a_default_there_is_nothing_to_propose(
    committing: Committing, signed_in: SignIn
) -> None:
    other = desk(committing, signed_in, at="divided", claim=CLAIM)
    assert "In deze zaak loopt geen rente" in page(other.olga, path(other))
