"""Paying everybody back: resumable, each once, and one that is stuck does not stop the others."""

import pytest
from sqlalchemy import select, text

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.giving import paid
from voorjebuurt.audit.models import Alert
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import REFUNDS_IN_FLIGHT, held
from voorjebuurt.payments.models import Refund
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tasks import refund_campaign, refund_sweep
from voorjebuurt.settings import Settings

GIFTS = 7


@pytest.fixture
def runtime(fresh_database: Database, settings: Settings) -> Runtime:
    return Runtime(fresh_database, settings)


@pytest.fixture
def failure(fresh_database: Database) -> Campaign:
    """A failed campaign with seven gifts of € 50 and € 2."""
    with fresh_database.writing() as session, building_in(session):
        campaign = CampaignFactory(status="live")
        for _ in range(GIFTS):
            paid(session, campaign)
        campaign.status = "failed"
        return campaign


def result(database: Database, campaign: Campaign) -> tuple[int, int, set[str], tuple[int, int]]:
    with database.reading() as session:
        refunds = session.scalars(select(Refund.payment_id)).all()
        states = set(session.scalars(select(Pledge.status)))
        money = balance(session, held(campaign.id)), balance(session, REFUNDS_IN_FLIGHT)
        return len(refunds), len(set(refunds)), states, money


def test_two_workers_pay_back_at_once(runtime: Runtime, failure: Campaign) -> None:
    def work() -> None:
        refund_campaign(runtime, campaign_id=str(failure.id))

    assert at_once(work, work, work) == [None, None, None]
    whole = (GIFTS, GIFTS, {"refunding"}, (0, GIFTS * 5200))
    assert result(runtime.database, failure) == whole
    work()
    assert result(runtime.database, failure) == whole


def test_one_that_is_stuck_does_not_stop_the_others(runtime: Runtime, failure: Campaign) -> None:
    """A pledge that counts as booked, but that no payment paid."""
    with runtime.database.writing() as session, building_in(session):
        pledge_id = PledgeFactory(campaign=failure, status="booked").id
    with pytest.raises(InvariantError):
        refund_campaign(runtime, campaign_id=str(failure.id))
    refunds, _, states, _ = result(runtime.database, failure)
    assert (refunds, states) == (GIFTS, {"refunding", "booked"})
    with runtime.database.reading() as session:
        assert session.scalars(select(Alert.key)).all() == [f"refund_stuck:{pledge_id}"]


def test_the_sweep_takes_it_up_where_a_lost_job_left_it(
    runtime: Runtime, failure: Campaign
) -> None:
    with runtime.database.writing() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
    refund_sweep(runtime)
    refund_sweep(runtime)
    with runtime.database.reading() as session:
        waiting = session.scalars(text("SELECT task_name FROM procrastinate_jobs")).all()
    assert waiting == ["pledges.refund_campaign"]
