"""The budget of a pitch: rows, their faults, and the goal that follows it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pitch_screens import stored, value_of
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person


@pytest.fixture
def draft(committing: Committing) -> Campaign:
    """A whole draft of somebody."""
    with committing():
        campaign: Campaign = CampaignFactory()
    return campaign


@pytest.fixture
def author(draft: Campaign, fresh_database: Database, signed_in: SignIn) -> FlaskClient:
    """A browser in which the draft's initiator is signed in."""
    with fresh_database.reading() as session:
        person = session.get_one(Person, draft.initiator_id)
    return signed_in(person)


def test_rows_of_the_budget_come_and_go_without_saving(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/begroting"
    rows = {
        "lines-0-what": "Bank",
        "lines-0-amount": "100",
        "lines-1-what": "Verf",
        "lines-1-amount": "12,50",
        "goal": "55",
        "kind": "all_or_nothing",
    }

    longer = author.post(address, data={**rows, "add": "1"}).text
    assert 'name="lines-2-what"' in longer
    assert "112,50" in longer
    shorter = author.post(address, data={**rows, "remove": "lines-0"}).text
    assert 'value="Bank"' not in shorter
    assert 'value="Verf"' in shorter
    total = author.post(address, data={**rows, "lines-1-amount": "20", "total": "1"}).text
    assert "€ 120" in total.replace("\xa0", " ")
    assert 'value="55"' in total

    with fresh_database.reading() as session:
        labels = session.scalars(
            select(BudgetLine.label)
            .where(BudgetLine.campaign_id == draft.id)
            .order_by(BudgetLine.position)
        ).all()
    assert labels == ["Zes bomen", "Aarde"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lines-0-amount": "veel"}, "lines-0-amount"),
        ({"lines-0-amount": ""}, "lines-0-amount"),
        ({"lines-0-what": ""}, "lines-0-what"),
        ({"goal": "999999"}, "goal"),
        ({"minimum": "999999"}, "minimum"),
        ({"minimum": "0"}, "minimum"),
        ({"goal": "0"}, "goal"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "31-2-2027"}, "deadline"),
    ],
)
def test_a_fault_in_the_budget_stands_at_its_field(
    draft: Campaign,
    author: FlaskClient,
    fresh_database: Database,
    changes: dict[str, str],
    field: str,
) -> None:
    data = {
        "lines-0-what": "Bank",
        "lines-0-amount": "200",
        "kind": "all_or_nothing",
        "deadline": (clock.today() + timedelta(days=20)).isoformat(),
        **changes,
    }

    page = author.post(f"/mijn/acties/{draft.id}/begroting", data=data)

    assert page.status_code == 200
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}"' in page.text
    assert 'href="#lines-0"' not in page.text
    for name, value in changes.items():
        assert f'name="{name}"' in page.text
        assert value in page.text
    assert stored(fresh_database, draft.id).goal_cents == 120_000


def test_a_goal_that_was_left_empty_follows_the_budget(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/begroting"
    data = {
        "lines-0-what": "Bank",
        "lines-0-amount": "200",
        "goal": "",
        "minimum": "",
        "kind": "all_or_nothing",
        "deadline": (clock.today() + timedelta(days=20)).isoformat(),
    }
    assert author.post(address, data=data).status_code == 302
    for amount, cents in (("150", 15_000), ("250", 25_000)):
        form = author.get(address)
        assert "Laat dit leeg, dan volgt het bedrag het totaal van uw begroting." in form.text
        values = {name: value_of(form, name) for name in ("goal", "minimum")}
        answer = author.post(address, data={**data, **values, "lines-0-amount": amount})
        assert answer.status_code == 302
        campaign = stored(fresh_database, draft.id)
        assert (campaign.goal_cents, campaign.minimum_cents) == (cents, cents)
