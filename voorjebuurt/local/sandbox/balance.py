"""What the merchant's account at the provider holds, and its transfers to the bank."""

from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Settlement, new_id
from voorjebuurt.local.sandbox.errors import ApiError

MOVEMENTS = """
SELECT
    (SELECT coalesce(sum(amount_cents), 0) FROM payments WHERE status = 'paid')
    - (SELECT coalesce(sum(amount_cents), 0) FROM refunds
       WHERE status IN ('pending', 'processing', 'refunded'))
    - (SELECT coalesce(sum(amount_cents), 0) FROM chargebacks WHERE reversed_at IS NULL)
    - (SELECT coalesce(sum(amount_cents), 0) FROM settlements)
"""
SETTLED_TABLES = {
    "payments": "status = 'paid'",
    "refunds": "status = 'refunded'",
    "chargebacks": "reversed_at IS NULL",
}


def available_cents(sandbox: Sandbox) -> int:
    """Paid in, less what went back to payers and what was transferred. No fees are charged."""
    return sandbox.store.number(MOVEMENTS)


def settle(sandbox: Sandbox) -> Settlement:
    """Transfer what is available to the merchant's bank, with the lines that make it up."""
    with sandbox.store.transaction():
        lines = [
            sandbox.store.number(
                f"SELECT sum(amount_cents) FROM {table} WHERE settlement_id IS NULL AND {condition}"
            )
            for table, condition in SETTLED_TABLES.items()
        ]
        cents = lines[0] - lines[1] - lines[2]
        if cents <= 0:
            raise ApiError(422, "There is nothing to settle")
        now = sandbox.clock.now()
        number = sandbox.store.number("SELECT count(*) FROM settlements") + 1
        settlement_id = new_id("stl")
        sandbox.store.insert(
            "settlements",
            id=settlement_id,
            reference=f"1234567.{now:%y%m}.{number:02d}",
            amount_cents=cents,
            created_at=sandbox.clock.stamp(),
        )
        for table, condition in SETTLED_TABLES.items():
            sandbox.store.execute(
                f"UPDATE {table} SET settlement_id = ? WHERE settlement_id IS NULL AND {condition}",
                settlement_id,
            )
    return settlement_by_id(sandbox, settlement_id)


def settlement_by_id(sandbox: Sandbox, settlement_id: str) -> Settlement:
    """The settlement with this id or bank reference, or a 404."""
    settlement = sandbox.store.first(
        Settlement,
        "SELECT * FROM settlements WHERE id = ? OR reference = ?",
        settlement_id,
        settlement_id,
    )
    if settlement is None:
        raise ApiError(404, f"No settlement exists with token {settlement_id}.")
    return settlement
