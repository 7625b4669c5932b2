"""The four weeks in which the condition of a budget can be invoked (Awb 4:34)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.own_words import approved_words
from tests.support.factories.towns import Town, officer, town, town_divided
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.budgets.models import AdoptedBudget
from voorjebuurt.decisions.budgets.service import Adoption, note_adoption
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
CLAIM = 50_000
SHORT = Adoption(2027, date(2026, 11, 2), enough=False)
LAST_DAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.at(NOW):
        yield


def awarded(session: Session, *, year: str = "2027", **fields: Any) -> Town:
    """An award that says that the council has yet to adopt the budget of this year."""
    case = town_divided(session, claim=CLAIM, **fields)
    approved_words(session, case.fund.municipality_id, case.olga, budget_year=year)
    case.send(session, "award", CLAIM)
    return case


def noted(session: Session, case: Town, adoption: Adoption = SHORT) -> bool:
    return note_adoption(
        session, municipality_id=case.fund.municipality_id, adoption=adoption, actor=case.piet
    )


def days(session: Session, case: Town) -> list[date]:
    """The last days of what is to be invoked."""
    works = all_work(session, case.fund.municipality_id)
    return [work.due_on for work in works if work.kind is WorkKind.BUDGET]


def test_it_waits_for_an_officer_from_the_adoption_until_the_last_day(session: Session) -> None:
    case = awarded(session)
    assert days(session, case) == []
    assert noted(session, case)
    assert days(session, case) == [LAST_DAY]
    with clock.at(NOW + timedelta(weeks=4)):
        assert days(session, case) == [LAST_DAY], "the last day counts"
    with clock.at(NOW + timedelta(weeks=4, days=1)):
        assert days(session, case) == []


def test_nothing_is_invoked_where_there_is_enough(session: Session) -> None:
    case = awarded(session)
    noted(session, case, Adoption(2027, SHORT.adopted_on, enough=True))
    assert days(session, case) == []


@pytest.mark.parametrize("year", ["", "2026"])
def test_only_awards_with_the_condition_of_that_year_are_told(session: Session, year: str) -> None:
    case = awarded(session, year=year)
    noted(session, case)
    assert days(session, case) == []


def test_an_award_that_was_lowered_or_withdrawn_since_is_done(session: Session) -> None:
    case = awarded(session)
    noted(session, case)
    case.send(session, "award_change", CLAIM - 1, "not_done")
    assert days(session, case) == []


def test_a_slip_is_mended_and_the_same_again_is_quiet(session: Session) -> None:
    case = awarded(session)
    assert noted(session, case)
    assert not noted(session, case)
    assert noted(session, case, Adoption(2027, date(2026, 10, 30), enough=False))
    row = session.scalars(select(AdoptedBudget)).one()
    assert row.adopted_on == date(2026, 10, 30)
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.action == "municipality.budget_adopted")
        .order_by(AuditEvent.at, AuditEvent.id)
    ).all()
    assert [event.detail.get("before") for event in events] == [None, "2026-11-02"]


@pytest.mark.parametrize(
    ("adoption", "code"),
    [
        (Adoption(2029, SHORT.adopted_on, enough=False), "budget_year_wrong"),
        (Adoption(2027, date(2026, 11, 3), enough=False), "budget_day_wrong"),
        (Adoption(2027, date(2025, 12, 31), enough=False), "budget_day_wrong"),
    ],
)
def test_a_day_that_can_not_be_is_refused(session: Session, adoption: Adoption, code: str) -> None:
    case = awarded(session)
    with pytest.raises(DomainError) as error:
        noted(session, case, adoption)
    assert error.value.code == code


def test_only_officers_of_the_municipality_note_it(session: Session) -> None:
    case = awarded(session)
    elsewhere = officer(session, town(session).fund.municipality_id, "Eva")
    for actor in (elsewhere, case.initiator):
        with pytest.raises(ForbiddenError, match="only_officers"):
            note_adoption(
                session,
                municipality_id=case.fund.municipality_id,
                adoption=SHORT,
                actor=actor,
            )
