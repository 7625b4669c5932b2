"""Two people at once about proof: it is asked once, answered once, drawn once, and holds."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.towns import Town
from tests.support.inquiries import AWARD_AT, CLAIM, DUE_AT, asked, ex_officio, question
from voorjebuurt.decisions.inquiries.answers import answer_inquiry, register_answer
from voorjebuurt.decisions.inquiries.draws import draw_lot
from voorjebuurt.decisions.inquiries.questions import ask_for_proof, close_inquiry
from voorjebuurt.decisions.inquiry_models import Inquiry, Lot
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, TransitionError

Act = Callable[[Session], object]


def committed(database: Database, act: Act) -> Callable[[], bool]:
    """``act`` in a transaction of its own, when the case is due."""

    def run() -> bool:
        with clock.at(DUE_AT), database.writing() as session:
            act(session)
        return True

    return run


def made(database: Database, *, percent: int = 0) -> Town:
    """A case that is determined ex officio, for everybody to see."""
    with clock.at(AWARD_AT), database.writing() as session, building_in(session):
        return ex_officio(session, percent=percent)


def inquiry_of(database: Database, case: Town) -> UUID:
    """The id of a question that is open."""
    with clock.at(DUE_AT), database.writing() as session:
        inquiry_id: UUID = asked(session, case).id
        return inquiry_id


def asking(case: Town) -> Act:
    return lambda session: ask_for_proof(
        session, application_id=case.application.id, question=question(), actor=case.olga
    )


def answering(case: Town, inquiry_id: UUID) -> Act:
    return lambda session: answer_inquiry(
        session, inquiry_id=inquiry_id, answer="Online.", actor=case.initiator
    )


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("_again", range(2))
def test_a_double_click_asks_once(fresh_database: Database, _again: int) -> None:
    case = made(fresh_database)
    results = at_once(*[committed(fresh_database, asking(case)) for _ in range(3)])
    assert results.count(True) == 1
    assert sum(isinstance(result, DomainError) for result in results) == 2
    assert count(fresh_database, Inquiry) == 1


@pytest.mark.parametrize("_again", range(2))
def test_of_a_question_and_a_determination_one_wins(fresh_database: Database, _again: int) -> None:
    case = made(fresh_database)

    def determine(session: Session) -> object:
        return case.propose(session, "determination", CLAIM)

    results = at_once(committed(fresh_database, asking(case)), committed(fresh_database, determine))
    assert results.count(True) == 1
    assert sum(isinstance(result, DomainError) for result in results) == 1
    decisions = count(fresh_database, Decision) - 1
    assert decisions + count(fresh_database, Inquiry) == 1


@pytest.mark.parametrize("_again", range(2))
def test_online_and_on_paper_at_once_one_answer_counts(
    fresh_database: Database, _again: int
) -> None:
    case = made(fresh_database)
    inquiry_id = inquiry_of(fresh_database, case)

    def register(session: Session) -> None:
        register_answer(
            session,
            inquiry_id=inquiry_id,
            channel="letter",
            received_on=clock.today(),
            answer="Op papier.",
            actor=case.piet,
        )

    results = at_once(
        committed(fresh_database, answering(case, inquiry_id)),
        committed(fresh_database, register),
    )
    assert results.count(True) == 1
    assert sum(isinstance(result, TransitionError) for result in results) == 1
    with fresh_database.reading() as session:
        answer = session.scalar(select(Inquiry.answer).where(Inquiry.id == inquiry_id))
    assert answer == ("Online." if results[0] is True else "Op papier.")


def test_an_answer_and_an_end_at_once_lose_nothing(fresh_database: Database) -> None:
    case = made(fresh_database)
    inquiry_id = inquiry_of(fresh_database, case)
    late = DUE_AT + timedelta(days=30)

    def end() -> bool:
        with clock.at(late), fresh_database.writing() as session:
            close_inquiry(
                session, inquiry_id=inquiry_id, finding="silence", text="Niets.", actor=case.olga
            )
        return True

    results = at_once(committed(fresh_database, answering(case, inquiry_id)), end)
    assert results.count(True) == 1
    with fresh_database.reading() as session:
        row = session.get_one(Inquiry, inquiry_id)
        assert (row.channel, row.finding) in {("online", ""), ("", "silence")}


def test_two_workers_draw_one_lot(fresh_database: Database) -> None:
    case = made(fresh_database, percent=50)

    def drawing(seed: str) -> Act:
        return lambda session: draw_lot(session, application_id=case.application.id, seed=seed * 64)

    results = at_once(*[committed(fresh_database, drawing(seed)) for seed in "abc"])
    assert results == [True] * 3
    assert count(fresh_database, Lot) == 1
