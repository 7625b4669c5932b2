"""Two officers at once: a fund is published once, and divided once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.factories.base import building_in
from tests.support.factories.funds import INDICATORS, REASON_WITHOUT_REHEARSAL, desk, draft
from tests.support.factories.rounds import CLOSING, applied, closed, officer_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.funds.publication import publish_fund
from voorjebuurt.matching.models import FundPot, FundRound, FundVersion
from voorjebuurt.matching.rounds.service import divide_round


def at_once(database: Database, deed: Callable[[Session], object], times: int = 4) -> list[str]:
    """What came of doing it in several transactions at the same moment."""
    together = Barrier(times)

    def one(_: int) -> str:
        together.wait()
        try:
            with database.writing() as session:
                deed(session)
        except TransitionError:
            return "refused"
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(one, range(times)))


def test_a_fund_is_published_once(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        at = desk()
        fund = draft(session, at)

    def publish(session: Session) -> None:
        publish_fund(
            session,
            fund_id=fund.id,
            unrehearsed_reason=REASON_WITHOUT_REHEARSAL,
            indicators=INDICATORS,
            actor=at.publisher,
        )

    assert at_once(fresh_database, publish) == ["done", "refused", "refused", "refused"]
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FundVersion)) == 1
        assert session.scalar(select(func.count()).select_from(FundPot)) == 1


def test_a_fund_is_divided_once(fresh_database: Database) -> None:
    later = clock.at(CLOSING + timedelta(days=7))
    with fresh_database.writing() as session, building_in(session), later:
        fund = closed()
        applied(fund, 50_000, 70_000)
        actor = officer_of(fund)

    def divide(session: Session) -> None:
        divide_round(session, fund_id=fund.id, actor=actor)

    assert at_once(fresh_database, divide) == ["done", "refused", "refused", "refused"]
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FundRound)) == 1
