"""The end of a campaign with match money: what counts, what is waited for, what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.deposits import fund_paid
from tests.support.donor_mails import mails_of, tell_all, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import (
    ApplicationFactory,
    closing_fund,
    grant_first,
    open_fund,
)
from tests.support.fixtures_site import Committing
from tests.support.giving import (
    NO_SECOND_CHANCE,
    attempt,
    balances,
    close,
    jobs_of,
    pledge,
    tell,
)
from tests.support.live_funds import cents, follow, give, match_cents, taken_cents
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.ledger.rules import fund_free, fund_reserved, payable
from voorjebuurt.matching.live import campaign_end
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.pledges import closing
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.tasks import remind_initiators
from voorjebuurt.settings import Settings


def scene(
    rules: dict[str, Any] | None = None, *, minimum: int = 10_000, **fields: Any
) -> tuple[Fund, Campaign, Application]:
    """A live fund, and its announced award to a campaign with a minimum of € 100."""
    fund = open_fund(rules, **fields)
    campaign = CampaignFactory(status="live", minimum_cents=minimum)
    return fund, campaign, ApplicationFactory(fund=fund, campaign=campaign)


def status(session: Session, application: Application) -> str:
    session.flush()
    return session.get_one(CampaignMatch, application.id, populate_existing=True).status


def decide(session: Session, campaign: Campaign, after: timedelta = timedelta(0)) -> bool:
    with clock.at(certain(campaign.closes_at) + after):
        closing.start_closing(session, campaign_id=campaign.id)
        return closing.decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)


def settle(session: Session, campaign: Campaign) -> bool:
    return campaign_end.settle_campaign(session, campaign_id=campaign.id)


@pytest.mark.parametrize(("gift", "wins"), [(5_000, True), (4_999, False)])
def test_what_a_live_fund_matched_under_its_award_counts_for_the_minimum(
    session: Session, gift: int, wins: bool
) -> None:
    fund, campaign, _ = scene()
    give(session, campaign, gift, "a")
    follow(session, fund)
    close(session, campaign, wins=wins)


def test_what_a_live_fund_kept_without_an_award_counts_for_nothing(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 5_000, "a")
    follow(session, fund)
    match = session.get_one(CampaignMatch, application.id)
    match.kept_before_award, match.granted_at, match.maximum_cents = True, None, None
    match.status, application.status = "open", "admitted"
    close(session, campaign, wins=False)


def test_a_mark_reached_with_awarded_money_is_told_as_conditional(session: Session) -> None:
    fund, campaign, _ = scene()
    give(session, campaign, 5_000, "a")
    assert mails_of(session, "campaign_mark") == []
    follow(session, fund)
    follow(session, fund)
    tell_all(session)
    (message,) = mails_of(session, "campaign_mark")
    (to_donor,) = mails_of(session, "minimum_reached_donor")
    for words in (words_of(message), words_of(to_donor)):
        assert "het minimum is bereikt, € 100" in words
        assert "Toegekend door de gemeente, als de actie lukt: € 50" in words
        assert "Gereserveerd" not in words


def test_the_mail_before_the_last_day_names_what_is_awarded(
    committing: Committing, fresh_database: Database, settings: Settings
) -> None:
    with committing() as session:
        fund, campaign, _ = scene()
        give(session, campaign, 5_000, "a")
        follow(session, fund)
    with clock.at(certain(campaign.closes_at) - timedelta(days=1)):
        remind_initiators(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        (message,) = mails_of(session, "campaign_ending")
        words = words_of(message)
    assert "Tot nu toe opgehaald: € 50" in words
    assert "Toegekend door de gemeente, als de actie lukt: € 50" in words


def test_money_of_a_closing_date_comes_on_top(session: Session) -> None:
    campaign = CampaignFactory(status="live", minimum_cents=10_000)
    application = ApplicationFactory(fund=closing_fund(), campaign=campaign)
    pots.move(
        session,
        application_id=application.id,
        kind="reserve",
        key="k",
        cents=9_000,
        actor=SYSTEM,
    )
    give(session, campaign, 5_000, "a")
    close(session, campaign, wins=False)


def test_the_decision_waits_for_gifts_that_the_fund_did_not_deal_with(session: Session) -> None:
    fund, campaign, _ = scene()
    give(session, campaign, 5_000, "a")
    before = jobs_of(session, "matching.allocate")
    assert not decide(session, campaign)
    assert campaign.status == "closing"
    assert jobs_of(session, "matching.allocate") == before + 1
    follow(session, fund)
    assert decide(session, campaign)
    assert campaign.status == "succeeded"


def test_it_does_not_wait_longer_than_for_a_payment(session: Session) -> None:
    _, campaign, _ = scene()
    give(session, campaign, 5_000, "a")
    just_before = closing.WAIT_AT_MOST - timedelta(microseconds=1)
    assert not decide(session, campaign, just_before)
    assert decide(session, campaign, closing.WAIT_AT_MOST)
    assert campaign.status == "failed"


def test_an_application_without_an_award_holds_nothing_up(session: Session) -> None:
    campaign = CampaignFactory(status="live", minimum_cents=5_000)
    application = ApplicationFactory(fund=open_fund(), campaign=campaign, status="received")
    give(session, campaign, 5_000, "a")
    close(session, campaign)
    assert settle(session, campaign)
    assert status(session, application) == "open"


def test_awarded_after_the_end_its_gifts_count_and_then_it_is_owed(session: Session) -> None:
    """After an objection that was upheld: the rule makes the same of it."""
    fund = open_fund()
    campaign = CampaignFactory(status="live", minimum_cents=5_000)
    application = ApplicationFactory(fund=fund, campaign=campaign, status="received")
    give(session, campaign, 5_000, "a")
    close(session, campaign)
    grant_first(session, application)
    assert jobs_of(session, "matching.campaign_ended") == 2
    assert not settle(session, campaign), "there are gifts to deal with first"
    follow(session, fund)
    assert settle(session, campaign)
    state = status(session, application), match_cents(session, application)
    assert state == ("committed", 5_000)


def test_after_success_a_live_award_is_owed_without_a_second_decision(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 5_000, "a")
    follow(session, fund)
    close(session, campaign)
    assert jobs_of(session, "matching.campaign_ended") == 1
    assert campaign_end.campaigns_to_settle(session) == [campaign.id]
    assert settle(session, campaign)
    assert settle(session, campaign)
    assert campaign_end.campaigns_to_settle(session) == []
    assert status(session, application) == "committed"
    assert session.get_one(CampaignMatch, application.id).fixed_cents == 5_000
    assert balances(session, payable(campaign.id)) == (10_000,)
    (message,) = mails_of(session, "match_amount_fixed")
    words = words_of(message)
    assert "Het berekende bedrag is € 50." in words
    assert "hoogstens € 1.000" in words


def test_a_live_award_to_which_the_rule_gives_nothing_ends(session: Session) -> None:
    rules = {"require": [{"field": "donors", "op": ">=", "value": 3, "reason": "drie gevers"}]}
    fund, campaign, application = scene(rules, minimum=5_000)
    give(session, campaign, 5_000, "a")
    follow(session, fund)
    close(session, campaign)
    assert settle(session, campaign)
    session.refresh(application)
    assert (status(session, application), application.status) == ("released", "expired")
    (message,) = mails_of(session, "match_amount_fixed")
    assert "komt uit op niets" in words_of(message)
    assert campaign_end.campaigns_to_settle(session) == []


@pytest.mark.parametrize(("days", "wins"), [(-1, True), (1, False)])
def test_a_closing_date_counts_only_what_was_awarded_before_the_last_day_was_over(
    session: Session, days: int, wins: bool
) -> None:
    campaign = CampaignFactory(status="live", minimum_cents=10_000)
    application = ApplicationFactory(fund=closing_fund(), campaign=campaign)
    give(session, campaign, 5_000, "a")
    with clock.at(certain(campaign.closes_at) + timedelta(days=days)):
        pots.award_match(
            session, application_id=application.id, cents=5_000, key="award", actor=SYSTEM
        )
    close(session, campaign, wins=wins)


def test_what_was_awarded_before_success_is_owed_after_it(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 5_000, "a")
    follow(session, fund)
    pots.award_match(session, application_id=application.id, cents=5_000, key="award", actor=SYSTEM)
    close(session, campaign)
    assert settle(session, campaign)
    assert status(session, application) == "committed"
    assert balances(session, payable(campaign.id)) == (10_000,)


@pytest.mark.parametrize("ends", ["fails", "is cancelled"])
def test_a_campaign_without_success_lets_everything_go(session: Session, ends: str) -> None:
    fund, campaign, application = scene(prepaid=True)
    fund_paid(session, fund_id=fund.id, cents=50_000, reference="IN")
    give(session, campaign, 4_000, "a")
    follow(session, fund)
    if ends == "fails":
        close(session, campaign, wins=False)
    else:
        closing.cancel_campaign(session, campaign_id=campaign.id, reason="Ziek", actor=SYSTEM)
    assert jobs_of(session, "matching.campaign_ended") == 1
    assert settle(session, campaign)
    assert status(session, application) == "released"
    assert taken_cents(session, fund) == 0
    accounts = fund_free(fund.id), fund_reserved(application.id)
    assert balances(session, *accounts) == (50_000, 0)


def test_a_gift_that_was_paid_in_time_and_heard_of_late_still_counts(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 5_000, "a")
    promise = pledge(session, campaign, amount_cents=1_000, tip_cents=0, email="b@x.example")
    payment = attempt(session, promise)
    follow(session, fund)
    with clock.at(certain(campaign.closes_at) + closing.WAIT_AT_MOST):
        assert decide(session, campaign, closing.WAIT_AT_MOST)
    tell(session, payment, paid_at=certain(campaign.closes_at) - timedelta(seconds=1))
    book_payment(session, payment_id=payment.id)
    assert not settle(session, campaign)
    follow(session, fund)
    assert settle(session, campaign)
    assert cents(session, application) == [5_000, 1_000]


def test_a_campaign_that_runs_is_left_alone(session: Session) -> None:
    _, campaign, application = scene()
    assert settle(session, campaign)
    assert status(session, application) == "awarded"
