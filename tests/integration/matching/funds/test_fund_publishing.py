"""Publishing: by another officer, complete, rehearsed or with a reason; then it stands."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.funds import (
    CEILING,
    INDICATORS,
    REASON_WITHOUT_REHEARSAL,
    Desk,
    desk,
    draft,
    in_days,
    published,
    rehearsal_of,
)
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.funds.publication import publish_fund, publish_version, withdraw_fund
from voorjebuurt.matching.funds.queries import latest_version, versions_of
from voorjebuurt.matching.models import Fund, FundPot, FundVersion
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.presets import first_come, recommended


def publish(
    session: Session,
    fund: Fund,
    actor: Actor,
    reason: str = REASON_WITHOUT_REHEARSAL,
    indicators: tuple[str, ...] = INDICATORS,
) -> FundVersion:
    return publish_fund(
        session,
        fund_id=fund.id,
        unrehearsed_reason=reason,
        indicators=indicators,
        actor=actor,
    )


def next_version(
    session: Session, at: Desk, fund: Fund, rules: dict[str, Any], change: str = "Meer geld"
) -> FundVersion:
    """Anna writes other rules and Bram publishes them."""
    save_ruleset(session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=at.writer)
    return publish_version(
        session,
        fund_id=fund.id,
        change=change,
        unrehearsed_reason=REASON_WITHOUT_REHEARSAL,
        indicators=INDICATORS,
        actor=at.publisher,
    )


def refused(call: Callable[..., object], *arguments: object, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(*arguments, **keywords)
    return error.value.code


def test_publishing_freezes_version_1_and_sets_the_ceiling(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    version = publish(session, fund, at.publisher)
    assert (version.number, version.rules, version.ceiling_cents) == (1, fund.draft_rules, CEILING)
    assert version.unrehearsed_reason == REASON_WITHOUT_REHEARSAL
    pot = session.get_one(FundPot, fund.id)
    assert (pot.ceiling_cents, pot.taken_cents) == (CEILING, 0)
    assert (fund.status, fund.published_by) == ("published", at.bram.id)
    event = trail(session, SubjectKind.FUND, fund.id)[-1]
    assert (event.action, event.actor_id, event.reason) == (
        Action.FUND_PUBLISHED,
        at.bram.id,
        REASON_WITHOUT_REHEARSAL,
    )
    assert event.detail["ruleset_sha256"] == version.ruleset_sha256
    assert event.detail["ceiling_cents"] == CEILING


def test_who_wrote_last_does_not_publish(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    assert refused(publish, session, fund, at.writer) == "fund_own_draft"
    assert fund.status == "draft"


def test_an_officer_of_another_municipality_does_not_publish(session: Session) -> None:
    with pytest.raises(ForbiddenError):
        publish(session, draft(session, desk()), desk().publisher)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"legal_basis": ""}, "fund_legal_basis_missing"),
        ({"opens_on": clock.today()}, "fund_opens_in_past"),
        ({"closes_on": None}, "fund_period_missing"),
        ({"checklist": ()}, "fund_checklist_missing"),
    ],
)
def test_what_is_missing_keeps_it_a_draft(
    session: Session,
    change: dict[str, Any],
    code: str,
) -> None:
    at = desk()
    fund = draft(session, at, **change)
    assert refused(publish, session, fund, at.publisher) == code
    assert latest_version(session, fund.id) is None


def test_without_a_rehearsal_a_reason_is_needed(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    assert refused(publish, session, fund, at.publisher, "  ") == "fund_not_rehearsed"


def test_with_a_rehearsal_of_these_rules_no_reason_is_kept(session: Session) -> None:
    at = desk()
    fund = draft(session, at)
    rehearsal = rehearsal_of(session, fund)
    version = publish(session, fund, at.publisher, "Niet nodig")
    assert (version.rehearsal_id, version.unrehearsed_reason) == (rehearsal.id, "")


def test_an_indicator_that_left_the_list_can_not_be_published(session: Session) -> None:
    at = desk()
    with pytest.raises(RefusedError):
        publish(session, draft(session, at), at.publisher, indicators=("ses_woa",))


def test_a_lottery_says_beforehand_where_its_seed_comes_from(session: Session) -> None:
    at = desk()
    rules = first_come(CEILING) | {"divide": {"kind": "lottery"}}
    fund = draft(session, at, rules)
    assert refused(publish, session, fund, at.publisher) == "fund_lottery_source_missing"
    fund_id = draft(session, at, rules, lottery_source="De AEX op de eerste dag na sluiting")
    assert publish(session, fund_id, at.publisher).number == 1
    plain = published(session, at)
    assert refused(next_version, session, at, plain, rules) == "fund_lottery_source_missing"


def test_publishing_twice_is_refused(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    with pytest.raises(TransitionError):
        publish(session, fund, at.publisher)
    assert session.scalar(select(func.count()).where(FundVersion.fund_id == fund.id)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"legal_basis": "Een ander besluit"},
        {"live": True},
        {"closes_at": clock.end_of_day(in_days(99))},
        {"area_codes": ["BU00000001"]},
        {"published_by": None},
    ],
)
def test_the_database_keeps_a_published_fund_as_it_is(
    session: Session, change: dict[str, Any]
) -> None:
    fund = published(session, desk())
    with pytest.raises(IntegrityError, match="published and does not change"):
        session.execute(update(Fund).where(Fund.id == fund.id).values(**change))


def test_the_database_keeps_versions_as_they_are(session: Session) -> None:
    version = latest_version(session, published(session, desk()).id)
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(
            update(FundVersion).where(FundVersion.id == certain(version).id).values(rules="{}")
        )


def test_a_change_is_a_new_version_for_what_comes_later(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    before = clock.now()
    with clock.at(clock.end_of_day(clock.today())):
        second = next_version(session, at, fund, recommended(CEILING * 2))
        after = clock.now()
    assert (second.number, second.change, fund.status) == (2, "Meer geld", "published")
    versions = versions_of(session, fund.id)
    assert [version.number for version in versions] == [2, 1]
    assert versions[1].published_at <= before < versions[0].published_at <= after
    assert session.get_one(FundPot, fund.id).ceiling_cents == CEILING * 2
    assert trail(session, SubjectKind.FUND, fund.id)[-1].detail["version"] == 2


def test_groups_of_a_public_fund_change_with_the_version_and_not_before(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    rules = recommended(CEILING)
    rules["equity"]["groups"] = {"jongeren": "5/4"}
    save_ruleset(session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=at.writer)
    assert fund.groups == []
    next_version(session, at, fund, rules)
    assert fund.groups == ["jongeren"]


def test_a_version_says_what_changes_and_is_another_one(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    rules = recommended(CEILING)
    other = recommended(CEILING + 1)
    assert refused(next_version, session, at, fund, other, " ") == "fund_change_missing"
    assert refused(next_version, session, at, fund, rules) == "fund_rules_unchanged"


def test_who_wrote_the_next_version_does_not_publish_it(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    save_ruleset(
        session, fund_id=fund.id, rules=first_come(1), indicators=INDICATORS, actor=at.publisher
    )
    call: dict[str, Any] = {"fund_id": fund.id, "change": "Anders", "indicators": INDICATORS}
    assert refused(publish_version, session, **call, actor=at.publisher) == "fund_own_draft"


def test_a_draft_has_no_versions(session: Session) -> None:
    at = desk()
    with pytest.raises(TransitionError):
        next_version(session, at, draft(session, at), first_come(1))


def test_a_fund_is_withdrawn_before_it_opens_with_a_reason(session: Session) -> None:
    at = desk()
    fund = published(session, at)
    call: dict[str, Any] = {"fund_id": fund.id, "actor": at.writer}
    assert refused(withdraw_fund, session, **call, reason=" ") == "reason_needed"
    withdraw_fund(session, **call, reason="De raad besloot anders.")
    assert fund.status == "withdrawn"
    with pytest.raises(TransitionError):
        withdraw_fund(session, **call, reason="Nog eens")
