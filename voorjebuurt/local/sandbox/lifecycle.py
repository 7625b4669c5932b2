"""What happens by itself as time passes: payments expire, refunds arrive."""

import threading
from datetime import datetime, timedelta

from voorjebuurt.local.sandbox.balance import available_cents
from voorjebuurt.local.sandbox.clock import read, text
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Payment, Refund
from voorjebuurt.local.sandbox.payments import change_status, settle_collection
from voorjebuurt.local.sandbox.refunds import change_refund


def advance(sandbox: Sandbox) -> None:
    """Do what was due by the sandbox's clock, each at the moment it was due."""
    now = sandbox.clock.stamp()
    sql = "SELECT * FROM payments WHERE status = 'open' AND expires_at <= ? ORDER BY seq"
    for payment in sandbox.store.every(Payment, sql, now):
        with sandbox.store.transaction():
            still = sandbox.store.first(Payment, sql + " LIMIT 1", now)
            if still and still.id == payment.id:
                change_status(sandbox, payment, "expired", at=payment.expires_at)
    sql = "SELECT * FROM payments WHERE status = 'pending' AND due_at <= ? ORDER BY seq"
    for payment in sandbox.store.every(Payment, sql, now):
        with sandbox.store.transaction():
            if sandbox.store.first(Payment, f"{sql} LIMIT 1", now) == payment:
                settle_collection(sandbox, payment)
    for status, following in (
        ("queued", "pending"),
        ("pending", "processing"),
        ("processing", "refunded"),
    ):
        _advance_refunds(sandbox, status, following)


def move_clock(sandbox: Sandbox, moment: datetime | None) -> None:
    """Let it be ``moment`` here, or the real time again, and do what is due by then.

    When the time goes back, whatever began in what is now the future begins now: else a refund
    made during a look ahead would not arrive before that day really comes.
    """
    with sandbox.store.transaction():
        before = sandbox.clock.now()
        sandbox.clock.stand_at(moment)
        if sandbox.clock.now() < before:
            now, last = sandbox.clock.stamp(), sandbox.clock.stamp(after=sandbox.options.expiry)
            sandbox.store.execute("UPDATE refunds SET changed_at = min(changed_at, ?)", now)
            sandbox.store.execute(
                "UPDATE payments SET expires_at = min(expires_at, ?) WHERE status = 'open'", last
            )
            sandbox.store.execute(
                "UPDATE payments SET due_at = min(due_at, ?) WHERE status = 'pending'",
                sandbox.clock.stamp(after=sandbox.options.collection),
            )
    advance(sandbox)


def run(sandbox: Sandbox) -> None:
    """Advance once in a while until the sandbox stops; for a thread of its own."""
    stopping: threading.Event = sandbox.stopping
    while not stopping.wait(sandbox.options.tick):
        advance(sandbox)


def _advance_refunds(sandbox: Sandbox, status: str, following: str) -> None:
    lasts = {
        "queued": 0.0,
        "pending": sandbox.options.refund_pending,
        "processing": sandbox.options.refund_processing,
    }[status]
    since = text(sandbox.clock.now() - timedelta(seconds=lasts))
    # The status is a literal here so that SQLite can see that its partial index serves.
    sql = f"SELECT * FROM refunds WHERE status = '{status}' AND changed_at <= ? ORDER BY seq"
    for row in sandbox.store.every(Refund, sql, since):
        with sandbox.store.transaction():
            refund = sandbox.store.first(
                Refund, "SELECT * FROM refunds WHERE id = ? AND status = ?", row.id, status
            )
            if refund is None:
                continue
            if status == "queued" and available_cents(sandbox) < refund.amount_cents:
                continue
            moment = read(refund.changed_at) + timedelta(seconds=lasts)
            at = sandbox.clock.stamp() if status == "queued" else text(moment)
            change_refund(sandbox, refund, following, at=at)
