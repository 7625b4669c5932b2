"""Random ends of a campaign: gifts, match, chargebacks, changed plans, choices and payouts.

Whatever happens in whatever order: the books agree, what is shown is in the ledger, match is never
above its award nor what a smaller plan needs, pots hold, and nobody is paid twice.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories import payouts as make
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.factories.people import actor_of
from tests.support.giving import NEAR_MISS, paid, taken, tell_chargeback
from tests.support.near_misses import coach
from tests.support.profiles import slow
from tests.support.promised import from_the_start
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.matching.live.allocator import allocate, waiting_match_claims
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.live.changed_plans import approve_plan, send_plan
from voorjebuurt.matching.models import FundPot
from voorjebuurt.matching.pots.changes import change_award
from voorjebuurt.matching.pots.service import release_match
from voorjebuurt.payments.models import Payment
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.payouts.shortfall.remainder import GONE, money_left, remainder_of
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.choices.outcome import decide_near_miss, move_on
from voorjebuurt.pledges.closing import (
    contributions_to_return,
    decide_campaign,
    return_contribution,
    start_closing,
)
from voorjebuurt.pledges.matches import live_match_cents, match_totals
from voorjebuurt.pledges.models import CampaignMatch, Pledge
from voorjebuurt.pledges.near_miss.holding_plans import holding_plan
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, Plan
from voorjebuurt.pledges.rules import DECIDED_MATCH, RefundReason

LONG = 10_000
_chargebacks = count(1)
RULES: dict[str, dict[str, Any]] = {
    "double": {},
    "quarter": {"caps": {"pct_of_goal": "25"}},
    "capped": {"caps": {"project_cents": 20_000}},
}


class Ending:
    """A campaign of € 1,200 that needs € 1,000, and one or two live funds."""

    def __init__(self, database: Database, funds: list[tuple[str, bool]]) -> None:
        self.database, self.deeds = database, 0
        self.funds: list[UUID] = []
        self.applications: list[UUID] = []
        self.gifts: list[str] = []
        with self.database.writing() as session, building_in(session):
            campaign = CampaignFactory(status="live")
            self.campaign_id = campaign.id
            self.initiator = actor_of(session.get_one(Person, campaign.initiator_id))
            self.coach = actor_of(coach(), "coach")
            self.anna, self.bram = (make.actor(make.person(session), "staff") for _ in range(2))
            self.closes_at = certain(campaign.closes_at)
            for rule, stacks in funds:
                fund = open_fund(RULES[rule], stacks=stacks)
                row = ApplicationFactory(fund=fund, campaign=campaign, exclusive=False)
                self.funds.append(fund.id)
                self.applications.append(row.id)
        self.moment = clock.now()

    def does(self, deed: Callable[[Session], object]) -> bool:
        """One deed in a transaction of its own; what is refused has changed nothing."""
        self.moment += timedelta(minutes=1)
        self.deeds += 1
        try:
            with (
                clock.at(self.moment),
                self.database.writing() as session,
                building_in(session),
            ):
                deed(session)
        except (DomainError, NotFoundError):
            return False
        return True

    def give(self, cents: int) -> None:
        def deed(session: Session) -> None:
            campaign = session.get_one(Campaign, self.campaign_id)
            email = f"gever{len(self.gifts)}@voorbeeld.example"
            gift, _ = paid(session, campaign, amount_cents=cents, tip_cents=0, email=email)
            self.gifts.append(gift.token)

        self.does(deed)

    def follow(self) -> None:
        for fund_id in self.funds:
            self.does(partial(allocate, fund_id=fund_id))

    def take(self, number: int, part: int, given_back: bool) -> None:
        """A bank takes a part of a gift (per cent), and perhaps gives it back later."""

        def deed(session: Session) -> None:
            if not self.gifts:
                return
            token = self.gifts[number % len(self.gifts)]
            pledge = session.scalars(select(Pledge).where(Pledge.token == token)).one()
            payment = session.scalars(select(Payment).where(Payment.pledge_id == pledge.id)).one()
            rest_cents = (payment.received_cents or 0) - payment.charged_back_cents
            cents = min(rest_cents - payment.refunded_cents, pledge.amount_cents * part // 100)
            if cents <= 0:
                return
            chargeback = next(_chargebacks)
            tell_chargeback(session, payment, taken(cents, number=chargeback))
            if given_back:
                fact = taken(cents, number=chargeback, given_back=True)
                tell_chargeback(session, payment, fact)

        self.does(deed)

    def lower(self, number: int, cents: int) -> None:
        """Officers lower an award, or withdraw it."""
        application_id = self.applications[number % len(self.applications)]

        def deed(session: Session) -> None:
            match = session.get_one(CampaignMatch, application_id)
            if match.status not in DECIDED_MATCH or cents >= (match.maximum_cents or 0):
                return
            if cents:
                key = f"lower:{application_id}:{self.deeds}"
                change_award(
                    session, application_id=application_id, cents=cents, key=key, actor=SYSTEM
                )
            elif match.status == "awarded":
                release_match(session, application_id=application_id, actor=SYSTEM)

        self.does(deed)

    def need_a_little_more(self) -> None:
        """The minimum is a tenth above what there is: the last day is a near miss."""
        self.follow()

        def deed(session: Session) -> None:
            reached_cents = balance(session, held(self.campaign_id))
            reached_cents += live_match_cents(session, self.campaign_id)
            campaign = session.get_one(Campaign, self.campaign_id)
            with from_the_start(session):
                campaign.minimum_cents = min(campaign.goal_cents or 0, reached_cents * 10 // 9)

        self.does(deed)

    def close(self) -> None:
        """The last day passes."""
        self.follow()
        self.moment = max(self.moment, self.closes_at + timedelta(hours=25))
        self.does(lambda s: start_closing(s, campaign_id=self.campaign_id))
        self.does(lambda s: decide_campaign(s, campaign_id=self.campaign_id, terms=NEAR_MISS))

    def plan(self, first: int, second: int, asks_rest: bool) -> None:
        """A plan of so many per cent of the lines as they are."""

        def sending(session: Session) -> None:
            near_miss = last_near_miss(session, self.campaign_id)
            if near_miss is None:
                raise NotFoundError("near_miss_not_found")
            parts = (first, second)
            lines = [
                line.old_cents * part // 100
                for line, part in zip(near_miss.lines, parts, strict=False)
            ]
            plan = Plan(lines, "Minder.", asks_rest=asks_rest)
            send_plan(session, campaign_id=self.campaign_id, plan=plan, actor=self.initiator)

        if self.does(sending):
            self.does(
                lambda s: approve_plan(s, campaign_id=self.campaign_id, note="", actor=self.coach)
            )

    def answer(self, number: int, answer: Answer) -> None:
        if self.gifts:
            token = self.gifts[number % len(self.gifts)]
            self.does(lambda s: answer_gift(s, token=token, answer=answer, actor=GUEST))

    def keep_all(self) -> None:
        for number in range(len(self.gifts)):
            self.answer(number, Answer.KEEP)

    def choose(self, to_end: bool) -> None:
        """The timer of near misses runs, perhaps after the last day to choose."""
        self.follow()
        with self.database.reading() as session:
            near_miss = last_near_miss(session, self.campaign_id)
            campaign_status = session.get_one(Campaign, self.campaign_id).status
        if near_miss is None or campaign_status != "near_miss":
            return
        if to_end:
            self.moment = max(self.moment, near_miss.ends_at)
        back: list[UUID] = []
        self.does(lambda s: back.extend(move_on(s, campaign_id=self.campaign_id)))
        self.send_back(back, RefundReason.NO_ANSWER)
        self.follow()
        self.does(lambda s: decide_near_miss(s, campaign_id=self.campaign_id))

    def send_back(self, pledge_ids: list[UUID], reason: RefundReason) -> None:
        for pledge_id in pledge_ids:
            self.does(
                partial(return_contribution, pledge_id=pledge_id, reason=reason, actor=SYSTEM)
            )

    def work(self) -> None:
        """All that the worker would do now."""
        self.follow()
        self.does(lambda s: settle_campaign(s, campaign_id=self.campaign_id))
        cause, terms = NearMissCause.GIFT, NEAR_MISS
        self.does(lambda s: fall_back(s, campaign_id=self.campaign_id, cause=cause, terms=terms))
        with self.database.reading() as session:
            refunds = contributions_to_return(session, self.campaign_id, but_not=(), limit=100)
            over = session.get_one(Campaign, self.campaign_id).status == "failed"
        if over:
            self.send_back(list(refunds), RefundReason.CAMPAIGN_FAILED)
        self.fits()

    def pay_out(self) -> None:
        """Staff pay what is payable, once an account is there."""
        case = make.Payable(certain_campaign(self), self.initiator, self.anna, self.bram)
        with clock.at(self.moment - timedelta(days=5)):
            self.does_at_once(lambda s: make.verified(s, case))
        ids: list[UUID] = []
        self.does(
            lambda s: ids.append(propose_payout(s, campaign_id=self.campaign_id, actor=self.anna))
        )
        for payout_id in ids:
            self.does(partial(release_payout, payout_id=payout_id, actor=self.bram))
            self.does(
                lambda s: export_payouts(s, debtor=make.DEBTOR, sealer=make.SEALER, actor=self.anna)
            )

    def does_at_once(self, deed: Callable[[Session], object]) -> None:
        try:
            with self.database.writing() as session:
                deed(session)
        except DomainError:
            return

    def fits(self) -> None:
        """Nothing waits: crowd and match are no more than a smaller plan costs, or the crowd."""
        with self.database.reading() as session:
            campaign = session.get_one(Campaign, self.campaign_id)
            plan = holding_plan(session, campaign)
            waits = [
                session.execute(waiting_match_claims(fund_id).limit(1)).first()
                for fund_id in self.funds
            ]
            is_gone = money_left(session, campaign.id)
            if plan is None or any(waits) or campaign.status not in WON or is_gone:
                return
            crowd_cents = remainder_of(session, campaign.id).crowd_cents
            match_cents = sum(
                session.get_one(CampaignMatch, each).match_cents for each in self.applications
            )
            assert crowd_cents + match_cents <= max(plan.budget_cents, crowd_cents)

    def everything_agrees(self) -> None:
        with clock.at(self.moment), self.database.reading() as session:
            wrong = [
                (check.name, check.differences)
                for check in check_books(session, in_flight_max_days=LONG)
                # What a bank took after a payout is lacking by nature.
                if not check.passed and check.name != "money_covers_what_is_owed"
            ]
            assert not wrong, wrong
            total_cents = match_totals(session, [self.campaign_id])[self.campaign_id].award_cents
            decision_cents = 0
            for application_id in self.applications:
                match = session.get_one(CampaignMatch, application_id)
                pot = session.get_one(FundPot, match.fund_id)
                assert 0 <= pot.taken_cents <= pot.ceiling_cents
                if match.status in DECIDED_MATCH:
                    assert match.net_cents <= min(match.match_cents, match.maximum_cents or 0)
                    decision_cents += match.net_cents
            assert total_cents == decision_cents
            self.the_page_agrees(session)
            paid_cents = select(func.coalesce(func.sum(Payout.amount_cents), 0)).where(
                Payout.campaign_id == self.campaign_id, Payout.status.in_(sorted(GONE))
            )
            gifts_cents = select(func.coalesce(func.sum(Pledge.amount_cents), 0)).where(
                Pledge.campaign_id == self.campaign_id, Pledge.booked_at.is_not(None)
            )
            most = sum(pot.ceiling_cents for pot in session.scalars(select(FundPot)).all())
            assert (
                certain(session.scalar(paid_cents)) <= certain(session.scalar(gifts_cents)) + most
            )

    def the_page_agrees(self, session: Session) -> None:
        page = last_near_miss(session, self.campaign_id)
        if page is None or page.outcome is not None:
            return
        assert page.crowd_cents == balance(session, held(self.campaign_id))
        plan = holding_plan(session, session.get_one(Campaign, self.campaign_id))
        if plan is not None:
            assert page.reached_cents <= max(plan.budget_cents, page.crowd_cents)


def certain_campaign(ending: Ending) -> Campaign:
    """The campaign's row, detached: for its id."""
    with ending.database.reading() as session:
        return session.get_one(Campaign, ending.campaign_id)


NUMBERS = range(4)
DEEDS = [
    *[("give", (cents,)) for cents in (10_000, 25_000, 40_000)],
    *[("follow", ())] * 2,
    *[("work", ())] * 6,
    *[("take", (number, part, False)) for number in NUMBERS for part in (20, 100)],
    *[("take", (number, 50, True)) for number in NUMBERS],
    *[("lower", (number, cents)) for number in (0, 1) for cents in (0, 5_000, 15_000)],
    *[("close", ())] * 8,
    *[
        ("plan", (first, second, rest))
        for first, second in ((60, 0), (80, 100), (90, 50), (100, 100))
        for rest in (False, True)
    ],
    *[("answer", (number, answer)) for number in NUMBERS for answer in Answer],
    *[("keep_all", ())] * 6,
    *[("choose", (to_end,)) for to_end in (False, True, True)],
    *[("pay_out", ())] * 2,
]
"""What may happen, as often as it helps to get far."""
ROAD = [
    ("need_a_little_more", ()),
    ("close", ()),
    ("work", ()),
    ("plan", (80, 100, False)),
    ("keep_all", ()),
]


@pytest.fixture
def outcomes() -> Iterator[set[str]]:
    """What campaigns came to, for a look at whether they got anywhere."""
    outcomes: set[str] = set()
    yield outcomes
    assert {"succeeded", "near_miss"} <= outcomes, outcomes


@given(
    funds=st.lists(
        st.tuples(st.sampled_from(sorted(RULES)), st.just(True)), min_size=1, max_size=2
    ),
    gifts=st.lists(st.sampled_from([15_000, 25_000, 30_000]), min_size=2, max_size=4),
    road=st.booleans(),
    deeds=st.lists(st.sampled_from(DEEDS), min_size=6, max_size=18),
)
@slow(16, *HealthCheck, phases=[Phase.reuse, Phase.generate])
def test_random_ends_of_a_campaign(
    fresh_database: Database,
    outcomes: set[str],
    funds: list[tuple[str, bool]],
    gifts: list[int],
    road: bool,
    deeds: list[tuple[str, tuple[int | bool | Answer, ...]]],
) -> None:
    ending = Ending(fresh_database, funds)
    for cents in gifts:
        ending.give(cents)
    for name, arguments in [*(ROAD if road else []), *deeds, ("work", ())]:
        getattr(ending, name)(*arguments)
        ending.everything_agrees()
        with fresh_database.reading() as session:
            outcomes.add(session.get_one(Campaign, ending.campaign_id).status)
