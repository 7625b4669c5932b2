"""Whatever the order of gifts and refunds, the steps are those of the rule engine.

Random gifts, refunds and looks of the allocator between them, on two campaigns of one small pot:
the engine makes the same steps from the steps' own order, and ``matching evaluate`` the same
awards where nothing went back.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, grant_first, open_fund
from tests.support.giving import give_back
from tests.support.live_funds import follow, give, match_cents, taken_cents
from tests.support.profiles import slow
from voorjebuurt.decisions.proof.match_steps import Course
from voorjebuurt.matching.facts.applications import live_case
from voorjebuurt.matching.live.allocator import allocate
from voorjebuurt.matching.models import Application, Fund, FundPot, FundVersion, MatchStep
from voorjebuurt.pledges.models import MatchClaim
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.live import Allocator
from voorjebuurt.rulebook.values import jsontext

SAME_SESSION = [HealthCheck.function_scoped_fixture]
RULES = st.sampled_from(
    [
        {"ceiling_cents": 9_000},
        {"ceiling_cents": 7_001, "base": {"kind": "ratio", "ratio": "1/3"}},
        {"base": {"kind": "ratio", "ratio": "3/2", "donor_cap_cents": 3_000}},
        {"ceiling_cents": 6_500, "base": {"kind": "per_donor", "amount_cents": 1_100}},
        {"base": {"kind": "threshold", "min_donors": 2, "award_cents": 4_001}},
        {
            "ceiling_cents": 8_000,
            "require": [{"field": "donors", "op": ">=", "value": 2, "reason": "twee gevers"}],
            "caps": {"project_cents": 5_000},
        },
    ]
)
GIFTS = st.tuples(
    st.just("gift"),
    st.integers(0, 1),
    st.sampled_from([500, 1_000, 1_999, 4_000]),
    st.sampled_from("abc"),
)
DEEDS = st.lists(
    st.one_of(
        GIFTS,
        GIFTS,
        st.tuples(st.just("refund"), st.integers(0, 9)),
        st.tuples(st.just("look"), st.integers(1, 3)),
    ),
    min_size=3,
    max_size=14,
)


def play(
    session: Session,
    rules: dict[str, Any],
    deeds: list[tuple[Any, ...]],
    maximums: Sequence[int | None] = (None, None),
) -> tuple[Fund, list[Application]]:
    """Do it all; the fund and its two applications."""
    fund = open_fund(rules)
    campaigns = [CampaignFactory(status="live") for _ in range(2)]
    applications = [
        ApplicationFactory(fund=fund, campaign=campaign, status="received")
        for campaign in campaigns
    ]
    for application, maximum in zip(applications, maximums, strict=True):
        grant_first(session, application, maximum)
    standing = []
    for deed in deeds:
        if deed[0] == "gift":
            standing.append(give(session, campaigns[deed[1]], deed[2], deed[3]))
        elif deed[0] == "refund" and standing:
            give_back(session, standing.pop(deed[1] % len(standing)))
        elif deed[0] == "look":
            allocate(session, fund_id=fund.id, limit=deed[1])
    follow(session, fund, limit=4)
    return fund, applications


def steps_and_claims(session: Session, fund: Fund) -> Sequence[Row[MatchStep, MatchClaim]]:
    """Everything that was taken, in its order."""
    statement = (
        select(MatchStep, MatchClaim)
        .join(MatchClaim, MatchClaim.id == MatchStep.claim_id)
        .where(MatchStep.fund_id == fund.id)
        .order_by(MatchStep.position)
    )
    return session.execute(statement).all()


def replayed(
    session: Session, fund: Fund, applications: list[Application]
) -> tuple[list[int], Allocator]:
    """The engine's own steps for the claims in the order that was written down."""
    cases = [live_case(session, application) for application in applications]
    factors = {case.application.id: case.factor for case in cases}
    engine = Allocator(cases[0].rules, [case.application for case in cases], factors)
    matches = []
    for step, claim in steps_and_claims(session, fund):
        key = str(step.application_id)
        position = claim.pledge_id.int
        if claim.kind == "gift":
            gift = Gift(claim.donor_key, claim.amount_cents, claim.area_code, claim.matchable)
            matches.append(engine.accept(key, position, gift).match_cents)
        else:
            matches.append(engine.refund(key, position).match_cents)
    return matches, engine


@slow(25, HealthCheck.function_scoped_fixture)
@given(rules=RULES, deeds=DEEDS)
def test_the_steps_are_those_of_the_engine(
    session: Session, rules: dict[str, Any], deeds: list[tuple[Any, ...]]
) -> None:
    with session.begin_nested() as savepoint, building_in(session):
        fund, applications = play(session, rules, deeds)
        matches, engine = replayed(session, fund, applications)
        rows = [step.match_cents for step, _ in steps_and_claims(session, fund)]
        assert matches == rows
        for application in applications:
            key = str(application.id)
            assert match_cents(session, application) == engine.reserved[key]
            assert engine.reserved[key] >= 0
        assert taken_cents(session, fund) == sum(engine.reserved.values())
        assert engine.left_cents >= 0
        waiting = text("SELECT count(*) FROM match_claims")
        assert session.scalar(waiting) == len(rows)
        savepoint.rollback()


@slow(15, HealthCheck.function_scoped_fixture)
@given(
    rules=RULES,
    deeds=DEEDS,
    maximums=st.lists(st.integers(1, 6_000), min_size=2, max_size=2),
)
def test_no_ceiling_and_no_maximum_is_ever_passed_and_the_steps_replay(
    session: Session, rules: dict[str, Any], deeds: list[tuple[Any, ...]], maximums: list[int]
) -> None:
    with session.begin_nested() as savepoint, building_in(session):
        fund, applications = play(session, rules, deeds, maximums)
        for application, maximum in zip(applications, maximums, strict=True):
            case = live_case(session, application)
            course = Course(case.rules, case.application, case.factor)
            for step, claim in steps_and_claims(session, fund):
                if step.application_id == application.id:
                    assert step.reserved_cents + step.match_cents <= maximum
                    course.take(as_stored(step, claim))
            assert match_cents(session, application) == course.reserved_cents <= maximum
        ceiling = session.get_one(FundPot, fund.id).ceiling_cents
        assert taken_cents(session, fund) <= ceiling
        savepoint.rollback()


def as_stored(step: MatchStep, claim: MatchClaim) -> dict[str, Any]:
    """A step as a snapshot keeps it."""
    return {
        "gift": claim.pledge_id.int,
        "kind": claim.kind,
        "donor": claim.donor_key,
        "amount_cents": claim.amount_cents,
        "area": claim.area_code,
        "matchable": claim.matchable,
        "reserved_cents": step.reserved_cents,
        "left_cents": step.left_cents,
        "decided": step.decided,
        "match_cents": step.match_cents,
    }


@slow(12, HealthCheck.function_scoped_fixture)
@given(rules=RULES, gifts=st.lists(GIFTS, min_size=2, max_size=8))
def test_without_refunds_evaluate_gives_the_same_match(
    session: Session, rules: dict[str, Any], gifts: list[tuple[Any, ...]]
) -> None:
    with session.begin_nested() as savepoint, building_in(session):
        fund, applications = play(session, rules, gifts)
        version = session.scalars(select(FundVersion).where(FundVersion.fund_id == fund.id)).one()
        outcome = evaluate(
            jsontext.parse(version.rules),
            facts_of(session, fund, applications),
            indicators=(),
        )
        assert outcome.awards == {
            str(application.id): match_cents(session, application) for application in applications
        }
        assert outcome.left_cents == outcome_left(session, fund, version)
        savepoint.rollback()


def outcome_left(session: Session, fund: Fund, version: FundVersion) -> int:
    return version.ceiling_cents - taken_cents(session, fund)


def facts_of(session: Session, fund: Fund, applications: list[Application]) -> dict[str, Any]:
    """The facts as a file: what was kept of the applications, with the gifts as accepted."""
    gifts = defaultdict(list)
    for step, claim in steps_and_claims(session, fund):
        gifts[str(step.application_id)].append(
            {
                "donor": claim.donor_key,
                "amount_cents": claim.amount_cents,
                "paid_at": step.accepted_at.isoformat(),
            }
        )
    entries = [
        json.loads(certain(application.live_facts))["applications"][0]
        for application in applications
    ]
    for entry in entries:
        entry["contributions"] = gifts[entry["id"]]
    facts: dict[str, Any] = jsontext.parse(json.dumps({"applications": entries}))
    return facts
