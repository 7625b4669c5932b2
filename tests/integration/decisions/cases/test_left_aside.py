"""An application that was not completed: four weeks to leave it aside (Awb 4:5)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.towns import Town, town
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.cases.terms import complete_application, lapse_completion
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.preview import decision_bounds
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
ENDED = NOW + timedelta(days=15)
LAST_DAY = date(2026, 7, 13)
"""Four weeks after Monday 15 June, the last day to complete it."""


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    new_case = town(session)
    ask_completion(
        session,
        application_id=new_case.application.id,
        missing="De begroting.",
        until=date(2026, 6, 15),
        actor=new_case.olga,
    )
    return new_case


def lapse(session: Session, case: Town) -> None:
    with clock.at(ENDED):
        assert lapse_completion(session, application_id=case.application.id)


def grounds_offered(session: Session, case: Town) -> set[str]:
    fields = {"application_id": case.application.id, "kind": DecisionKind.REFUSAL}
    return {choice.code for choice in decision_bounds(session, **fields).grounds}  # type: ignore[arg-type]


def why_not(session: Session, case: Town) -> tuple[str, str | None]:
    with pytest.raises(DomainError) as error:
        case.propose(session, "refusal", 0, "incomplete")
    return error.value.code, error.value.field


def approved(session: Session, case: Town) -> UUID:
    decision_id = case.propose(session, "refusal", 0, "incomplete")
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    return decision_id


def test_within_four_weeks_it_can_be_left_aside(session: Session, case: Town) -> None:
    lapse(session, case)
    term = term_of_application(session, case.application)
    assert (term.aside_by, term.lapsed) == (LAST_DAY, True)
    with clock.at(datetime(2026, 7, 13, 21, 30, tzinfo=UTC)):
        decision_id = approved(session, case)
        assert send_decision(session, decision_id=decision_id)
    letter = session.get_one(Decision, decision_id)
    assert letter.grounds == ["incomplete"]


def test_after_them_it_can_not_and_is_not_offered(session: Session, case: Town) -> None:
    lapse(session, case)
    with clock.at(ENDED):
        assert "incomplete" in grounds_offered(session, case)
    with clock.at(datetime(2026, 7, 13, 22, 30, tzinfo=UTC)):  # the 14th in Amsterdam
        assert why_not(session, case) == ("aside_too_late", "grounds")
        assert "incomplete" not in grounds_offered(session, case)


def test_what_is_approved_too_late_or_sent_too_late_is_refused(
    session: Session, case: Town
) -> None:
    lapse(session, case)
    with clock.at(datetime(2026, 7, 13, 21, 30, tzinfo=UTC)):
        decision_id = case.propose(session, "refusal", 0, "incomplete")
    fields = {"decision_id": decision_id, "recall_minutes": 0, "actor": case.piet}
    late = datetime(2026, 7, 13, 22, 30, tzinfo=UTC)
    with clock.at(late), pytest.raises(DomainError, match="aside_too_late"):
        approve(session, **fields)  # type: ignore[arg-type]
    with clock.at(datetime(2026, 7, 13, 21, 30, tzinfo=UTC)):
        approve(session, **fields)  # type: ignore[arg-type]
    with clock.at(late), pytest.raises(DomainError, match="aside_too_late"):
        send_decision(session, decision_id=decision_id)


def test_who_was_never_asked_can_not_be_left_aside(session: Session) -> None:
    case = town(session)
    assert why_not(session, case) == ("completion_never_asked", "grounds")
    assert "incomplete" not in grounds_offered(session, case)


def test_what_was_completed_but_not_enough_counts_from_the_completion(
    session: Session, case: Town
) -> None:
    with clock.at(NOW + timedelta(days=4)):
        complete_application(
            session,
            application_id=case.application.id,
            reach="De straat.",
            groups=[],
            undertaking=False,
            de_minimis="",
            answer="Zie hier.",
            actor=case.initiator,
        )
    term = term_of_application(session, case.application)
    assert (term.aside_by, term.lapsed) == (date(2026, 7, 3), False)


def test_the_work_list_tells_until_when(session: Session, case: Town) -> None:
    lapse(session, case)

    def due() -> list[tuple[str, date]]:
        works = all_work(session, case.fund.municipality_id)
        return [(work.detail, work.due_on) for work in works if work.kind is WorkKind.DECIDE]

    with clock.at(ENDED):
        assert due() == [("not_completed", LAST_DAY)]
    with clock.at(ENDED + timedelta(days=30)):
        assert due() == [("", case.application.decide_by)]
