"""A success that lost its minimum before anything was paid out: its donors choose."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.deposits import colleague, fund_paid
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import (
    NEAR_MISS,
    alerts,
    balances,
    close,
    jobs_of,
    paid,
    taken,
    tell_chargeback,
)
from tests.support.live_funds import follow, match_cents
from tests.support.near_misses import Case, ask, coach, finish, near_miss_of, payment_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.rules import (
    BANK,
    PAYOUTS_IN_FLIGHT,
    TIPS,
    fund_free,
    fund_reserved,
    held,
    municipal_receivable,
    payable,
    tips_deferred,
)
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.matching.pots.changes import change_award
from voorjebuurt.matching.pots.corrections import lower_match
from voorjebuurt.matching.pots.municipal_payments import settle_arrears
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.payouts.fund_returns.execution import refuse_return
from voorjebuurt.payouts.fund_returns.queries import fund_rests
from voorjebuurt.payouts.fund_returns.service import propose_return, release_return
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, Plan

PLAN = Plan([80_000, 0], "Zonder nieuwe aarde.", asks_rest=False)


def won(session: Session, *, minimum: int = 90_000, **fields: Any) -> Case:
    """A campaign that succeeded with gifts of € 500 and € 400 and tips of € 4."""
    campaign = CampaignFactory(status="live", minimum_cents=minimum, **fields)
    initiator = session.get_one(Person, campaign.initiator_id)
    first, _ = paid(session, campaign, amount_cents=50_000, email="een@voorbeeld.example")
    second, _ = paid(session, campaign, amount_cents=40_000, email="twee@voorbeeld.example")
    return Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), first, second)


def back(session: Session, case: Case, cause: NearMissCause = NearMissCause.GIFT) -> bool:
    with clock.at(case.ended_at + timedelta(hours=1)):
        is_back = fall_back(session, campaign_id=case.campaign.id, cause=cause, terms=NEAR_MISS)
    session.flush()
    return is_back


def sound(session: Session) -> bool:
    return [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


def test_a_chargeback_after_the_success_gives_the_choice_back(session: Session) -> None:
    case = won(session)
    close(session, case.campaign)
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert jobs_of(session, "payouts.fall_back") == 1
    assert back(session, case)
    assert case.campaign.status == "near_miss"
    campaign_id = case.campaign.id
    accounts = (held(campaign_id), payable(campaign_id), tips_deferred(campaign_id), TIPS)
    assert balances(session, *accounts) == (80_000, 0, 400, 0)
    assert near_miss_of(session, case).cause == "gift"
    (message,) = mails_of(session, "near_miss_begun")
    assert "nadat uw actie was gelukt" in words_of(message)
    assert sound(session)
    assert not back(session, case), "once"


def test_what_the_bank_gives_back_meanwhile_is_held_and_not_payable(session: Session) -> None:
    case = won(session)
    close(session, case.campaign)
    payment = payment_of(session, case.second)
    tell_chargeback(session, payment, taken(40_200))
    assert back(session, case)
    tell_chargeback(session, payment, taken(40_200, given_back=True))
    campaign_id = case.campaign.id
    assert balances(session, held(campaign_id), payable(campaign_id)) == (90_000, 0)
    assert balances(session, tips_deferred(campaign_id), TIPS) == (400, 0)
    assert sound(session)


def test_a_small_chargeback_changes_nothing(session: Session) -> None:
    case = won(session, minimum=80_000)
    close(session, case.campaign)
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert not back(session, case)
    assert case.campaign.status == "succeeded"


def test_donors_choose_and_it_succeeds_a_second_time(session: Session) -> None:
    case = won(session)
    close(session, case.campaign)
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert back(session, case)
    ask(session, case, PLAN)
    with clock.at(case.ended_at + timedelta(days=2)):
        for gift in (case.first, case.second):
            answer_gift(session, token=gift.token, answer=Answer.KEEP, actor=GUEST)
    assert finish(session, case, at=case.ended_at + timedelta(days=3))
    assert case.campaign.status == "succeeded"
    assert balances(session, payable(case.campaign.id), TIPS) == (80_000, 400)
    assert sound(session)


def matched(
    session: Session, case: Case, fund: Fund, key: str = "award", cents: int = 20_000
) -> Application:
    """Match of € 200 that was awarded before the success, and is owed after it."""
    application: Application = ApplicationFactory(fund=fund, campaign=case.campaign)
    pots.award_match(session, application_id=application.id, cents=cents, key=key, actor=SYSTEM)
    close(session, case.campaign)
    assert settle_campaign(session, campaign_id=case.campaign.id)
    session.flush()
    return application


def match_status(session: Session, application: Application) -> str:
    session.flush()
    return session.get_one(CampaignMatch, application.id, populate_existing=True).status


def test_match_that_was_lowered_gives_the_choice_back(session: Session) -> None:
    case = won(session, minimum=110_000)
    application = matched(session, case, closing_fund())
    lower_match(session, application_id=application.id, cents=5_000, key="low", actor=SYSTEM)
    assert jobs_of(session, "payouts.fall_back") == 1
    assert back(session, case, NearMissCause.MATCH)
    assert (match_status(session, application), match_cents(session, application)) == (
        "awarded",
        5_000,
    )
    assert balances(session, held(case.campaign.id), payable(case.campaign.id)) == (90_000, 0)
    assert sound(session)


def test_match_of_a_prepaid_fund_is_reserved_again_and_owed_anew(session: Session) -> None:
    fund = closing_fund(prepaid=True)
    fund_paid(session, fund_id=fund.id, cents=50_000, reference="IN")
    case = won(session, minimum=105_000)
    application = matched(session, case, fund)
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert back(session, case)
    accounts = (fund_free(fund.id), fund_reserved(application.id), payable(case.campaign.id))
    assert balances(session, *accounts) == (30_000, 20_000, 0)
    assert sound(session)
    ask(session, case, PLAN)
    with clock.at(case.ended_at + timedelta(days=2)):
        for gift in (case.first, case.second):
            answer_gift(session, token=gift.token, answer=Answer.KEEP, actor=GUEST)
    assert finish(session, case, at=case.ended_at + timedelta(days=3))
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert match_status(session, application) == "committed"
    assert balances(session, *accounts) == (30_000, 0, 100_000)
    assert sound(session)


def test_match_that_was_received_in_arrears_is_found_again(session: Session) -> None:
    fund = closing_fund()
    case = won(session, minimum=105_000)
    application = matched(session, case, fund)
    fund_paid(session, fund_id=fund.id, cents=20_000, reference="IN")
    assert match_status(session, application) == "received"
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert back(session, case)
    assert balances(session, municipal_receivable(fund.id), payable(case.campaign.id)) == (
        -20_000,
        0,
    )
    assert sound(session)
    pots.release_match(session, application_id=application.id, actor=SYSTEM)
    assert settle_arrears(session, fund_id=fund.id, actor=SYSTEM) == 0


def test_what_was_paid_for_match_that_fell_away_can_go_back(session: Session) -> None:
    """It would wait for the next match of the fund, which may never come."""
    fund = closing_fund()
    case = won(session, minimum=105_000)
    matched(session, case, fund)
    assert fund_rests(session) == []
    fund_paid(session, fund_id=fund.id, cents=20_000, reference="IN")
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert back(session, case)
    assert finish(session, case, at=near_miss_of(session, case).ends_at)
    assert case.campaign.status == "failed"
    assert settle_campaign(session, campaign_id=case.campaign.id)
    (rest,) = fund_rests(session)
    assert (rest.fund_id, rest.prepaid, rest.free_cents) == (fund.id, False, 20_000)
    anna, bram = colleague(), colleague()
    return_id = propose_return(
        session,
        fund_id=fund.id,
        holder="Gemeente",
        iban=make.IBAN,
        sealer=make.SEALER,
        actor=anna,
    )
    release_return(session, return_id=return_id, actor=bram)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=anna)
    receivable = municipal_receivable(fund.id)
    assert balances(session, receivable, PAYOUTS_IN_FLIGHT, BANK) == (0, 20_000, 20_000)
    assert (fund_rests(session), sound(session)) == ([], True)
    refuse_return(session, return_id=return_id, reason="Onjuist nummer.", actor=anna)
    assert balances(session, receivable, PAYOUTS_IN_FLIGHT, BANK) == (-20_000, 0, 20_000)
    assert [each.free_cents for each in fund_rests(session)] == [20_000]
    assert sound(session)


def test_what_another_match_used_meanwhile_does_not_go_back(session: Session) -> None:
    fund = closing_fund()
    case = won(session, minimum=105_000)
    matched(session, case, fund)
    fund_paid(session, fund_id=fund.id, cents=20_000, reference="IN")
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    assert back(session, case)
    return_id = propose_return(
        session,
        fund_id=fund.id,
        holder="Gemeente",
        iban=make.IBAN,
        sealer=make.SEALER,
        actor=colleague(),
    )
    other = won(session)
    application = matched(session, other, fund, key="other award")
    assert settle_arrears(session, fund_id=fund.id, actor=SYSTEM) == 1
    assert match_status(session, application) == "received"
    with pytest.raises(DomainError, match="fund_money_changed_since"):
        release_return(session, return_id=return_id, actor=colleague())
    assert sound(session)


@pytest.mark.parametrize("dealt_with", ["before", "after"])
def test_match_of_a_live_fund_follows_its_rule_again(session: Session, dealt_with: str) -> None:
    """Whether the fund deals with what went back while its match is owed, or only afterwards."""
    fund = open_fund()
    case = won(session, minimum=170_000, goal_cents=200_000)
    application = ApplicationFactory(fund=fund, campaign=case.campaign)
    follow(session, fund)
    before = match_cents(session, application)
    close(session, case.campaign)
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert match_status(session, application) == "committed"
    tell_chargeback(session, payment_of(session, case.first), taken(50_200))
    if dealt_with == "before":
        follow(session, fund)
        assert match_cents(session, application) == before
    assert back(session, case)
    follow(session, fund)
    assert match_status(session, application) == "awarded"
    assert match_cents(session, application) == 40_000
    assert session.get_one(CampaignMatch, application.id).fixed_cents is None
    assert balances(session, payable(case.campaign.id)) == (0,)
    assert sound(session)


def proposed(session: Session, case: Case) -> tuple[Payout, make.Payable]:
    staff = [actor_of(PersonFactory(), "staff") for _ in range(2)]
    initiator = session.get_one(Person, case.campaign.initiator_id)
    people = make.Payable(case.campaign, actor_of(initiator), *staff)
    with clock.at(case.ended_at - timedelta(days=10)):
        make.verified(session, people)
    with clock.at(case.ended_at):
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=people.anna)
    return session.get_one(Payout, payout_id), people


def test_what_was_proposed_is_taken_back(session: Session) -> None:
    case = won(session)
    close(session, case.campaign)
    payout, people = proposed(session, case)
    tell_chargeback(session, payment_of(session, case.second), taken(10_000))
    with clock.at(case.ended_at), pytest.raises(DomainError, match="campaign_fell_short"):
        release_payout(session, payout_id=payout.id, actor=people.bram)
    assert back(session, case)
    assert (payout.status, certain(payout.remark)) == (
        "cancelled",
        "The campaign fell below its minimum.",
    )


def test_once_a_payout_was_released_staff_decide(session: Session) -> None:
    case = won(session)
    close(session, case.campaign)
    payout, people = proposed(session, case)
    with clock.at(case.ended_at):
        release_payout(session, payout_id=payout.id, actor=people.bram)
    tell_chargeback(session, payment_of(session, case.second), taken(40_200))
    assert not back(session, case)
    assert case.campaign.status == "succeeded"
    assert alerts(session) == ["campaign_fell_short", "chargeback"]


def test_an_amount_awarded_as_such_holds_the_payout_above_what_a_smaller_plan_costs(
    session: Session,
) -> None:
    """Only officers can lower it: they are told, and nothing leaves before."""
    case = won(session, minimum=105_000)
    application = matched(session, case, closing_fund(), cents=30_000)
    fund_paid(session, fund_id=application.fund_id, cents=30_000, reference="IN")
    tell_chargeback(session, payment_of(session, case.second), taken(20_000))
    assert back(session, case)
    ask(session, case, PLAN)
    with clock.at(case.ended_at + timedelta(days=2)):
        for gift in (case.first, case.second):
            answer_gift(session, token=gift.token, answer=Answer.KEEP, actor=GUEST)
    assert finish(session, case, at=case.ended_at + timedelta(days=3))
    assert settle_campaign(session, campaign_id=case.campaign.id)
    settle_arrears(session, fund_id=application.fund_id, actor=SYSTEM)
    assert balances(session, payable(case.campaign.id)) == (100_000,)
    assert alerts(session).count("match_above_plan") == 1
    anna = actor_of(PersonFactory(), "staff")
    with pytest.raises(DomainError) as error:
        propose_payout(session, campaign_id=case.campaign.id, actor=anna)
    assert (error.value.code, error.value.values) == ("match_above_plan", {"above_cents": 20_000})
    change_award(session, application_id=application.id, cents=10_000, key="low", actor=SYSTEM)
    with pytest.raises(DomainError, match="payee_missing"):
        propose_payout(session, campaign_id=case.campaign.id, actor=anna)
    assert sound(session)
