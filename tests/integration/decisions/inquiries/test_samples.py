"""The sample: drawn once by a job when a case becomes due, by nobody, and worked out again."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import account
from tests.support.factories.towns import Town
from tests.support.inquiries import AWARD_AT, CLAIM, DUE_AT, asked, drawn, ex_officio, lot
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.inquiries.answers import answer_inquiry
from voorjebuurt.decisions.inquiries.draws import (
    draw_lot,
    due_for_draw,
    is_reproducible,
    new_seeds,
)
from voorjebuurt.decisions.inquiries.questions import close_inquiry
from voorjebuurt.decisions.inquiry_models import Lot
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.rules.draws import SCALE, falls_on, lot_value
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import FolderStorage


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(AWARD_AT):
        yield


def refused(code: str) -> Any:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def works(session: Session, case: Town) -> list[tuple[WorkKind, str]]:
    return [(work.kind, work.detail) for work in all_work(session, case.fund.municipality_id)]


def test_nobody_is_drawn_before_the_term_is_over_nor_where_no_sample_is(session: Session) -> None:
    ex_officio(session, percent=100)
    assert due_for_draw(session) == {}
    with clock.at(DUE_AT):
        ex_officio(session)
        assert drawn(session) == 1


def test_a_lot_is_drawn_once_and_can_be_worked_out_again(session: Session) -> None:
    case = ex_officio(session, percent=30)
    with clock.at(DUE_AT):
        due = due_for_draw(session)
        assert due == {case.application.id: case.fund.id}
        assert drawn(session, seed="a" * 64) == 1
        assert drawn(session, seed="b" * 64) == 0
        assert not draw_lot(session, application_id=case.application.id, seed="b" * 64)
    row = lot(session, case)
    assert (row.percent, row.seed) == (30, "a" * 64)
    assert is_reproducible(row, case.application.number)
    assert not is_reproducible(row, "AV-2026-9999")
    [event] = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "application.lot_drawn")
    )
    assert (event.actor_kind, event.detail["seed"]) == ("system", "a" * 64)


def test_seeds_differ_by_fund_and_by_draw(session: Session) -> None:
    first, second = ex_officio(session, percent=1), ex_officio(session, percent=1)
    with clock.at(DUE_AT):
        due = due_for_draw(session)
    seeds, others = new_seeds(due), new_seeds(due)
    assert seeds.keys() == {first.fund.id, second.fund.id}
    assert len({*seeds.values(), *others.values()}) == 4


def test_until_the_lot_is_drawn_and_asked_nothing_is_determined(session: Session) -> None:
    case = ex_officio(session, percent=100)
    with clock.at(DUE_AT):
        with refused("sample_not_drawn"):
            case.propose(session, "determination", CLAIM)
        drawn(session)
        assert works(session, case) == [(WorkKind.PROOF, "question")]
        with refused("sample_not_asked"):
            case.propose(session, "determination", CLAIM)
        inquiry = asked(session, case, "sample")
        assert inquiry.cause == ""
        answer_inquiry(session, inquiry_id=inquiry.id, answer="Hier.", actor=case.initiator)
        close_inquiry(
            session, inquiry_id=inquiry.id, finding="proof", text="Goed.", actor=case.olga
        )
        case.send(session, "determination", CLAIM)


def test_who_is_not_drawn_is_determined(session: Session) -> None:
    case = ex_officio(session, percent=1)
    seed = next(
        f"{n:064x}" for n in range(100) if not falls_on(_value(f"{n:064x}", case), percent=1)
    )
    with clock.at(DUE_AT):
        drawn(session, seed=seed)
        assert not lot(session, case).hit
        with refused("sample_not_hit"):
            asked(session, case, "sample")
        case.send(session, "determination", CLAIM)


def _value(seed: str, case: Town) -> int:
    return lot_value(seed, case.application.number)


def test_a_mistake_does_not_take_a_case_out_of_the_sample(session: Session) -> None:
    case = ex_officio(session, percent=100)
    with clock.at(DUE_AT):
        drawn(session)
        inquiry = asked(session, case, "sample")
        close_inquiry(
            session, inquiry_id=inquiry.id, finding="mistake", text="Verkeerd.", actor=case.olga
        )
        with refused("sample_not_asked"):
            case.propose(session, "determination", CLAIM)
        assert asked(session, case, "sample")


def test_a_story_of_ones_own_is_no_way_around_the_lot(
    session: Session, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = ex_officio(session, percent=100)
    account(session, case, FolderStorage(tmp_path_factory.mktemp("bonnen")))
    with refused("sample_not_drawn"):
        case.propose(session, "determination", CLAIM)
    assert drawn(session) == 1
    with refused("sample_not_asked"):
        case.propose(session, "determination", CLAIM)


@pytest.mark.parametrize(
    "change", ["value = (value + 1) % 10000", "percent = percent - 1", "hit = not hit"]
)
def test_no_lot_changes(session: Session, change: str) -> None:
    ex_officio(session, percent=50)
    with clock.at(DUE_AT):
        drawn(session)
    for statement in (f"UPDATE lots SET {change}", "DELETE FROM lots"):
        with pytest.raises(IntegrityError, match="append"), session.begin_nested():
            session.execute(text(statement))


@pytest.mark.parametrize("wrong", [{"value": 1}, {"percent": 99}])
def test_the_database_refuses_a_lot_that_nobody_drew(
    session: Session, wrong: dict[str, Any]
) -> None:
    case = ex_officio(session, percent=50)
    seed = "c" * 64
    values = {"value": _value(seed, case), "percent": 50, **wrong}
    row = Lot(
        application_id=case.application.id,
        fund_id=case.fund.id,
        municipality_id=case.fund.municipality_id,
        seed=seed,
        hit=falls_on(values["value"], values["percent"]),
        at=clock.now(),
        **values,
    )
    with pytest.raises(IntegrityError, match="does not follow"), session.begin_nested():
        session.add(row)
        session.flush()


def test_the_chance_is_what_was_published() -> None:
    values = [lot_value("d" * 64, f"AV-2026-{number:04}") for number in range(10_000)]
    assert all(0 <= value < SCALE for value in values)
    for percent in (1, 5, 25, 100):
        share = sum(falls_on(value, percent) for value in values) / len(values)
        assert abs(share - percent / 100) < 0.01
    assert not any(falls_on(value, 0) for value in values)
