"""An award is announced while gifts come in, and while its campaign closes: real commits."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.support.at_once import at_once
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, grant_first, open_fund
from tests.support.giving import NO_SECOND_CHANCE, attempt, pledge, tell
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.matching import tasks
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges import closing
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.settings import Settings

GIFTS, CENTS = 20, 500


class Scene:
    """A campaign of which an application waits for its award, and gifts that were paid."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as session, building_in(session):
            fund = open_fund({"ceiling_cents": 100_000})
            campaign = CampaignFactory(status="live", minimum_cents=12_000)
            application = ApplicationFactory(fund=fund, campaign=campaign, status="proposed")
        self.fund_id, self.campaign_id = fund.id, campaign.id
        self.application_id, self.closes_at = application.id, certain(campaign.closes_at)
        self.payments = [self._paid(number) for number in range(GIFTS)]

    def _paid(self, number: int) -> UUID:
        with self.database.writing() as session:
            campaign = session.get_one(Campaign, self.campaign_id)
            email = f"gever{number}@voorbeeld.example"
            gift = pledge(session, campaign, amount_cents=CENTS, tip_cents=0, email=email)
            payment_id = tell(session, attempt(session, gift)).id
            session.execute(text("DELETE FROM procrastinate_jobs"))
            return payment_id

    def book(self) -> str:
        for payment_id in self.payments:
            with self.database.writing() as session:
                book_payment(session, payment_id=payment_id)
        return "booked"

    def award(self, maximum_cents: int) -> str:
        with self.database.writing() as session:
            application = session.get_one(Application, self.application_id)
            application.status = "awarded"
            grant_first(session, application, maximum_cents)
        return "awarded"

    def value(self, sql: str) -> Any:
        with self.database.reading() as session:
            return session.scalar(text(sql))


@pytest.fixture
def scene(fresh_database: Database) -> Scene:
    return Scene(fresh_database)


@pytest.mark.parametrize("maximum_cents", [4_200, 50_000])
def test_an_award_amid_gifts_matches_each_once_and_stays_within_its_maximum(
    scene: Scene, settings: Settings, maximum_cents: int
) -> None:
    runtime = Runtime(scene.database, settings)

    def follow() -> str:
        for _ in range(8):
            tasks.allocate(runtime, fund_id=str(scene.fund_id))
        return "followed"

    results = at_once(scene.book, lambda: scene.award(maximum_cents), follow, follow)
    assert results == ["booked", "awarded", "followed", "followed"]
    tasks.allocate(runtime, fund_id=str(scene.fund_id))
    whole = min(maximum_cents, GIFTS * CENTS)
    assert scene.value("SELECT count(*) FROM match_steps") == GIFTS
    for sql in (
        "SELECT match_cents FROM campaign_matches",
        "SELECT sum(match_cents) FROM match_steps",
        "SELECT taken_cents FROM fund_pots",
    ):
        assert scene.value(sql) == whole, sql


def test_an_award_at_the_very_end_counts_whole_or_the_campaign_was_decided_without_it(
    scene: Scene, settings: Settings
) -> None:
    """€ 100 of gifts and a minimum of € 120: only an award that was there makes the difference."""
    scene.book()
    runtime = Runtime(scene.database, settings)

    def close() -> str:
        with clock.at(scene.closes_at + timedelta(seconds=1)):
            for _ in range(20):
                with scene.database.writing() as session:
                    closing.start_closing(session, campaign_id=scene.campaign_id)
                    if closing.decide_campaign(
                        session, campaign_id=scene.campaign_id, terms=NO_SECOND_CHANCE
                    ):
                        return "decided"
                tasks.allocate(runtime, fund_id=str(scene.fund_id))
        return "waits"

    results = at_once(close, lambda: scene.award(50_000))
    assert results[0] == "decided"
    status = scene.value("SELECT status FROM campaigns")
    tasks.campaign_ended(runtime, campaign_id=str(scene.campaign_id))
    with scene.database.reading() as session:
        match = session.get_one(CampaignMatch, scene.application_id)
        state = (status, match.status, match.match_cents)
    assert state in {("succeeded", "committed", 10_000), ("failed", "released", 0)}
