"""Mandates for some kinds of decision and until a day: at proposing, approving, on the desk."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import objected
from tests.support.certain import certain
from tests.support.factories.towns import Town, officer, town_divided
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_objection, who_can_approve
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.funds.publication import refuse_publisher
from voorjebuurt.people.appointments.powers import mandate_kinds
from voorjebuurt.people.queries import mandate_limit
from voorjebuurt.people.rules import MandateKind

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return town_divided(session, claim=CLAIM)


def only(session: Session, case: Town, name: str, *kinds: str, **fields: Any) -> Actor:
    """An officer whose mandate is for these kinds."""
    place = case.fund.municipality_id
    return officer(session, place, name, mandate_kinds=list(kinds) or None, **fields)


def refused(deed: Callable[..., object], *arguments: object, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    return error.value.code


def proposes(session: Session, case: Town, actor: Actor) -> UUID:
    return propose(
        session,
        application_id=case.application.id,
        kind="award",
        amount_cents=CLAIM,
        grounds=(),
        reason="",
        actor=actor,
    )


def test_who_has_no_mandate_for_the_kind_neither_proposes_nor_approves(
    session: Session, case: Town
) -> None:
    other = only(session, case, "Rik", "determination", "recovery", "objection")
    fitting = only(session, case, "Ada", "award")
    assert refused(proposes, session, case, other) == "mandate_not_for_kind"
    decision_id = proposes(session, case, fitting)
    approval: dict[str, Any] = {"decision_id": decision_id, "recall_minutes": 30}
    assert refused(approve, session, actor=other, **approval) == "mandate_not_for_kind"
    works = {actor: _works(session, case, actor) for actor in (other, case.piet)}
    assert works == {other: [], case.piet: ["approve"]}, "never a row that will refuse"
    assert who_can_approve(session, decision_id) == ["Olga", "Piet"]
    approve(session, actor=case.piet, **approval)


def test_a_mandate_for_awards_is_not_one_for_objections(session: Session, case: Town) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objected(session, case, refusal)
    award_only = only(session, case, "Ada", "award")
    rosa = only(session, case, "Rosa", "objection")
    obstacle = obstacle_to_objection(session, decision_id=refusal.id, actor=award_only)
    assert certain(obstacle).code == "mandate_not_for_kind"
    assert obstacle_to_objection(session, decision_id=refusal.id, actor=rosa) is None
    assert _works(session, case, award_only) == []
    assert _works(session, case, rosa) == ["object"]


def test_a_mandate_is_over_after_its_last_day_and_the_role_stays(
    session: Session, case: Town
) -> None:
    brief = only(session, case, "Ada", mandate_until=date(2026, 6, 1))
    person_id, place = certain(brief.person_id), case.fund.municipality_id
    assert mandate_limit(session, person_id, place) == 5_000_000
    with clock.at(NOW + timedelta(days=1)):
        assert mandate_limit(session, person_id, place) == 0, "an officer, who decides nothing"
        assert mandate_kinds(session, person_id, place) == frozenset()
        assert refused(proposes, session, case, brief) == "mandate_not_for_kind"


def test_publishing_a_fund_needs_its_own_mandate(session: Session, case: Town) -> None:
    ada, fleur = only(session, case, "Ada", "award"), only(session, case, "Fleur", "fund")
    assert refused(refuse_publisher, session, case.fund, ada) == "mandate_not_for_kind"
    refuse_publisher(session, case.fund, fleur)
    refuse_publisher(session, case.fund, case.olga)


@pytest.mark.parametrize("kinds", [["everything"], []])
def test_the_database_knows_the_kinds(session: Session, case: Town, kinds: list[str]) -> None:
    with pytest.raises(IntegrityError, match="ck_role_grants_mandate_kinds"):
        officer(session, case.fund.municipality_id, "Ada", mandate_kinds=kinds)


def test_a_mandate_does_not_get_wider_in_place(session: Session, case: Town) -> None:
    ada = only(session, case, "Ada", MandateKind.AWARD)
    for assignment in ("mandate_kinds = NULL", "mandate_until = '2030-01-01'"):
        with pytest.raises(IntegrityError, match="does not change"), session.begin_nested():
            session.execute(
                text(f"UPDATE role_grants SET {assignment} WHERE person_id = :id"),
                {"id": ada.person_id},
            )


def _works(session: Session, case: Town, actor: Actor) -> list[str]:
    desk = desk_of(
        session, officer_id=certain(actor.person_id), municipality_id=case.fund.municipality_id
    )
    return [work.kind.value for work in work_list(session, desk)]
