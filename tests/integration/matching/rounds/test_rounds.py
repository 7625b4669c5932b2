"""Dividing a closed fund: its facts, its outcome, versions after each other, and the replay."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.matching import (
    CLOSING_RULES,
    FundVersionFactory,
    canonical,
    closing_fund,
    open_fund,
)
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rounds import CLOSING, applied, closed, figures, given, officer_of
from tests.support.rounds import replay_round
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.rulings.batches import propose_round
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import Application, FundRound
from voorjebuurt.matching.rounds import service as rounds
from voorjebuurt.matching.rounds.service import divide_round
from voorjebuurt.rulebook.values import jsontext


@pytest.fixture(autouse=True)
def after_closing() -> Iterator[None]:
    """Some days after the fund closed."""
    with clock.at(CLOSING + timedelta(days=7)):
        yield


def campaign_of(session: Session, application: Application) -> Campaign:
    return session.get_one(Campaign, application.campaign_id)


def awards(row: FundRound, *applications: Application) -> list[int]:
    return [row.outcome["awards"][str(application.id)] for application in applications]


def test_a_round_divides_the_ceiling_over_what_was_given_and_keeps_how(session: Session) -> None:
    fund = closed()
    first, second = applied(fund, 50_000, 30_000), applied(fund, 80_000)
    actor = officer_of(fund)
    (row,) = divide_round(session, fund_id=fund.id, actor=actor)
    assert awards(row, first, second) == [50_000, 50_000]
    assert (fund.status, row.number, row.ceiling_cents) == ("divided", 1, 100_000)
    assert row.facts == jsontext.canonical(jsontext.parse(row.facts))
    assert row.facts_sha256 == jsontext.sha256(jsontext.parse(row.facts))
    assert {first.round_id, second.round_id} == {row.id}
    event = trail(session, SubjectKind.FUND, fund.id)[-1]
    assert (event.action, event.detail["left_cents"]) == (Action.FUND_DIVIDED, 0)
    assert event.detail["rounds"][0]["facts_sha256"] == row.facts_sha256


def test_it_comes_out_again_from_its_row(session: Session) -> None:
    fund = closed({"base": {"kind": "qf"}, "divide": {"kind": "qf_pot"}})
    applied(fund, 5_000, 5_000, 7_500), applied(fund, 10_000, 2_500)
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    session.expire(row)
    assert replay_round(session, row) == row.outcome


def test_what_counts_is_what_was_paid_in_time_and_stands(session: Session) -> None:
    fund = closed()
    application = applied(fund, 10_000)
    campaign = campaign_of(session, application)
    given(campaign, 20_000, at=CLOSING)
    gift_id = given(campaign, 30_000)
    given(campaign, 30_000, kind="refund", pledge=gift_id)
    own = given(campaign, 40_000, matchable=False, donor="initiator")
    late_news = PledgeFactory(campaign=campaign, booked_at=CLOSING + timedelta(hours=1))
    PaymentFactory(
        pledge=late_news,
        status="paid",
        paid_at=CLOSING - timedelta(minutes=1),
        booked_as="contribution",
        booked_at=CLOSING + timedelta(hours=1),
    )
    given(campaign, 1_500, pledge=late_news)
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert awards(row, application) == [11_500]
    (entry,) = jsontext.parse(row.facts)["applications"]
    assert sorted(gift["amount_cents"] for gift in entry["contributions"]) == [
        1_500,
        10_000,
        40_000,
    ]
    assert "initiator" in {gift["donor"] for gift in entry["contributions"]}
    assert certain(own.email) not in row.facts
    assert own.name not in row.facts


def test_one_payer_is_one_donor_over_all_gifts(session: Session) -> None:
    fund = closed({"base": {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 10_000}})
    application = applied(fund)
    for _ in range(3):
        given(campaign_of(session, application), 8_000, donor="same")
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert awards(row, application) == [10_000]


def test_figures_lift_and_are_kept_with_their_import_and_the_name_of_the_place(
    session: Session,
) -> None:
    equity = {"indicator": "p_hh_120", "bands": [{"at_least": 25, "factor": "3/2"}]}
    fund = closed({"equity": equity})
    poor, rich = applied(fund, 10_000), applied(fund, 10_000)
    codes = [next(iter(application.areas)) for application in (poor, rich)]
    source = figures(session, **dict(zip(codes, ("31.5", "4.0"), strict=True)))
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert awards(row, poor, rich) == [15_000, 10_000]
    assert row.import_ids == [str(source.id)]
    why = " ".join(row.outcome["reasons"][str(poor.id)]["nl"])
    assert codes[0] not in why
    assert row.outcome["places"][codes[0]] in why
    assert replay_round(session, row) == row.outcome


def test_verified_groups_score_and_first_time_are_read_and_claimed_groups_are_not(
    session: Session,
) -> None:
    equity = {"groups": {"jongeren": "2"}}
    need = {"field": "first_time", "op": "==", "value": True, "reason": "al gehad"}
    fund = closed({"equity": equity, "require": [need]})
    evidence = {"verified_groups": ["jongeren"], "groups_evidence": "Foto's gezien"}
    with_evidence = applied(fund, 10_000, first_time=True, **evidence)
    without_evidence = applied(fund, 10_000, first_time=True, groups=["jongeren"])
    again = applied(fund, 10_000, first_time=False, **evidence)
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert awards(row, with_evidence, without_evidence, again) == [20_000, 10_000, 0]


def test_a_later_version_divides_what_the_earlier_one_left(session: Session) -> None:
    fund = closed()
    first = applied(fund, 70_000)
    lower_rules = {**CLOSING_RULES, "ceiling_cents": 90_000}
    FundVersionFactory(fund=fund, number=2, rules=canonical(lower_rules))
    later = applied(fund, 60_000)
    one_round, two = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert (awards(one_round, first), awards(two, later)) == ([70_000], [20_000])
    assert [row.ceiling_cents for row in (one_round, two)] == [100_000, 20_000]
    assert two.ruleset_sha256 == jsontext.sha256(jsontext.parse(canonical(lower_rules)))
    assert replay_round(session, two) == two.outcome


def test_an_empty_pot_gives_nothing_and_says_why(session: Session) -> None:
    fund = closed()
    first = applied(fund, 200_000)
    FundVersionFactory(fund=fund, number=2)
    later = applied(fund, 60_000)
    one_round, two = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert (awards(one_round, first), awards(two, later)) == ([100_000], [0])
    assert two.ceiling_cents == 0
    assert two.outcome["reasons"][str(later.id)]["nl"]


def test_proposals_follow_every_round_of_the_fund(session: Session) -> None:
    fund = closed()
    first = applied(fund, 70_000)
    FundVersionFactory(fund=fund, number=2)
    later = applied(fund, 60_000)
    actor = officer_of(fund)
    divide_round(session, fund_id=fund.id, actor=actor)
    assert len(propose_round(session, fund_id=fund.id, actor=actor).proposed) == 2
    assert {first.status, later.status} == {"proposed"}


def test_a_lottery_needs_its_seed_and_anybody_can_draw_again(session: Session) -> None:
    fund = closed({"divide": {"kind": "lottery"}}, lottery_source="De AEX na sluiting")
    first, other = applied(fund, 90_000), applied(fund, 90_000)
    actor = officer_of(fund)
    with pytest.raises(DomainError) as refusal:
        divide_round(session, fund_id=fund.id, lottery_seed=" ", actor=actor)
    assert (refusal.value.code, refusal.value.field) == ("lottery_seed_missing", "lottery_seed")
    (row,) = divide_round(session, fund_id=fund.id, lottery_seed="912,34", actor=actor)
    assert json.loads(row.facts)["lottery_seed"] == "912,34"
    assert sorted(awards(row, first, other)) == [10_000, 90_000]
    assert replay_round(session, row) == row.outcome


@pytest.mark.parametrize("status", ["received", "incomplete", "proposed"])
def test_nobody_may_wait_to_be_admitted_or_refused(session: Session, status: str) -> None:
    fund = closed()
    applied(fund, 10_000)
    applied(fund, 10_000, status=status)
    with pytest.raises(DomainError) as refusal:
        divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert (refusal.value.code, refusal.value.values) == ("applications_waiting", {"number": 1})
    assert fund.status == "closed"


def test_a_fund_without_applications_is_divided_into_nothing(session: Session) -> None:
    fund = closed()
    assert divide_round(session, fund_id=fund.id, actor=officer_of(fund)) == []
    assert fund.status == "divided"


def test_only_a_closed_fund_that_divides_is_divided_once(session: Session) -> None:
    still_open, live, fund = closing_fund(), open_fund(status="closed"), closed()
    for wrong in (still_open, live):
        with pytest.raises(TransitionError):
            divide_round(session, fund_id=wrong.id, actor=officer_of(wrong))
    divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    with pytest.raises(TransitionError):
        divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    with pytest.raises(ForbiddenError):
        divide_round(session, fund_id=fund.id, actor=officer_of(live))


def test_many_gifts_give_the_same_outcome_by_another_way(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    gifts = [(5_000, 5_000, 2_500), (10_000, 7_777), (1, 1, 1, 99_999)]
    outcomes = []
    for large in (rounds.LARGE, 1):
        monkeypatch.setattr(rounds, "LARGE", large)
        fund = closed({"base": {"kind": "qf"}, "divide": {"kind": "waterfill"}})
        applications = [applied(fund, *cents) for cents in gifts]
        (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
        assert replay_round(session, row) == row.outcome
        outcomes.append(awards(row, *applications))
    assert outcomes[0] == outcomes[1]


def test_a_round_stays_as_it_was(session: Session) -> None:
    fund = closed()
    applied(fund, 10_000)
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(update(FundRound).where(FundRound.id == row.id).values(number=7))


def test_a_campaign_that_failed_takes_nothing_from_the_others(session: Session) -> None:
    fund = closed()
    stays, fails = applied(fund, 80_000), applied(fund, 80_000)
    campaign_of(session, fails).status = "failed"
    session.flush()
    (row,) = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert awards(row, stays) == [80_000]
    assert (str(fails.id) in row.outcome["awards"], fails.round_id) == (False, None)


def test_a_campaign_that_failed_since_does_not_keep_the_others_from_being_proposed(
    session: Session,
) -> None:
    fund = closed()
    stays, fails = applied(fund, 20_000), applied(fund, 30_000)
    divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    campaign_of(session, fails).status = "failed"
    session.flush()
    settle_campaign(session, campaign_id=fails.campaign_id)
    batch = propose_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert len(batch.proposed) == 1
    (refusal,) = batch.left_alone
    assert (refusal.number, refusal.error.code) == (fails.number, "match_released_already")
    assert (stays.status, fails.status) == ("proposed", "admitted")
    propose(
        session,
        application_id=fails.id,
        kind="refusal",
        amount_cents=0,
        grounds=["requirement"],
        reason="De actie is niet geslaagd.",
        actor=officer_of(fund),
    )
    assert fails.status == "proposed"
