"""Which monthly gifts the timetable looks at: those that something is to be done about."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.monthly import begun, chosen, collected, make, noon, planned
from tests.support.statements import statements
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.pledges.erasing.detaching import detach_donor
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly import changing
from voorjebuurt.pledges.monthly.collecting import advance
from voorjebuurt.pledges.monthly.due import due_gifts
from voorjebuurt.pledges.monthly.models import MonthlyGift

START = datetime(2027, 1, 31, 10, tzinfo=UTC)
FEBRUARY, MARCH, APRIL = date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with clock.at(START):
        yield


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000, deadline_on=date(2027, 5, 7))


@pytest.fixture
def monthly(session: Session, campaign: Campaign) -> MonthlyGift:
    return begun(session, campaign)


def is_due(session: Session, monthly: MonthlyGift, day: date | None = None) -> bool:
    session.flush()
    with clock.at(noon(day) if day else clock.now()):
        return monthly.id in due_gifts(session)


def test_it_rests_until_its_next_month_is_to_be_announced(
    session: Session, monthly: MonthlyGift
) -> None:
    days = [date(2027, 2, 1) + timedelta(days=number) for number in range(27)]
    due = [day for day in days if is_due(session, monthly, day)]
    assert due[0] == date(2027, 2, 23)
    planned(session, monthly, FEBRUARY)
    assert not is_due(session, monthly, date(2027, 2, 24))
    assert not is_due(session, monthly, FEBRUARY)  # collecting has a statement of its own
    assert is_due(session, monthly, FEBRUARY + timedelta(days=4))  # it is too late by then


def test_what_is_at_the_bank_is_looked_at_until_it_is_known(
    session: Session, monthly: MonthlyGift
) -> None:
    collection = planned(session, monthly, FEBRUARY)
    with clock.at(noon(FEBRUARY)):
        make(session, collection.id)
        assert is_due(session, monthly)


def test_after_a_month_it_rests_and_after_the_last_it_ended(
    session: Session, monthly: MonthlyGift
) -> None:
    collected(session, monthly, FEBRUARY)
    assert not is_due(session, monthly, date(2027, 3, 10))
    collected(session, monthly, MARCH)
    collected(session, monthly, APRIL)
    assert monthly.status == "end"


def test_a_first_payment_that_nobody_made_is_no_work(session: Session, campaign: Campaign) -> None:
    _, monthly = chosen(session, campaign)
    assert not is_due(session, monthly)
    session.execute(update(Campaign).values(status="cancelled"))
    assert is_due(session, monthly)


def test_the_end_of_the_campaign_is_seen(session: Session, monthly: MonthlyGift) -> None:
    assert not is_due(session, monthly, date(2027, 2, 3))
    session.execute(update(Campaign).values(status="closing"))
    assert is_due(session, monthly, date(2027, 2, 3))


def test_a_donor_who_was_erased_is_seen(session: Session, monthly: MonthlyGift) -> None:
    with clock.at(noon(date(2027, 2, 3))):
        assert not is_due(session, monthly)
        detach_donor(session, session.get_one(Pledge, monthly.first_pledge_id))
        assert is_due(session, monthly)


def test_a_bank_that_takes_it_back_is_seen_without_news(
    session: Session, monthly: MonthlyGift
) -> None:
    with clock.at(noon(date(2027, 2, 3))):
        session.execute(
            update(Pledge).where(Pledge.id == monthly.first_pledge_id).values(status="charged_back")
        )
        assert is_due(session, monthly)


def test_one_that_is_paused_rests_until_nothing_is_left_of_it(
    session: Session, monthly: MonthlyGift
) -> None:
    changing.pause(session, token=monthly.token, actor=GUEST)
    assert not is_due(session, monthly, date(2027, 2, 24))
    assert is_due(session, monthly, date(2027, 5, 1))


@pytest.mark.parametrize("day", [1, 12, 23, 27, 28])
def test_who_is_not_named_would_not_change(session: Session, campaign: Campaign, day: int) -> None:
    """Of all gifts, in every state that rests, a step leaves those alone that are not due."""
    gifts = [begun(session, campaign, email=f"buur{number}@voorbeeld.example") for number in (1, 2)]
    gifts.append(chosen(session, campaign, email="buur3@voorbeeld.example")[1])
    planned(session, gifts[1], FEBRUARY)
    facts = text(
        "SELECT g.id, g.status, g.version, array_agg(c.state || c.month ORDER BY c.month)"
        " FROM monthly_gifts g LEFT JOIN monthly_collections c ON c.monthly_gift_id = g.id"
        " GROUP BY g.id, g.status, g.version ORDER BY g.id"
    )
    with clock.at(noon(date(2027, 3, day))):
        due = due_gifts(session)
        before = session.execute(facts).all()
        for monthly in gifts:
            advance(session, monthly.id)
        session.flush()
        moves = {
            new.id
            for old, new in zip(before, session.execute(facts).all(), strict=True)
            if old != new
        }
    assert moves <= set(due)


def test_gifts_that_rest_cost_one_statement_however_many(
    session: Session, campaign: Campaign
) -> None:
    for number in range(6):
        begun(session, campaign, email=f"buur{number}@voorbeeld.example")
    session.flush()
    with clock.at(noon(date(2027, 2, 10))), statements() as texts:
        assert due_gifts(session) == []
    assert len(texts) == 1
