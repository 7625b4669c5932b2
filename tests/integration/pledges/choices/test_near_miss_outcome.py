"""The end of a near miss: silence counts as was said, and what was kept decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.base import building_in
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.giving import (
    BOUNDS,
    NEAR_MISS,
    attempt,
    balances,
    jobs_of,
    mails,
    paid,
    pledge,
    taken,
    tell,
    tell_chargeback,
)
from tests.support.jobs import run_jobs
from tests.support.live_funds import follow, match_cents
from tests.support.near_misses import (
    REST,
    SMALLER,
    Case,
    ask,
    asking,
    finish,
    in_time,
    miss,
    near_miss_of,
    nearly,
    payment_of,
    running,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.ledger.rules import TIPS, held, payable, tips_deferred
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.choices import tasks
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.choices.outcome import near_misses_to_move
from voorjebuurt.pledges.closing import decide_campaign, start_closing
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.rules import Answer, Plan
from voorjebuurt.settings import PledgeSettings, Settings

STAYS = replace(BOUNDS, no_answer="keep")
TINY = Plan([40_000, 0], "Twee bomen in plaats van zes.", asks_rest=False)


def choose(session: Session, case: Case, gift: Pledge, answer: Answer) -> None:
    with clock.at(in_time(case)):
        answer_gift(session, token=gift.token, answer=answer, actor=GUEST)
    session.flush()


def decide(session: Session, case: Case) -> bool:
    start_closing(session, campaign_id=case.campaign.id)
    return decide_campaign(session, campaign_id=case.campaign.id, terms=NEAR_MISS)


def test_everybody_kept_and_it_succeeds_with_the_new_minimum(session: Session) -> None:
    case = asking(session)
    for gift in (case.first, case.second):
        choose(session, case, gift, Answer.KEEP)
    assert finish(session, case, at=in_time(case)), "nobody is waited for"
    assert (case.campaign.status, case.campaign.minimum_cents) == ("succeeded", 60_000)
    accounts = (held, payable, tips_deferred)
    assert balances(session, *(each(case.campaign.id) for each in accounts)) == (0, 90_000, 0)
    assert balances(session, TIPS) == (400,)
    assert jobs_of(session, "pledges.thank_keepers") == 1
    assert {"near_miss_over", "near_miss_over_coach"} <= set(mails(session))


def test_without_an_answer_a_gift_goes_back_as_was_said(session: Session) -> None:
    case = asking(session, TINY)
    choose(session, case, case.first, Answer.KEEP)
    assert finish(session, case)
    assert (case.first.status, case.second.status) == ("booked", "refunding")
    assert case.second.refund_reason == "no_answer"
    assert case.campaign.status == "succeeded"
    assert balances(session, payable(case.campaign.id)) == (50_000,)
    (message,) = mails_of(session, "refund_asked")
    assert "u koos niet of uw gift blijft" in words_of(message)


def test_a_gift_that_was_promised_to_stay_stays_without_an_answer(session: Session) -> None:
    case = running(session)
    third, _ = paid(
        session, case.campaign, amount_cents=5_000, bounds=STAYS, email="drie@voorbeeld.example"
    )
    miss(session, case)
    ask(session, case, TINY)
    choose(session, case, case.first, Answer.KEEP)
    assert finish(session, case)
    assert (third.status, case.second.status) == ("booked", "refunding")
    assert balances(session, payable(case.campaign.id)) == (55_000,)


def test_too_little_kept_and_everybody_is_paid_back(session: Session) -> None:
    case = asking(session)
    choose(session, case, case.first, Answer.BACK)
    choose(session, case, case.second, Answer.KEEP)
    assert finish(session, case, at=in_time(case))
    assert case.campaign.status == "failed"
    assert case.campaign.minimum_cents == 100_000, "the page tells what was needed"
    assert jobs_of(session, "pledges.refund_campaign") == 1
    assert balances(session, held(case.campaign.id), payable(case.campaign.id)) == (40_000, 0)


def test_it_is_not_over_while_somebody_may_still_choose(session: Session) -> None:
    case = asking(session)
    choose(session, case, case.first, Answer.KEEP)
    assert not finish(session, case, at=in_time(case, 3))
    assert near_miss_of(session, case).state == "asking"


def test_who_asks_for_the_rest_waits_for_it_and_gets_it(session: Session) -> None:
    case = asking(session, REST)
    for gift in (case.first, case.second):
        choose(session, case, gift, Answer.KEEP)
    assert not finish(session, case, at=in_time(case)), "others may still give"
    with clock.at(in_time(case)):
        paid(session, case.campaign, amount_cents=10_000, email="x@x.example")
    assert finish(session, case, at=in_time(case, 3))
    assert case.campaign.status == "succeeded"
    assert balances(session, payable(case.campaign.id)) == (100_000,)


def test_a_payment_that_is_under_way_at_the_end_is_waited_for(session: Session) -> None:
    case = asking(session, REST)
    for gift in (case.first, case.second):
        choose(session, case, gift, Answer.KEEP)
    with clock.at(in_time(case)):
        promise = pledge(session, case.campaign, amount_cents=10_000, email="x@x.example")
        payment = attempt(session, promise)
    end = near_miss_of(session, case).ends_at
    assert not finish(session, case, at=end)
    with clock.at(end + timedelta(hours=1)):
        tell(session, payment, paid_at=end - timedelta(seconds=1))
        book_payment(session, payment_id=payment.id)
    assert finish(session, case, at=end + timedelta(hours=1))
    assert case.campaign.status == "succeeded"


def test_a_chargeback_meanwhile_counts_and_so_does_its_reversal(session: Session) -> None:
    case = asking(session)
    with clock.at(in_time(case)):
        extra, payment = case.second, payment_of(session, case.second)
        tell_chargeback(session, payment, taken(40_200))
        assert extra.status == "charged_back"
        assert balances(session, held(case.campaign.id)) == (50_000,)
        tell_chargeback(session, payment, taken(40_200, given_back=True))
    assert balances(session, held(case.campaign.id), payable(case.campaign.id)) == (90_000, 0)
    assert case.second.status == "booked"


def test_match_of_a_live_fund_follows_what_was_kept(session: Session) -> None:
    """One euro for each euro: half of it goes with the gift that went back."""
    fund = open_fund()
    case = running(session, minimum_cents=190_000, goal_cents=200_000)
    application = ApplicationFactory(fund=fund, campaign=case.campaign)
    follow(session, fund)
    cents_before = match_cents(session, application)
    assert cents_before > 0
    miss(session, case)
    ask(session, case, TINY)
    choose(session, case, case.first, Answer.KEEP)
    end = near_miss_of(session, case).ends_at
    assert not finish(session, case, at=end), "the fund has a claim to deal with"
    follow(session, fund)
    assert match_cents(session, application) < cents_before
    assert finish(session, case, at=end + timedelta(minutes=1))
    assert case.campaign.status == "succeeded"


@pytest.mark.parametrize(("bounds", "status"), [(BOUNDS, "refunding"), (STAYS, "booked")])
def test_news_after_the_outcome_of_a_gift_that_was_never_asked_counts_as_silence(
    session: Session, bounds: PledgeSettings, status: str
) -> None:
    """Paid before the last day, and told by the provider weeks later: its donor had no choice."""
    case = running(session)
    promise = pledge(session, case.campaign, bounds=bounds, email="laat@x.example")
    payment = attempt(session, promise)
    with clock.at(case.ended_at + timedelta(days=1)):
        assert decide(session, case), "it is waited for a day at most"
    ask(session, case)
    for gift in (case.first, case.second):
        choose(session, case, gift, Answer.KEEP)
    assert not finish(session, case, at=in_time(case))
    assert finish(session, case, at=in_time(case, 4))
    assert case.campaign.status == "succeeded"
    with clock.at(in_time(case, 5)):
        tell(session, payment, paid_at=case.ended_at - timedelta(days=2))
        book_payment(session, payment_id=payment.id)
    session.flush()
    assert promise.status == status
    kept_cents = promise.amount_cents if status == "booked" else 0
    accounts = (held(case.campaign.id), payable(case.campaign.id))
    assert balances(session, *accounts) == (0, 90_000 + kept_cents)
    assert [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


def test_choices_do_not_close_early_on_match_for_a_gift_that_just_went_back(
    session: Session,
) -> None:
    """There is not enough once the fund has followed, so others may still give the rest."""
    case = running(session, minimum_cents=190_000, goal_cents=300_000)
    fund = open_fund()
    application = ApplicationFactory(fund=fund, campaign=case.campaign)
    follow(session, fund)
    miss(session, case)
    ask(session, case, Plan([90_000, 20_000], "Minder aarde.", asks_rest=True))
    with clock.at(in_time(case)):
        extra, _ = paid(session, case.campaign, amount_cents=10_000, email="x@x.example")
    follow(session, fund)
    assert match_cents(session, application) == 90_000
    choose(session, case, case.first, Answer.KEEP)
    choose(session, case, case.second, Answer.BACK)
    assert not finish(session, case, at=in_time(case))
    assert near_miss_of(session, case).state == "asking"
    follow(session, fund)
    assert match_cents(session, application) == 60_000
    assert finish(session, case, at=in_time(case)), "there is enough after all"
    assert (case.campaign.status, extra.status) == ("succeeded", "booked")


def test_the_timers_ask_remind_and_decide(fresh_database: Database, settings: Settings) -> None:
    """From the last day to the thanks, with nothing but jobs and choices."""
    with fresh_database.writing() as session, building_in(session):
        case = nearly(session)
        campaign_id = case.campaign.id
    with fresh_database.writing() as session, building_in(session):
        ask(session, case, TINY)
        end = near_miss_of(session, case).ends_at
    runtime = Runtime(fresh_database, settings)
    with clock.at(in_time(case)):
        run_jobs(fresh_database, settings)
        with fresh_database.writing() as session:
            answer_gift(session, token=case.first.token, answer=Answer.KEEP, actor=GUEST)
    for days in (7, 2):
        with clock.at(end - timedelta(days=days)):
            tasks.remind_near_misses(runtime)
            tasks.remind_near_misses(runtime)
    with clock.at(end):
        tasks.move_near_misses(runtime)
        run_jobs(fresh_database, settings, failing=True)  # No provider takes the refund here.
    with fresh_database.snapshot() as session:
        campaign = session.get_one(Campaign, campaign_id)
        assert campaign.status == "succeeded"
        recipients = [message.recipient for message in mails_of(session, "near_miss_asked")]
        assert recipients.count("een@voorbeeld.example") == 1
        assert recipients.count("twee@voorbeeld.example") == 3, "asked, and reminded twice"
        assert [message.recipient for message in mails_of(session, "near_miss_kept")] == [
            "een@voorbeeld.example"
        ]
        assert near_misses_to_move(session) == []
        assert [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


@pytest.mark.parametrize("plan", [SMALLER, REST])
def test_the_books_are_right_while_donors_choose(session: Session, plan: Plan) -> None:
    case = asking(session, plan)
    choose(session, case, case.first, Answer.BACK)
    checks = check_books(session, in_flight_max_days=400)
    assert [check for check in checks if not check.passed] == []
    assert "near_misses_owe_nothing" in [check.name for check in checks]
