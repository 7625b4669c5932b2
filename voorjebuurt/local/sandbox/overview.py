"""What the page for people shows of the payments."""

from dataclasses import dataclass

from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Chargeback, Payment, Refund

PER_PAGE = 12


@dataclass(frozen=True)
class PaymentRow:
    """A payment with what belongs to it; ``webhook`` says how its last webhook went."""

    payment: Payment
    refunds: list[Refund]
    chargebacks: list[Chargeback]
    webhook: str


def payments_shown(
    sandbox: Sandbox, *, query: str, before: str | None
) -> tuple[list[PaymentRow], int | None]:
    """A page of payments (older than number ``before``), and where the next page begins.

    ``query`` is looked for in the id, the description and the metadata.
    """
    start = int(before) if before and before.isdecimal() and len(before) < 18 else 2**62
    words = f"%{query.replace('%', '')}%"
    payments = sandbox.store.every(
        Payment,
        "SELECT * FROM payments WHERE seq < ?"
        " AND (id LIKE ? OR description LIKE ? OR metadata LIKE ?) ORDER BY seq DESC LIMIT ?",
        start,
        words,
        words,
        words,
        PER_PAGE + 1,
    )
    page = payments[:PER_PAGE]
    older = page[-1].seq if len(payments) > PER_PAGE else None
    return [_shown(sandbox, payment) for payment in page], older


def _shown(sandbox: Sandbox, payment: Payment) -> PaymentRow:
    refunds = sandbox.store.every(
        Refund, "SELECT * FROM refunds WHERE payment_id = ? ORDER BY seq", payment.id
    )
    chargebacks = sandbox.store.every(
        Chargeback, "SELECT * FROM chargebacks WHERE payment_id = ? ORDER BY seq", payment.id
    )
    return PaymentRow(payment, refunds, chargebacks, _webhook(sandbox, payment))


def _webhook(sandbox: Sandbox, payment: Payment) -> str:
    rows = sandbox.store.rows(
        "SELECT state, outcome FROM webhooks WHERE payment_id = ? ORDER BY seq DESC LIMIT 1",
        payment.id,
    )
    if not rows:
        return "geen"
    state, outcome = rows[0]["state"], rows[0]["outcome"]
    return {
        "delivered": "ontvangen",
        "dropped": "kwijt (storing)",
        "held": "opgehouden (storing)",
        "given_up": f"opgegeven ({outcome})",
    }.get(state, f"nog niet ontvangen ({outcome})" if outcome else "onderweg")
