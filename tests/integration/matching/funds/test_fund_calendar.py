"""Time and a fund: it opens and closes at its moments, and is settled when all is decided."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.funds import CEILING, desk, draft, published
from tests.support.fixtures_site import Committing
from tests.support.jobs import run_jobs
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.matching import tasks
from voorjebuurt.matching.funds.queries import public_funds
from voorjebuurt.matching.funds.schedule import close_early, close_fund, open_fund, settle
from voorjebuurt.matching.models import Fund
from voorjebuurt.rulebook.presets import first_come
from voorjebuurt.settings import Settings

LIVE = first_come(CEILING) | {"moment": "live"}
INSTANT = timedelta(microseconds=1)


def test_it_opens_at_its_moment_and_not_before(session: Session) -> None:
    fund = published(session, desk())
    with clock.at(certain(fund.opens_at) - INSTANT):
        assert open_fund(session, fund_id=fund.id, actor=SYSTEM) is False
    with clock.at(certain(fund.opens_at)):
        assert open_fund(session, fund_id=fund.id, actor=SYSTEM) is True
        assert open_fund(session, fund_id=fund.id, actor=SYSTEM) is False
    assert fund.status == "open"


def test_it_closes_at_its_moment_and_not_before(session: Session) -> None:
    fund = published(session, desk())
    with clock.at(certain(fund.opens_at)):
        open_fund(session, fund_id=fund.id, actor=SYSTEM)
    with clock.at(certain(fund.closes_at) - INSTANT):
        assert close_fund(session, fund_id=fund.id, actor=SYSTEM) is False
    with clock.at(certain(fund.closes_at)):
        assert close_fund(session, fund_id=fund.id, actor=SYSTEM) is True
    assert fund.status == "closed"


def test_a_live_fund_without_applications_is_settled_once_closed(session: Session) -> None:
    fund = published(session, desk(), LIVE)
    with clock.at(certain(fund.closes_at)):
        open_fund(session, fund_id=fund.id, actor=SYSTEM)
        assert settle(session, fund_id=fund.id, actor=SYSTEM) is False
        close_fund(session, fund_id=fund.id, actor=SYSTEM)
        assert settle(session, fund_id=fund.id, actor=SYSTEM) is True
    assert fund.status == "settled"


def test_a_fund_with_a_closing_date_is_divided_first(session: Session) -> None:
    fund = published(session, desk())
    with clock.at(certain(fund.closes_at)):
        open_fund(session, fund_id=fund.id, actor=SYSTEM)
        close_fund(session, fund_id=fund.id, actor=SYSTEM)
        assert settle(session, fund_id=fund.id, actor=SYSTEM) is False
    assert fund.status == "closed"


def test_a_published_period_stands(session: Session) -> None:
    at = desk()
    call: dict[str, Any] = {"reason": "Het geld is op.", "actor": at.writer}
    fund = published(session, at, LIVE)
    with pytest.raises(TransitionError):
        close_early(session, fund_id=fund.id, **call)
    with clock.at(certain(fund.opens_at)):
        open_fund(session, fund_id=fund.id, actor=SYSTEM)
        with pytest.raises(DomainError, match="fund_period_stands"):
            close_early(session, fund_id=fund.id, **call)
        with pytest.raises(DomainError, match="reason_needed"):
            close_early(session, fund_id=fund.id, reason="", actor=at.writer)


def test_the_sweeps_make_up_for_missed_ones(
    fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    with committing() as session:
        fund = published(session, desk(), LIVE)
        waiting = draft(session, desk())
    runtime = Runtime(fresh_database, settings)
    with clock.at(certain(fund.closes_at) + timedelta(days=3)):
        tasks.sweep_funds(runtime)
        tasks.sweep_settled(runtime)
        run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        assert session.get_one(Fund, fund.id).status == "settled"
        assert session.get_one(Fund, waiting.id).status == "draft"
        deeds = [event.action for event in trail(session, SubjectKind.FUND, fund.id)]
        assert deeds[-3:] == ["fund.opened", "fund.closed", "fund.settled_live"]
        assert [row.id for row in public_funds(session)] == [fund.id]
