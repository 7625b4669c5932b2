"""Two people decide about pitches at the same moment."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of, coach
from voorjebuurt.campaigns import pitch, review
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.settings import Settings

Act = Callable[[Session], object]


def committed(database: Database, act: Act) -> Callable[[], bool]:
    """``act`` in a transaction of its own."""

    def run() -> bool:
        with database.writing() as session:
            act(session)
        return True

    return run


@pytest.mark.parametrize("_again", range(3))
def test_of_an_approval_and_a_withdrawal_one_wins(
    fresh_database: Database, settings: Settings, _again: int
) -> None:
    with fresh_database.writing() as session, building_in(session):
        initiator, reviewer = PersonFactory(), coach()
        campaign = CampaignFactory(status="submitted", initiator=initiator)

    def approve(session: Session) -> object:
        return review.open_campaign(
            session, campaign_id=campaign.id, bounds=settings.campaigns, actor=reviewer
        )

    def withdraw(session: Session) -> object:
        return pitch.withdraw_pitch(session, campaign_id=campaign.id, actor=actor_of(initiator))

    results = at_once(committed(fresh_database, approve), committed(fresh_database, withdraw))

    assert results.count(True) == 1
    assert sum(isinstance(result, TransitionError) for result in results) == 1
    with fresh_database.reading() as session:
        status = session.scalar(select(Campaign.status).where(Campaign.id == campaign.id))
    assert status == ("live" if results[0] is True else "withdrawn")


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

    results = at_once(*[committed(fresh_database, opening(campaign)) for campaign in campaigns])

    assert results == [True] * 4

    with fresh_database.reading() as session:
        slugs = session.scalars(select(Campaign.slug).order_by(Campaign.slug)).all()
    assert slugs == ["straatfeest", "straatfeest-2", "straatfeest-3", "straatfeest-4"]
