"""Random lives of one campaign: whatever happens in whatever order, the books stay right.

Donors pay in time, late, twice or wrongly; banks and colleagues send money back; news is lost
or comes much later; the campaign closes or is stopped. After each step every check must pass.
"""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.fake_provider import FakeProvider
from tests.support.profiles import slow
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import RetryLaterError, Runtime
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import SUSPENSE
from voorjebuurt.payments import provider_calls, providers
from voorjebuurt.payments.gateway import GatewayRefusedError
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges import service
from voorjebuurt.pledges.closing import cancel_campaign
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.tasks import close_campaigns, refund_sweep
from voorjebuurt.settings import Settings
from voorjebuurt.worker.run_waiting import run_waiting_jobs

AMOUNTS = st.sampled_from([100, 2500, 5000])
TIPS = st.sampled_from([0, 50, 200])
PARTS = st.sampled_from([1, 40, 2600, 10_000])
WITHOUT_MONEY = st.sampled_from(["open", "pending", "failed", "canceled", "expired"])
LONG = 10_000
"""Days; the machine's clock jumps over the month in which a campaign runs."""

Attempt = tuple[UUID, str]
"""Our id of a payment and the provider's."""


class Lives(RuleBasedStateMachine):
    """``runtime`` and ``provider`` are set by the test below."""

    runtime: Runtime
    provider: FakeProvider

    gifts = Bundle("gifts")
    payments = Bundle("payments")

    @initialize(
        target=payments,
        kind=st.sampled_from(["all_or_nothing", "keep_what_comes"]),
        minimum=st.sampled_from([3000, 6000, 9000]),
    )
    def begin(self, kind: str, minimum: int) -> MultipleResults[Attempt]:
        """A campaign with a gift of € 50 and a tip that is booked, and one that is not paid."""
        self.moment, self.checked_at = clock.now(), ""
        with self.runtime.database.writing() as session, building_in(session):
            # What an earlier life left to be tried again would only take time.
            session.execute(text("DELETE FROM procrastinate_jobs"))
            self.campaign = CampaignFactory(status="live", kind=kind, minimum_cents=minimum)
        first, waiting = (self._attempt(self._pledge(5000, 200)) for _ in range(2))
        self.pay(certain(first), -1, False)
        self.news(certain(first))
        return multiple(certain(first), certain(waiting))

    @rule(target=gifts, cents=AMOUNTS, tip=TIPS)
    def pledge(self, cents: int, tip: int) -> str | MultipleResults[str]:
        gift = self._pledge(cents, tip)
        return multiple() if gift is None else gift

    @rule(target=payments, cents=AMOUNTS, tip=TIPS)
    def give(self, cents: int, tip: int) -> Attempt | MultipleResults[Attempt]:
        gift = self._pledge(cents, tip)
        if gift is None:
            return multiple()
        payment = self._attempt(gift)
        self.pay(certain(payment), -1, False)
        self.news(certain(payment))
        return certain(payment)

    def _pledge(self, cents: int, tip: int) -> str | None:
        with clock.at(self.moment):
            try:
                with self.runtime.database.writing() as session:
                    pledge = service.make_pledge(
                        session,
                        campaign_id=self.campaign.id,
                        details=PledgeDetails(
                            amount_cents=cents,
                            tip_cents=tip,
                            email="gever@voorbeeld.example",
                            name="",
                            name_public=False,
                            message="",
                            postcode=None,
                            donor_key="d",
                        ),
                        locale="nl",
                        bounds=self.runtime.settings.pledges,
                        actor=GUEST,
                    )
            except DomainError:
                return None
            return pledge.token

    @rule(target=payments, gift=gifts)
    def press_the_button(self, gift: str) -> Attempt | MultipleResults[Attempt]:
        payment = self._attempt(gift)
        return multiple() if payment is None else payment

    def _attempt(self, gift: str | None) -> Attempt | None:
        with clock.at(self.moment):
            try:
                with self.runtime.database.writing() as session:
                    payment = service.start_attempt(
                        session, token=certain(gift), base_url="http://site.example", actor=GUEST
                    )
            except DomainError:
                return None
            provider_calls.create_at_provider(
                self.runtime.database, self.provider, payment_id=payment.id, mode="test"
            )
            with self.runtime.database.reading() as session:
                provider_id = session.get_one(type(payment), payment.id).provider_id
            return payment.id, certain(provider_id)

    @rule(payment=payments, status=WITHOUT_MONEY)
    def do_not_pay(self, payment: Attempt, status: str) -> None:
        if self.provider.payments[payment[1]].status != "paid":
            self.provider.change(payment[1], status=status)

    @rule(payment=payments, minutes=st.sampled_from([-1, 0, 1]), wrong=st.booleans())
    def pay(self, payment: Attempt, minutes: int, wrong: bool) -> None:
        facts = self.provider.payments[payment[1]]
        if facts.status != "paid":
            cents = certain(facts.amount_cents) + (1 if wrong and minutes else 0)
            paid_at = certain(self.campaign.closes_at) + timedelta(minutes=minutes)
            self.provider.change(
                payment[1],
                status="paid",
                paid_at=paid_at,
                amount_cents=cents,
                method="ideal",
            )

    @rule(payment=payments)
    def pay_a_twin(self, payment: Attempt) -> None:
        twin = self.provider.copy_as_paid(payment[1])
        with clock.at(self.moment):
            provider_calls.adopt_payment(
                self.runtime.database,
                self.provider,
                payment_id=payment[0],
                provider_id=twin.provider_id,
                mode="test",
            )
        self.work()

    @rule(payment=payments)
    def news(self, payment: Attempt) -> None:
        with clock.at(self.moment):
            provider_calls.sync_payment(
                self.runtime.database, self.provider, payment_id=payment[0], mode="test"
            )
        self.work()

    @rule(payment=payments, part=PARTS, with_news=st.booleans())
    def refund_in_the_dashboard(self, payment: Attempt, part: int, with_news: bool) -> None:
        if self.provider.payments[payment[1]].status == "paid":
            cents = min(part, self.provider.remaining(payment[1]))
            if cents:
                self.provider.add_refund(payment[1], cents)
                self.tell(payment, with_news)

    @rule(
        payment=payments,
        end=st.sampled_from(["refunded", "refunded", "failed", "canceled"]),
        with_news=st.booleans(),
    )
    def refunds_end(self, payment: Attempt, end: str, with_news: bool) -> None:
        self.provider.decide_refunds(payment[1], end)
        self.tell(payment, with_news)

    @rule(payment=payments)
    def refunds_come_back(self, payment: Attempt) -> None:
        self.provider.decide_refunds(payment[1], "failed", before="refunded")

    @rule(payment=payments, part=PARTS, with_news=st.booleans())
    def charge_back(self, payment: Attempt, part: int, with_news: bool) -> None:
        facts = self.provider.payments[payment[1]]
        cents = min(part, (facts.amount_cents or 0) - self.provider.charged_back(payment[1]))
        if facts.status == "paid" and cents > 0:
            self.provider.charge_back(payment[1], cents)
            self.tell(payment, with_news)

    @rule(payment=payments, with_news=st.booleans())
    def give_back(self, payment: Attempt, with_news: bool) -> None:
        self.provider.reverse_chargebacks(payment[1])
        self.tell(payment, with_news)

    def tell(self, payment: Attempt, with_news: bool) -> None:
        """The news comes now, or with the next."""
        if with_news:
            self.news(payment)

    @rule(after=st.sampled_from([*[None] * 4, timedelta(minutes=1), timedelta(hours=25)]))
    def time_passes(self, after: timedelta | None) -> None:
        if after is None:
            return
        self.moment = max(self.moment, certain(self.campaign.closes_at) + after)
        with clock.at(self.moment):
            close_campaigns(self.runtime)
            refund_sweep(self.runtime)
        self.work()

    @precondition(lambda self: self.moment < self.campaign.closes_at)
    @rule(really=st.sampled_from([*[False] * 7, True]))
    def stop_the_campaign(self, really: bool) -> None:
        if not really:
            return
        with clock.at(self.moment), self.runtime.database.writing() as session:
            with building_in(session):
                staff = actor_of(PersonFactory(), "staff")
            try:
                cancel_campaign(session, campaign_id=self.campaign.id, reason="Bedrog", actor=staff)
            except DomainError:
                return
        self.work()

    def work(self) -> None:
        with clock.at(self.moment):
            for job in run_waiting_jobs(self.runtime):
                is_normal = job.error is None or isinstance(
                    job.error, GatewayRefusedError | RetryLaterError
                )
                assert is_normal, job

    @invariant()
    def the_books_are_right(self) -> None:
        with clock.at(self.moment), self.runtime.database.reading() as session:
            # The number of the next transaction that writes: the same, and nobody wrote.
            number = session.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))
            if (state := f"{number} {self.moment}") == self.checked_at:
                return
            self.checked_at = state
            checks = check_books(session, in_flight_max_days=LONG)
            short = balance(session, SUSPENSE) < 0
        wrong = [
            (check.name, check.differences)
            for check in checks
            # Money that was taken and that nothing explains is short by nature.
            if not check.passed and not (short and check.name == "money_covers_what_is_owed")
        ]
        assert not wrong, wrong


def test_random_lives_of_a_campaign(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = FakeProvider()
    monkeypatch.setattr(providers, "connect", lambda *_: provider)
    Lives.runtime = Runtime(fresh_database, settings)
    Lives.provider = provider
    run_state_machine_as_test(
        Lives,
        settings=slow(
            14,
            *HealthCheck,
            stateful_step_count=20,
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )
