"""Counting sums while money comes in: nothing waits for it, and nothing is missed."""

from sqlalchemy import select, text

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.kernel.db import Database
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.sums.counting import count_changes
from voorjebuurt.pledges.sums.models import CampaignSum
from voorjebuurt.pledges.sums.queries import figures


def test_a_gift_waits_for_no_count_and_is_in_the_next(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        campaign = CampaignFactory(status="live")
        ids = [PledgeFactory(campaign=campaign, status="open", amount_cents=100).id for _ in "ab"]
        campaign_id = campaign.id

    def book(session_number: int) -> None:
        with fresh_database.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '500ms'"))
            pledge = session.get_one(Pledge, ids[session_number])
            pledge.status, pledge.booked_at = "booked", pledge.created_at

    with fresh_database.writing() as counting:
        count_changes(counting)  # holds its sums until the block ends
        book(0)
    with fresh_database.writing() as booking:
        pledge = booking.get_one(Pledge, ids[1])
        pledge.status, pledge.booked_at = "booked", pledge.created_at
        booking.flush()
        with fresh_database.writing() as counting:
            count_changes(counting)
        with fresh_database.reading() as session:
            assert session.get_one(CampaignSum, campaign_id).crowd_cents == 100
    with fresh_database.writing() as counting:
        count_changes(counting)
    with fresh_database.reading() as session:
        assert session.get_one(CampaignSum, campaign_id).crowd_cents == 200


def test_two_counts_at_once_leave_one_truth(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        first = CampaignFactory(status="succeeded")
        for _ in range(8):
            campaign = CampaignFactory(
                status="succeeded",
                neighbourhood_id=first.neighbourhood_id,
                municipality_id=first.municipality_id,
            )
            PledgeFactory(campaign=campaign, amount_cents=1_000)
        town_id = first.municipality_id

    def count() -> int:
        with fresh_database.writing() as session:
            return count_changes(session)

    without_errors(at_once(count, count, count))
    with fresh_database.reading() as session:
        assert figures(session, town_id=town_id).crowd_cents == 8_000
        sums = session.scalars(select(CampaignSum.crowd_cents)).all()
        assert sum(sums) == 8_000
