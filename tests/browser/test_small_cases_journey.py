"""Sums of € 100 cost an officer two minutes: what is pressed and loaded is counted, not timed."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.browser.conftest import PageAt
from tests.support.browser.match_scene import OLGA, PIET, set_town
from tests.support.browser.practice import Practice, Visitor
from tests.support.factories import towns
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.places.models import Neighbourhood

FUND = "Straatgeld klein"
TITLES = ("Een boom", "Een bankje", "Een feest")
PRESSES_EACH = 2 + len(TITLES)
"""A link on the work list, a tick for each case, and one button."""
PAGES_EACH = 3
"""The work list, the small cases, and those again with what came of it."""


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """Three small applications to one live fund, and a worker."""
    set_town(practice)
    with practice.database.writing() as session, building_in(session):
        buurt = session.scalars(select(Neighbourhood)).one()
        fund = towns.town_fund(
            buurt.municipality_id,
            live=True,
            name=FUND,
            rules={"ceiling_cents": 10_000},
            draft_arrangements=[
                {"from_cents": 0, "way": "direct"},
                {"from_cents": 50_000, "way": "costs"},
            ],
        )
        last_day = clock.today() + timedelta(days=20)
        for title in TITLES:
            campaign = CampaignFactory(
                status="live",
                neighbourhood=buurt,
                title=title,
                minimum_cents=2_000,
                deadline_on=last_day,
                closes_at=clock.end_of_day(last_day),
            )
            towns.applied(session, fund, campaign)
    with practice.worker():
        yield practice


class Counter:
    """What somebody presses, and how many pages that loads."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.presses, self.pages = visitor, 0, 0
        visitor.page.on("response", lambda answer: self._loaded(answer.request, answer.status))

    def _loaded(self, request: object, status: int) -> None:
        navigates = getattr(request, "is_navigation_request", lambda: False)()
        if navigates and not 300 <= status < 400:
            self.pages += 1

    def press(self, deed: Callable[[str], Visitor], name: str) -> None:
        """One press, by whatever way."""
        deed(name)
        self.presses += 1


def does(visitor: Visitor, button: str, amount: str, message: str) -> tuple[int, int]:
    """From the work list: presses and pages until all three are dealt with."""
    counter = Counter(visitor)
    visitor.go("/gemeente")
    counter.press(visitor.follow, FUND)
    for title in TITLES:
        counter.press(visitor.choose, f"{title} ({amount})")
    counter.press(visitor.click, button)
    visitor.sees(message)
    return counter.presses, counter.pages


def test_small_awards_take_few_presses(town: Practice, page_at: PageAt) -> None:
    visitors = []
    for email in (OLGA, PIET):
        page = page_at(1280)
        page.set_default_timeout(15_000)
        visitors.append(Visitor(page, town.site).signs_in(email))
    olga, piet = visitors
    first = does(olga, "Stel voor wat is aangevinkt", "€\u00a0100", "3 zaken zijn verwerkt.")
    second = does(
        piet,
        "Keur goed wat is aangevinkt",
        "toekenning, €\u00a0100",
        "3 besluiten zijn goedgekeurd",
    )
    assert first == (PRESSES_EACH, PAGES_EACH)
    assert second == (PRESSES_EACH, PAGES_EACH)
    tomorrow = clock.today() + timedelta(days=1)
    town.say("due", "--at", datetime.combine(tomorrow, time(12), clock.AMSTERDAM).isoformat())
    olga.go("/gemeente/aanvragen").sees(TITLES[0])
    with town.database.reading() as session:
        statuses = select(Decision.status).join(
            Application, Application.id == Decision.application_id
        )
        assert set(session.scalars(statuses)) == {"sent"}
