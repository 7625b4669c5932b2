"""An officer notes that the council adopted a budget, on a page of its own (Awb 4:34)."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.budgets.models import AdoptedBudget
from voorjebuurt.kernel import clock


@pytest.fixture
def two(committing: Committing, signed_in: SignIn) -> Desk:
    """Two officers of a municipality, and one of another."""
    return desk(committing, signed_in)


def path(at_desk: Desk) -> str:
    return f"/gemeente/brieven/begroting/{at_desk.case.fund.municipality_id}"


def note(client: FlaskClient, at_desk: Desk, **changes: str) -> str:
    """What the officer reads after the button."""
    today = clock.today()
    values = {"year": str(today.year), "adopted_on": today.isoformat(), "enough": "no"}
    return page(client, path(at_desk), **{**values, **changes})


def budgets(committing: Committing) -> list[tuple[int, bool]]:
    with committing() as session:
        return [(row.year, row.enough) for row in session.scalars(select(AdoptedBudget))]


def events(committing: Committing) -> int:
    statement = select(AuditEvent).where(AuditEvent.action == Action.MUNICIPALITY_BUDGET_ADOPTED)
    with committing() as session:
        return len(session.scalars(statement).all())


def test_it_is_noted_and_shown_where_the_letters_are(two: Desk, committing: Committing) -> None:
    assert "-error" not in page(two.olga, path(two))
    text = note(two.olga, two)
    assert "Het is genoteerd." in text
    assert f"Begroting van {clock.today().year}" in text
    assert "Doe uiterlijk op" in text
    assert budgets(committing) == [(clock.today().year, False)]


def test_a_second_click_and_a_second_officer_leave_one_budget(
    two: Desk, committing: Committing
) -> None:
    note(two.olga, two)
    note(two.olga, two)
    assert events(committing) == 1, "asking for what already holds is no news"
    note(two.piet, two, enough="yes")
    assert budgets(committing) == [(clock.today().year, True)]
    assert events(committing) == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "1999", "Kies dit jaar, het jaar ervoor of het jaar erna."),
        ("year", "", "Vul het jaar in"),
        ("adopted_on", "", "Vul de dag in"),
        ("adopted_on", "morgen", ""),
        ("enough", "", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    two: Desk, committing: Committing, field: str, value: str, sentence: str
) -> None:
    text = note(two.olga, two, **{field: value})
    assert f'id="{field}-error"' in text
    assert sentence in words_of(text)
    assert value in text
    assert budgets(committing) == []


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_a_day_to_come_is_no_day_of_adoption(two: Desk, committing: Committing) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    text = note(two.olga, two, adopted_on=tomorrow.isoformat())
    assert 'id="adopted_on-error"' in text
    assert budgets(committing) == []


def test_who_works_elsewhere_or_looks_as_an_auditor_notes_nothing(
    two: Desk, committing: Committing
) -> None:
    assert two.eva.get(path(two)).status_code == 404
    assert two.eva.post(path(two), data={"x": "x"}).status_code == 404
    assert budgets(committing) == []
