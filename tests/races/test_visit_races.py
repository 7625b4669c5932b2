"""Processes that write and workers that add up meet: each visit is counted once, nobody waits."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build
from tests.support.factories.campaigns import CampaignFactory
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.visits.buffer import VisitKey
from voorjebuurt.campaigns.visits.models import DayVisits, VisitBatch
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.campaigns.visits.service import add_up_visits, write_visits
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database


def campaign_of(session: Session) -> UUID:
    campaign = CampaignFactory(status="live")
    session.flush()
    return UUID(str(campaign.id))


def test_each_visit_is_added_up_once(fresh_database: Database, build: Build, alone: Alone) -> None:
    campaign_id = build(campaign_of)
    keys = [VisitKey(campaign_id, clock.today(), source) for source in VisitSource]
    writers = [alone(partial(write_visits, counts=dict.fromkeys(keys, 2))) for _ in range(6)]
    adders: list[Callable[[], object]] = [alone(add_up_visits) for _ in range(6)]
    results = at_once(*(deed for pair in zip(writers, adders, strict=True) for deed in pair))
    assert [result for result in results if isinstance(result, BaseException)] == []
    with fresh_database.writing() as session:
        while add_up_visits(session):
            pass
    with fresh_database.reading() as session:
        assert session.scalar(select(func.sum(DayVisits.visits))) == 6 * 2 * len(keys)
        assert session.scalar(select(func.count(VisitBatch.id))) == 0


def test_counting_waits_for_nobody_who_holds_the_campaign(
    fresh_database: Database, build: Build
) -> None:
    campaign_id = build(campaign_of)
    with fresh_database.writing() as holder:
        locked_campaign(holder, campaign_id)
        with fresh_database.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '500ms'"))
            write_visits(session, {VisitKey(campaign_id, clock.today(), VisitSource.PAGE): 1})
        with fresh_database.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '500ms'"))
            assert add_up_visits(session) == 1


def test_who_counts_keeps_nobody_from_the_campaign(fresh_database: Database, build: Build) -> None:
    campaign_id = build(campaign_of)
    with fresh_database.writing() as counter:
        write_visits(counter, {VisitKey(campaign_id, clock.today(), VisitSource.PAGE): 1})
        add_up_visits(counter)
        with fresh_database.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '500ms'"))
            assert locked_campaign(session, campaign_id).id == campaign_id
