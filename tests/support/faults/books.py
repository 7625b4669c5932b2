"""What must be true after every fault: the books, the queue, the mails and the alerts."""

from collections.abc import Sequence

from sqlalchemy import text

from tests.support.faults.world import World
from voorjebuurt.payouts.checks import check_books

_BALANCES = text(
    """
    SELECT coalesce(sum(balance.balance_cents), 0)
    FROM ledger_balances balance JOIN ledger_accounts account ON account.id = balance.account_id
    JOIN campaigns campaign ON campaign.id = account.owner_id
    WHERE account.base = :base AND campaign.status IN ('live', 'closing', 'near_miss')
    """
)
_BOOKINGS = text(
    """
    SELECT coalesce(sum(pledge.amount_cents), 0), coalesce(sum(pledge.tip_cents), 0)
    FROM pledges pledge JOIN campaigns campaign ON campaign.id = pledge.campaign_id
    WHERE pledge.status = 'booked' AND campaign.status IN ('live', 'closing', 'near_miss')
    """
)
_AT_PROVIDER = text(
    """
    SELECT coalesce(sum(entry.amount_cents), 0)
    FROM ledger_entries entry JOIN ledger_accounts account ON account.id = entry.account_id
    WHERE account.code = 'mollie'
    """
)
_FROM_PROVIDER = text(
    """
    SELECT coalesce(sum(received_cents - refunded_cents - charged_back_cents), 0)
    FROM payments WHERE booked_as IN ('contribution', 'returned', 'suspense')
    """
)
_BUSY = text("SELECT task_name, status FROM procrastinate_jobs WHERE status IN ('doing', 'failed')")
_DUE = text(
    "SELECT task_name FROM procrastinate_jobs"
    " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
)
_MAILS = text("SELECT template, sent_at IS NULL FROM mail_messages ORDER BY template")
_FIRST_GIFTS = text(
    """
    SELECT count(DISTINCT pledge.campaign_id)
    FROM pledges pledge JOIN mail_messages mail ON mail.key = 'receipt:' || pledge.id
    """
)
_MARKS = text("SELECT count(*) FROM campaign_marks")
_PROGRESS = ("campaign_mark", "first_gift", "gift_digest", "minimum_reached_donor")
"""Mails that follow from what was booked, whatever went wrong on the way: counted, not named."""
_ALERTS = text("SELECT kind FROM alerts ORDER BY kind")


def assert_sound(world: World, *, mails: Sequence[str] = (), alerts: Sequence[str] = ()) -> None:
    """The books are right, nothing is left to do, and exactly these mails and alerts are there.

    Beside them: one mail about each campaign's first gift, and at most one about each mark.
    """
    with world.database.snapshot() as session:
        checks = check_books(session, in_flight_max_days=10)
        wrong = [(check.name, check.differences) for check in checks if not check.passed]
        assert not wrong, wrong
        gifts, tips = session.execute(_BOOKINGS).one()
        _same("held", session.scalar(_BALANCES, {"base": "held"}), gifts)
        _same("tips", session.scalar(_BALANCES, {"base": "tips_deferred"}), tips)
        _same("mollie", session.scalar(_AT_PROVIDER), session.scalar(_FROM_PROVIDER))
        _same("busy or failed jobs", session.execute(_BUSY).all(), [])
        _same("jobs left", session.scalars(_DUE).all(), [])
        rows = session.execute(_MAILS).all()
        templates = [template for template, _ in rows]
        _same("mails", [name for name in templates if name not in _PROGRESS], sorted(mails))
        _same("first gifts", templates.count("first_gift"), session.scalar(_FIRST_GIFTS))
        assert templates.count("campaign_mark") <= (session.scalar(_MARKS) or 0)
        _same("unsent mails", [template for template, is_waiting in rows if is_waiting], [])
        _same("alerts", session.scalars(_ALERTS).all(), sorted(alerts))


def _same(what: str, value: object, wish: object) -> None:
    assert value == wish, f"{what}: {value} instead of {wish}"
