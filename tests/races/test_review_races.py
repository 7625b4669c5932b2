"""Two people decide about pitches at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.base import building_in
from tests.factories.campaigns import CampaignFactory
from tests.factories.people import PersonFactory, actor_of, coach
from voorjebuurt.campaigns import pitch, review
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.settings import Settings

Act = Callable[[Session], object]


def both_at_once(database: Database, *acts: Act) -> list[bool]:
    """Do each in its own transaction, begun together; whether each was let through."""
    begin = Barrier(len(acts))

    def run(act: Act) -> bool:
        begin.wait()
        try:
            with database.writing() as session:
                act(session)
        except TransitionError:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("_again", range(3))
def test_of_an_approval_and_a_withdrawal_one_wins(
    fresh_database: Database, settings: Settings, _again: int
) -> None:
    with fresh_database.writing() as session, building_in(session):
        initiator, reviewer = PersonFactory(), coach()
        campaign = CampaignFactory(status="submitted", initiator=initiator)

    passed = both_at_once(
        fresh_database,
        lambda session: review.open_campaign(
            session, campaign_id=campaign.id, bounds=settings.campaigns, actor=reviewer
        ),
        lambda session: pitch.withdraw_pitch(
            session, campaign_id=campaign.id, actor=actor_of(initiator)
        ),
    )

    assert sorted(passed) == [False, True]
    with fresh_database.reading() as session:
        status = session.scalar(select(Campaign.status).where(Campaign.id == campaign.id))
    assert status == ("live" if passed[0] else "withdrawn")


def test_two_campaigns_of_one_name_that_open_together_get_two_addresses(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session, building_in(session):
        reviewer = coach()
        campaigns = [CampaignFactory(status="submitted", title="Straatfeest") for _ in range(4)]

    def opening(campaign: Campaign) -> Act:
        return lambda session: review.open_campaign(
            session, campaign_id=campaign.id, bounds=settings.campaigns, actor=reviewer
        )

    assert both_at_once(fresh_database, *map(opening, campaigns)) == [True] * 4

    with fresh_database.reading() as session:
        slugs = session.scalars(select(Campaign.slug).order_by(Campaign.slug)).all()
    assert slugs == ["straatfeest", "straatfeest-2", "straatfeest-3", "straatfeest-4"]
