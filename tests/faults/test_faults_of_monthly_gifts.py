"""A gift that comes back each month, over real HTTP: news late, twice or never, crashes, a slow
provider, mandates that go. Never two in one month, and a failure is told once.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import TRAVELLING_QUEUE, Runtime
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments import tasks as payments
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.providers import mollie
from voorjebuurt.pledges.models import MatchClaim, Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rules import next_due
from voorjebuurt.pledges.monthly.tasks import mind_monthly
from voorjebuurt.pledges.tasks import close_campaigns
from voorjebuurt.worker.run_waiting import run_waiting_jobs
from voorjebuurt.worker.stalled_jobs import rescue_jobs

LONG = 150
"""Days until the campaign's last day: four months fit at least."""


class Months:
    """A donor who gives € 10 and a tip of € 1 each month, and the days that come."""

    def __init__(self, world: World) -> None:
        self.world = world
        today = clock.today()
        self.campaign: Campaign = world.campaign(deadline_on=today + timedelta(days=LONG))
        donor = world.donor().fill_in(self.campaign.slug, 1000, 100, often="monthly")
        self.donor: Donor = donor
        world.sandbox.pay(donor.checkout())
        world.work()

    @property
    def gift(self) -> MonthlyGift:
        """Its row."""
        with self.world.database.reading() as session:
            return session.scalars(select(MonthlyGift)).one()

    @property
    def collections(self) -> list[MonthlyCollection]:
        """Its months."""
        with self.world.database.reading() as session:
            rows = select(MonthlyCollection).order_by(MonthlyCollection.month)
            return list(session.scalars(rows))

    @property
    def states(self) -> list[str]:
        """How each month is going."""
        return [collection.state for collection in self.collections]

    def due(self) -> date:
        """When is collected next."""
        gift = self.gift
        months = [collection.month for collection in self.collections]
        day = next_due(day=gift.day, until_on=gift.until_on, today=clock.today(), months=months)
        assert day is not None
        return day

    def come(self, day: date) -> None:
        """Let a day come, here and at the provider, and what concerns monthly gifts happen."""
        moment = datetime.combine(day, datetime.min.time(), clock.AMSTERDAM) + timedelta(hours=12)
        self.world.sandbox.set_clock(moment.isoformat())
        self.world.sandbox.wait_for_webhooks()
        runtime = Runtime(self.world.database, self.world.settings)
        with clock.at(moment):
            rescue_jobs(runtime, silent_seconds=0, queue=TRAVELLING_QUEUE)
            runs = run_waiting_jobs(runtime)
            for _ in range(2):
                for sweep in (mind_monthly, payments.sweep, close_campaigns):
                    sweep(runtime)
                runs += run_waiting_jobs(runtime)
        errors = [run.error for run in runs if run.error is not None and not run.again]
        assert errors == []

    def announce(self) -> date:
        """The day on which the next one is announced; returns when it is collected."""
        due = self.due()
        self.come(due - timedelta(days=5))
        return due

    def collect(self, outcome: str = "paid") -> date:
        """A whole month: announced, collected, and what the bank says of it."""
        due = self.announce()
        self.outcome(outcome)
        self.come(due)
        self.come(due + timedelta(days=2))
        return due

    def outcome(self, outcome: str) -> None:
        """What becomes of what is collected from now on."""
        path = f"mandates/{self.gift.mandate_id}/outcome"
        self.world.sandbox.control(path, {"outcome": outcome})

    def mandate(self, status: str) -> None:
        """Let the bank say something of the mandate."""
        self.world.sandbox.control(f"mandates/{self.gift.mandate_id}/state", {"status": status})

    def sent(self, template: str) -> list[dict[str, Any]]:
        """What the mails of a kind were made of."""
        with self.world.database.reading() as session:
            rows = select(MailMessage).where(MailMessage.template == template)
            return [dict(row.context) for row in session.scalars(rows)]

    def recurring(self) -> list[dict[str, Any]]:
        """What the provider was asked to collect."""
        rows = self.world.provider_payments()
        return [payment for payment in rows if payment["sequenceType"] == "recurring"]

    def held(self) -> int:
        """What the campaign has."""
        with self.world.database.reading() as session:
            return balance(session, held(self.campaign.id))


@pytest.fixture
def months(world: World) -> Months:
    return Months(world)


def test_month_after_month_until_the_donor_stops(world: World, months: Months) -> None:
    gift = months.gift
    assert (gift.status, gift.amount_cents, gift.tip_cents) == ("run", 1000, 100)
    assert (gift.day, months.states) == (clock.today().day, ["arrival"])
    due = months.announce()
    assert months.states == ["arrival", "plan"]
    (mail,) = months.sent("monthly_announced")
    assert (mail["due_on"], mail["total_cents"]) == (due.isoformat(), 1100)
    months.come(due - timedelta(days=1))
    assert months.recurring() == []
    months.come(due)
    months.come(due + timedelta(days=1))
    assert months.states == ["arrival", "way"]
    (order,) = months.recurring()
    assert (order["status"], order["amount"]["value"]) == ("pending", "11.00")
    assert order["redirectUrl"] is None
    months.come(due + timedelta(days=2))
    assert months.states == ["arrival", "arrival"]
    months.collect()
    assert (months.states, months.held()) == (["arrival"] * 3, 3000)
    address = f"{world.site}/maandgiften/{gift.token}/stoppen"
    months.donor.post(address, months.donor.token_of(address))
    world.work()
    assert (months.gift.status, months.gift.reason) == ("stop", "donor")
    months.come(due + timedelta(days=70))
    assert months.gift.released_at is not None
    with world.database.reading() as session:
        pledges = session.scalars(select(Pledge).order_by(Pledge.created_at)).all()
        assert [pledge.donor_key for pledge in pledges] == [pledges[0].donor_key] * 3
        keys = {claim.donor_key for claim in session.scalars(select(MatchClaim))}
        assert len(keys) == 1, "for match money they are one donor"
        assert [pledge.message for pledge in pledges] == [""] * 3
    mandates = world.sandbox.log("revoke_mandate")
    assert [call["status"] for call in mandates] == [204]
    assert len(months.recurring()) == 2
    mails = ["receipt"] * 3 + ["monthly_announced"] * 2 + ["monthly_begun", "monthly_over"]
    assert_sound(world, mails=mails)


def test_a_failure_is_told_once_and_not_tried_again_that_month(
    world: World, months: Months
) -> None:
    due = months.collect("failed")
    assert months.states == ["arrival", "failure"]
    for days in (3, 5, 9, 12):
        months.come(due + timedelta(days=days))
    world.sandbox.redeliver(months.recurring()[0]["id"], times=3)
    world.work()
    assert len(months.recurring()) == 1
    assert len(months.sent("monthly_failed")) == 1
    months.collect()
    assert (months.gift.status, months.states) == ("run", ["arrival", "failure", "arrival"])
    mails = ["receipt"] * 2 + ["monthly_announced"] * 2 + ["monthly_begun", "monthly_failed"]
    assert_sound(world, mails=mails)


def test_two_failures_in_a_row_stop_it(world: World, months: Months) -> None:
    months.collect("failed")
    due = months.collect("failed")
    assert (months.gift.status, months.gift.reason) == ("stop", "failures")
    months.come(due + timedelta(days=40))
    assert len(months.recurring()) == 2
    assert months.gift.released_at is not None
    mails = ["receipt", "monthly_begun", "monthly_over"]
    assert_sound(world, mails=mails + ["monthly_announced", "monthly_failed"] * 2)


def test_what_the_bank_takes_back_is_a_failure_told_once(world: World, months: Months) -> None:
    due = months.collect()
    world.sandbox.charge_back(months.recurring()[0]["id"], reason="MD06")
    months.come(due + timedelta(days=3))
    assert (months.states, months.held()) == (["arrival", "failure"], 1000)
    mails = ["receipt"] * 2 + ["monthly_begun", "monthly_announced", "gift_charged_back"]
    assert_sound(world, mails=mails, alerts=["chargeback"])


@pytest.mark.parametrize("status", ["invalid", "revoked"])
def test_a_mandate_that_went_breaks_it_and_is_told(
    world: World, months: Months, status: str
) -> None:
    due = months.announce()
    months.mandate(status)
    months.come(due)
    assert (months.gift.status, months.gift.reason) == ("break", "mandate")
    assert (months.states, months.recurring()) == (["arrival", "skip"], [])
    assert [mail["cause"] for mail in months.sent("monthly_over")] == ["mandate"]


def test_a_mandate_that_goes_between_the_look_and_the_question(
    world: World, months: Months
) -> None:
    due = months.announce()
    months.mandate("invalid")
    world.sandbox.switch("alter", "get_mandate", set={"status": "valid"}, count=1)
    months.come(due)
    assert (months.gift.status, months.states) == ("break", ["arrival", "failure"])
    assert months.recurring() == []


def test_a_mandate_that_is_not_ready_is_waited_for(world: World, months: Months) -> None:
    due = months.announce()
    months.mandate("pending")
    months.come(due)
    assert (months.states, months.recurring()) == (["arrival", "plan"], [])
    months.mandate("valid")
    months.come(due + timedelta(days=1))
    assert months.states == ["arrival", "way"]


def test_a_month_that_could_not_be_collected_in_time_is_passed_over(
    world: World, months: Months
) -> None:
    due = months.announce()
    months.mandate("pending")
    months.come(due)
    months.mandate("valid")
    months.come(due + timedelta(days=4))
    assert (months.states, months.recurring()) == (["arrival", "skip"], [])


@pytest.mark.parametrize("behaviour", ["reset", "cut_connection", "cut_json", "bad_gateway"])
def test_an_answer_that_is_lost_makes_no_second_collection(
    world: World, months: Months, behaviour: str
) -> None:
    due = months.announce()
    world.sandbox.switch(behaviour, "create_payment", when="after")
    months.come(due)
    months.come(due + timedelta(days=1))
    assert len(months.recurring()) == 1
    months.come(due + timedelta(days=3))
    assert (months.states, months.held()) == (["arrival", "arrival"], 2000)


def test_a_slow_provider_is_asked_again_under_the_same_key(
    world: World, months: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mollie, "_TIMEOUT_SECONDS", (1, 1))
    due = months.announce()
    world.sandbox.switch("delay", "create_payment", when="after", seconds=2)
    world.sandbox.switch("rate_limit", "get_mandate")
    months.come(due)
    months.come(due + timedelta(days=1))
    assert len(months.recurring()) == 1
    assert months.states == ["arrival", "way"]


def test_a_crash_between_the_row_and_the_question_is_made_good(
    world: World, months: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = months.announce()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("voorjebuurt.pledges.monthly.provider._send", _killed)
        months.come(due)
    assert (months.states, months.recurring()) == (["arrival", "way"], [])
    months.come(due)
    months.come(due + timedelta(days=1))
    assert len(months.recurring()) == 1
    with world.database.reading() as session:
        statement = select(Payment.provider_id).where(Payment.sequence == "recurring")
        assert session.scalars(statement).all() == [months.recurring()[0]["id"]]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_question_that_stays_without_answer_is_given_up(world: World, months: Months) -> None:
    due = months.announce()
    world.sandbox.switch("error", "create_payment", status=503, count=None)
    months.come(due)
    assert months.states == ["arrival", "way"]
    months.come(due + timedelta(days=3))
    assert (months.states, months.recurring()) == (["arrival", "failure"], [])
    assert len(months.sent("monthly_failed")) == 1


def test_news_that_never_comes_is_fetched(world: World, months: Months) -> None:
    world.sandbox.switch("drop_webhook", count=None)
    months.collect()
    months.come(months.collections[-1].due_on + timedelta(days=4))
    assert (months.states, months.held()) == (["arrival", "arrival"], 2000)


def test_the_end_of_the_campaign_ends_it(world: World, months: Months) -> None:
    last = months.campaign.deadline_on
    assert last is not None
    months.come(last + timedelta(days=1))
    months.come(last + timedelta(days=3))
    assert (months.gift.status, months.gift.reason) == ("end", "campaign")
    assert months.gift.released_at is not None


def test_a_provider_that_makes_no_customer_keeps_nothing_and_is_asked_again(world: World) -> None:
    campaign = world.campaign(deadline_on=clock.today() + timedelta(days=LONG))
    donor = world.donor().fill_in(campaign.slug, 1000, 0, often="monthly")
    world.sandbox.switch("error", "create_customer", status=503)
    assert donor.pay().headers["Location"].endswith(f"/giften/{donor.gift}")
    assert "can’t be reached right now" in donor.page
    assert world.at_provider() == 0
    world.sandbox.switch("reset", "create_customer", when="after")
    donor.pay()
    world.sandbox.pay(donor.checkout())
    world.work()
    customers = {call["idempotency_key"] for call in world.sandbox.log("create_customer")}
    assert len(customers) == 1
    assert donor.state == "booked"
    assert "each month" in donor.page
