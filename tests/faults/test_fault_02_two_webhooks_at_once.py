"""Fault 2: two webhooks, and two workers that deal with them, at the same moment."""

from sqlalchemy import func, select

from tests.support.at_once import at_once
from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from tests.support.jobs import run_jobs
from tests.support.sandbox_process import wait_for
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.pledges.booking import book_payment


def postings(world: World, kind: str) -> int | None:
    with world.database.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(LedgerTransaction)
            .where(LedgerTransaction.kind == kind)
        )


def test_fault_02_two_webhooks_at_once(world: World) -> None:
    """Two webhooks of one payment arrive together while two workers take jobs."""
    campaign = world.campaign()
    donor = world.giving(campaign)
    world.sandbox.switch("drop_webhook")
    world.sandbox.pay(donor.checkout())
    payment = world.payment(donor)

    def call() -> int:
        return world.webhook(payment.webhook_token, certain(payment.provider_id)).status_code

    def work() -> None:
        run_jobs(world.database, world.settings)

    assert at_once(call, call) == [200, 200]
    with world.database.writing() as session:
        sync_later(session, payment.id)
    assert at_once(work, work) == [None, None]
    world.work()
    assert postings(world, "payment_paid") == 1
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_fault_02_two_bookings_at_once(world: World) -> None:
    """Two workers book the same payment in the same instant."""
    campaign = world.campaign()
    donor = world.giving(campaign)
    world.sandbox.pay(donor.checkout())
    world.sandbox.wait_for_webhooks()
    payment = world.payment(donor)

    def book() -> None:
        with world.database.writing() as session:
            book_payment(session, payment_id=payment.id)

    world.sandbox.switch("delay", "get_payment", seconds=0.2)
    run_jobs(world.database, world.settings)
    assert at_once(book, book, book) == [None, None, None]
    assert postings(world, "payment_paid") == 1
    assert_sound(world, mails=["receipt"])


def test_fault_02_two_worker_processes(world: World) -> None:
    """Every webhook comes five times, and two real workers deal with them as they come."""
    donor = world.giving(world.campaign())
    checkout = donor.checkout()
    world.sandbox.switch("double_webhook", count=None, times=5)
    with world.worker(), world.worker():
        world.sandbox.pay(checkout)
        wait_for(lambda: donor.state == "booked", seconds=60)
        wait_for(lambda: world.mails("receipt", only_sent=True) == 1, seconds=60)
        wait_for(lambda: not world.busy(), seconds=60)
    assert_sound(world, mails=["receipt"])
