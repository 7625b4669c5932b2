"""Drafting a fund: details, rules, and the rehearsal that belongs to exactly these rules."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.funds import (
    CEILING,
    INDICATORS,
    Desk,
    desk,
    details,
    draft,
    in_days,
    published,
    rehearsal_of,
)
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import NeighbourhoodFactory
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.funds.drafts import change_fund, create_fund, save_ruleset
from voorjebuurt.matching.funds.queries import fund_gaps
from voorjebuurt.matching.funds.rehearsals import note_rehearsal
from voorjebuurt.matching.models import Fund
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.presets import first_come, recommended


def with_groups(*names: str) -> dict[str, Any]:
    """Recommended rules with a factor for these groups."""
    rules = recommended(CEILING)
    rules["equity"]["groups"] = dict.fromkeys(names, "5/4")
    return rules


def save(session: Session, at: Desk, fund: Fund, rules: dict[str, Any]) -> Fund:
    return save_ruleset(
        session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=at.publisher
    )


def test_a_draft_keeps_what_was_written_and_who_wrote_it(session: Session) -> None:
    at = desk()
    days = {"opens_on": date(2030, 3, 31), "closes_on": date(2030, 4, 30)}
    fund = draft(session, at, area_codes=(at.buurt.code,), **days)
    assert (fund.status, fund.edited_by, fund.live) == ("draft", at.anna.id, False)
    assert fund.area_codes == [at.buurt.code]
    # The night in which summer time begins: still the midnight at which the day begins.
    assert fund.opens_at == datetime.fromisoformat("2030-03-31T00:00+01:00")
    assert [event.action for event in trail(session, SubjectKind.FUND, fund.id)] == ["fund.created"]


def test_the_last_day_may_be_used_to_its_end(session: Session) -> None:
    at = desk()
    fund = draft(session, at, opens_on=date(2030, 10, 1), closes_on=date(2030, 10, 27))
    assert fund.closes_at == datetime.fromisoformat("2030-10-28T00:00+01:00")


def test_two_funds_of_the_same_name_have_two_addresses(session: Session) -> None:
    at = desk()
    assert [draft(session, at).slug for _ in range(3)] == [
        "buurtfonds-waterdal",
        "buurtfonds-waterdal-2",
        "buurtfonds-waterdal-3",
    ]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": ""}, "fund_name_missing", "name"),
        ({"purpose": "x" * 601}, "text_too_long", "purpose"),
        ({"checklist": ("x" * 161,)}, "fund_check_too_long", "checklist"),
        ({"checklist": ("a", "b", "a")}, "fund_check_repeated", "checklist"),
        ({"checklist": tuple(map(str, range(21)))}, "fund_checks_too_many", "checklist"),
        ({"decision_weeks": 27}, "fund_weeks_out_of_bounds", "decision_weeks"),
        ({"decision_weeks": 0}, "fund_weeks_out_of_bounds", "decision_weeks"),
        ({"opens_on": in_days(9), "closes_on": in_days(8)}, "fund_closes_before_opening", None),
    ],
)
def test_details_that_can_not_be_are_refused_at_their_field(
    session: Session, change: dict[str, Any], code: str, field: str | None
) -> None:
    at = desk()
    fund = draft(session, at)
    with pytest.raises(DomainError) as refusal:
        change_fund(session, fund_id=fund.id, details=details(**change), actor=at.writer)
    assert refusal.value.code == code
    assert refusal.value.field == (field or "closes_on")


def test_areas_are_of_the_own_municipality(session: Session) -> None:
    at, elsewhere = desk(), NeighbourhoodFactory()
    fund = draft(session, at)
    with pytest.raises(DomainError, match="fund_area_elsewhere"):
        change_fund(
            session,
            fund_id=fund.id,
            details=details(area_codes=(elsewhere.code,)),
            actor=at.writer,
        )


def test_only_officers_of_the_municipality_touch_its_funds(session: Session) -> None:
    here, elsewhere = desk(), desk()
    fund = draft(session, here)
    for stranger in (elsewhere.writer, actor_of(PersonFactory(), "officer")):
        with pytest.raises(ForbiddenError):
            change_fund(session, fund_id=fund.id, details=details(), actor=stranger)
        with pytest.raises(ForbiddenError):
            save_ruleset(
                session,
                fund_id=fund.id,
                rules=first_come(1),
                indicators=INDICATORS,
                actor=stranger,
            )
        with pytest.raises(ForbiddenError):
            create_fund(
                session,
                municipality_id=here.buurt.municipality_id,
                details=details(),
                rules=first_come(1),
                indicators=INDICATORS,
                actor=stranger,
            )


def test_an_unknown_fund_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        change_fund(session, fund_id=new_id(), details=details(), actor=desk().writer)


def test_rules_that_do_not_validate_are_refused_with_their_paths(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    wrong = recommended(CEILING)
    wrong["equity"]["indicator"] = "p_nederlandse_achtergrond"
    with pytest.raises(RefusedError) as refusal:
        save(session, at, fund, wrong)
    assert [fault.path for fault in refusal.value.faults] == ["rules.equity.indicator"]


def test_a_draft_of_live_rules_is_live_and_groups_follow_the_rules(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    live = first_come(CEILING) | {"moment": "live"}
    assert save(session, at, fund, live).live is True
    assert save(session, at, fund, with_groups("jongeren", "alleenstaande ouders")).groups == [
        "alleenstaande ouders",
        "jongeren",
    ]


def test_a_rehearsal_of_exactly_these_rules_makes_a_draft_rehearsed(session: Session) -> None:
    at = desk()
    fund, other = draft(session, at), draft(session, at, first_come(CEILING))
    rehearsal = rehearsal_of(session, fund)
    note_rehearsal(session, rehearsal_id=rehearsal.id)
    note_rehearsal(session, rehearsal_id=rehearsal.id)
    assert (fund.status, fund.rehearsal_id) == ("rehearsed", rehearsal.id)
    assert (other.status, other.rehearsal_id) == ("draft", None)


@pytest.mark.parametrize("fields", [{"status": "failed"}, {"municipality_id": None}])
def test_another_rehearsal_does_not_count(session: Session, fields: dict[str, Any]) -> None:
    at = desk()
    fund = draft(session, at)
    note_rehearsal(session, rehearsal_id=rehearsal_of(session, fund, **fields).id)
    assert fund.status == "draft"


def test_other_rules_make_it_a_draft_again_and_the_same_do_not(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    note_rehearsal(session, rehearsal_id=rehearsal_of(session, fund).id)
    assert save(session, at, fund, recommended(CEILING)).status == "rehearsed"
    assert fund.edited_by == at.anna.id
    assert save(session, at, fund, recommended(CEILING + 1)).status == "draft"
    assert (fund.rehearsal_id, fund.edited_by) == (None, at.bram.id)
    assert save(session, at, fund, recommended(CEILING)).status == "rehearsed"


def test_a_draft_tells_what_publishing_still_needs(session: Session) -> None:
    at = desk()
    fund = draft(session, at, purpose="", checklist=(), sender="")
    assert [gap.name for gap in fund_gaps(session, fund)] == ["purpose", "checklist", "sender"]


def test_details_of_a_public_fund_stand(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    with pytest.raises(TransitionError):
        change_fund(session, fund_id=fund.id, details=details(), actor=at.writer)


def test_a_public_fund_keeps_its_moment(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    with pytest.raises(DomainError, match="fund_moment_stands"):
        save(session, at, fund, first_come(CEILING) | {"moment": "live"})
