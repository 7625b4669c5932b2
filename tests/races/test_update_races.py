"""An update that is published twice at once, and people who follow at the same moment."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.updates import draft_update, follow_thing
from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.updates import service
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.texts import MOST_A_DAY
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError

JOBS = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'pledges.tell_of_update'")


def committed(database: Database, act: Callable[[Session], object]) -> Callable[[], object]:
    """``act`` in a transaction of its own."""

    def run() -> object:
        with database.writing() as session:
            return act(session)

    return run


@pytest.mark.parametrize("_again", range(3))
def test_a_double_press_publishes_and_mails_once(fresh_database: Database, _again: int) -> None:
    with fresh_database.writing() as session, building_in(session):
        initiator = PersonFactory()
        campaign = CampaignFactory(status="live", initiator=initiator)
        update_id, actor = draft_update(session, campaign).id, actor_of(initiator)

    def publish(session: Session) -> int:
        return service.publish_update(
            session, campaign_id=campaign.id, update_id=update_id, actor=actor
        )

    results = at_once(*[committed(fresh_database, publish)] * 4)
    assert without_errors(results) == [1, 1, 1, 1]
    with fresh_database.reading() as session:
        assert session.scalar(JOBS) == 1


def test_several_drafts_at_once_keep_to_the_bound_and_have_numbers_of_their_own(
    fresh_database: Database,
) -> None:
    with fresh_database.writing() as session, building_in(session):
        initiator = PersonFactory()
        campaign = CampaignFactory(status="live", initiator=initiator)
        ids = [draft_update(session, campaign).id for _ in range(MOST_A_DAY + 2)]
        actor = actor_of(initiator)

    def publish(update_id: UUID) -> Callable[[Session], object]:
        return lambda session: service.publish_update(
            session, campaign_id=campaign.id, update_id=update_id, actor=actor
        )

    results = at_once(*(committed(fresh_database, publish(each)) for each in ids))
    assert sum(isinstance(result, DomainError) for result in results) == 2
    with fresh_database.reading() as session:
        numbers = session.scalars(
            select(CampaignUpdate.number).where(CampaignUpdate.number.is_not(None))
        ).all()
    assert sorted(number or 0 for number in numbers) == list(range(1, MOST_A_DAY + 1))


def test_following_twice_at_once_is_once(fresh_database: Database) -> None:
    def follow(session: Session) -> None:
        follow_thing(session, "noor@voorbeeld.example", Thing(theme="green"))

    without_errors(at_once(*[committed(fresh_database, follow)] * 4))
    with fresh_database.reading() as session:
        assert len(session.scalars(select(Follow)).all()) == 1
