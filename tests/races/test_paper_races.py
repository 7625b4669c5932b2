"""Two officers with the same paper, and a paper beside who applies online, at the same moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import STATEMENT, Town, initiator_of, town
from tests.support.papers import on_paper, paper
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.paper.cases import register_withdrawal
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.service import submit_application
from voorjebuurt.matching.models import Application
from voorjebuurt.places.models import Neighbourhood


@contextmanager
def building(database: Database) -> Iterator[Session]:
    with database.writing() as session, building_in(session):
        yield session


def set_up(database: Database) -> tuple[Town, list[Campaign]]:
    """A fund with one application, and two campaigns that did not apply."""
    with building(database) as session:
        case = town(session)
        buurt = session.get_one(Neighbourhood, case.campaign.neighbourhood_id)
        campaigns = [
            CampaignFactory(status="succeeded", goal_cents=10_000_000, neighbourhood=buurt)
            for _ in range(2)
        ]
        return case, campaigns


def registers(database: Database, case: Town, campaign_id: UUID, actor: Actor) -> Callable[[], str]:
    def deed() -> str:
        with database.writing() as session:
            return on_paper(session, case.fund.id, campaign_id, actor, paper(1)).number

    return deed


def test_two_officers_register_the_same_paper_at_once(fresh_database: Database) -> None:
    case, [campaign, _] = set_up(fresh_database)
    results = at_once(
        registers(fresh_database, case, campaign.id, case.olga),
        registers(fresh_database, case, campaign.id, case.piet),
    )
    assert sum(isinstance(result, str) for result in results) == 1
    assert [result.code for result in results if isinstance(result, DomainError)] == [
        "already_applied"
    ]
    with fresh_database.reading() as session:
        assert len(session.scalars(select(PaperFiling)).all()) == 1


def test_two_papers_of_one_day_and_one_online_each_have_a_moment(fresh_database: Database) -> None:
    case, [first, second] = set_up(fresh_database)
    with building(fresh_database) as session:
        buurt = session.get_one(Neighbourhood, case.campaign.neighbourhood_id)
        online = CampaignFactory(status="succeeded", goal_cents=10_000_000, neighbourhood=buurt)

    def applies() -> str:
        with fresh_database.writing() as session:
            return str(
                submit_application(
                    session,
                    fund_id=case.fund.id,
                    campaign_id=online.id,
                    actor=initiator_of(online),
                    **STATEMENT,
                )
            )

    results = at_once(
        registers(fresh_database, case, first.id, case.olga),
        registers(fresh_database, case, second.id, case.piet),
        applies,
    )
    assert all(isinstance(result, str) for result in results), results
    with fresh_database.reading() as session:
        moments = session.scalars(select(Application.received_at)).all()
        assert len(set(moments)) == len(moments) == 4


def test_two_officers_register_a_withdrawal_at_once(fresh_database: Database) -> None:
    case, _campaigns = set_up(fresh_database)

    def withdraws(actor: Actor) -> Callable[[], str]:
        def deed() -> str:
            with fresh_database.writing() as session:
                register_withdrawal(
                    session, application_id=case.application.id, paper=paper(), actor=actor
                )
                return "done"

        return deed

    results = at_once(withdraws(case.olga), withdraws(case.piet))
    assert results.count("done") == 1
    with fresh_database.reading() as session:
        assert len(session.scalars(select(PaperFiling)).all()) == 1
