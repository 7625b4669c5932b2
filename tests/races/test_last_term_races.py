"""An account at the same moment as a last term, or as the determination without an account."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.case_steps import account
from tests.support.factories.base import building_in
from tests.support.factories.towns import Town
from tests.support.last_terms import AWARD_AT, CLAIM, LATE_AT, OVER_AT, termed, unaccounted
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import Application

Act = Callable[[Session], object]


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


@pytest.fixture
def case(fresh_database: Database) -> Town:
    """An award of which no account came in time."""
    with clock.at(AWARD_AT), fresh_database.writing() as session, building_in(session):
        return unaccounted(session)


def committed(database: Database, act: Act, at: datetime = OVER_AT) -> Callable[[], bool]:
    """``act`` in a transaction of its own."""

    def run() -> bool:
        with clock.at(at), database.writing() as session:
            return act(session) is not False

    return run


def proposed(database: Database, case: Town) -> UUID:
    """A determination without an account, after the last term."""
    committed(database, lambda session: termed(session, case), at=LATE_AT)()
    with clock.at(OVER_AT), database.writing() as session:
        return case.propose(session, "determination", CLAIM)


def counted(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def states(database: Database, case: Town) -> tuple[str, str, int]:
    """Of the application and of the determination, and how many accounts there are."""
    with database.reading() as session:
        status = session.get_one(Application, case.application.id).status
        kind = Decision.kind == "determination"
        decision = session.scalars(select(Decision.status).where(kind)).one()
    return status, decision, counted(database, Accounting)


@pytest.mark.parametrize("_again", range(2))
def test_an_account_and_its_approval_at_once(
    fresh_database: Database, case: Town, storage: FolderStorage, _again: int
) -> None:
    """Whichever is first: the account counts, and the determination goes no further."""
    decision_id = proposed(fresh_database, case)

    def approving(session: Session) -> None:
        approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)

    results = at_once(
        committed(fresh_database, lambda session: account(session, case, storage)),
        committed(fresh_database, approving),
    )
    assert results[0] is True
    outcome = "recalled" if results[1] is True else "dismissed"
    assert states(fresh_database, case) == ("accounted", outcome, 1)


@pytest.mark.parametrize("_again", range(2))
def test_an_account_and_the_sending_at_once(
    fresh_database: Database, case: Town, storage: FolderStorage, _again: int
) -> None:
    decision_id = proposed(fresh_database, case)
    with clock.at(OVER_AT), fresh_database.writing() as session:
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    results = at_once(
        committed(fresh_database, lambda session: account(session, case, storage)),
        committed(fresh_database, lambda session: send_decision(session, decision_id=decision_id)),
    )
    if results[0] is True:
        assert results[1] is False
        assert states(fresh_database, case) == ("accounted", "recalled", 1)
    else:
        assert isinstance(results[0], DomainError)
        assert states(fresh_database, case) == ("determined", "sent", 0)


def test_a_double_click_sets_one_term(fresh_database: Database, case: Town) -> None:
    setting = committed(fresh_database, lambda session: termed(session, case), at=LATE_AT)
    results = at_once(setting, setting, setting)
    assert results.count(True) == 1
    assert sum(isinstance(result, DomainError) for result in results) == 2
    assert counted(fresh_database, LastTerm) == 1


def test_a_last_term_and_an_account_at_once(
    fresh_database: Database, case: Town, storage: FolderStorage
) -> None:
    results = at_once(
        committed(fresh_database, lambda session: termed(session, case), at=LATE_AT),
        committed(fresh_database, lambda session: account(session, case, storage), at=LATE_AT),
    )
    assert results[1] is True, "an account counts, before a last term and in it"
    assert counted(fresh_database, LastTerm) == int(results[0] is True)
    assert counted(fresh_database, Accounting) == 1
