"""Misbehaviour on demand: rules that spoil a number of answers or webhooks."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.store import Store

BEFORE = {
    "delay": "wait `seconds` before executing (`when: after`: executed, the answer comes late)",
    "rate_limit": "429, with Retry-After when `retry_after` is given",
    "error": "an error of the provider with `status` (500 when not given)",
    "bad_gateway": "502 with an HTML page",
    "unauthorized": "401",
    "not_found": "404, as just after a payment was made elsewhere",
    "in_flight": "409, as when the same idempotency key is being handled",
    "reset": "break the connection without an answer",
}
AFTER = {
    "no_content": "204 without a body, though executed",
    "cut_json": "half the JSON, though executed",
    "cut_connection": "break the connection halfway the body, though executed",
    "alter": "lay the values of `set` over the answer",
    "stale": "answer `open` for a payment that is further",
    "webhook_first": "deliver the webhook before answering; `status` is taken first, if given",
}
WEBHOOK = {
    "drop_webhook": "never send it",
    "double_webhook": "send it `times` times (2)",
    "delay_webhook": "send it `seconds` later",
    "reverse_webhooks": "hold `times` (2) of them back, then send the last one first",
}
OTHER = {"queue_refund": "queue the refund for `seconds` (a day), as when the balance is short"}
BEHAVIOURS = BEFORE | AFTER | WEBHOOK | OTHER
OPERATIONS = (
    "create_payment",
    "get_payment",
    "list_payments",
    "cancel_payment",
    "create_customer",
    "get_customer",
    "list_mandates",
    "get_mandate",
    "revoke_mandate",
    "create_refund",
    "get_refund",
    "list_refunds",
    "cancel_refund",
    "get_chargeback",
    "list_chargebacks",
    "list_methods",
    "get_balance",
    "get_settlement",
    "list_settlements",
    "webhook",
    "*",
)


@dataclass(frozen=True)
class Switch:
    """One rule. ``remaining`` is how often it still works; None is until it's taken away."""

    seq: int
    behaviour: str
    operation: str
    payment_id: str | None
    remaining: int | None
    options: str

    @property
    def values(self) -> dict[str, Any]:
        """What the behaviour is told besides its name."""
        return dict(json.loads(self.options))

    @property
    def stage(self) -> str:
        """When it works: before or after the request is executed, or on a webhook."""
        if self.behaviour in WEBHOOK or self.behaviour in OTHER:
            return self.behaviour
        return str(self.values.get("when") or ("before" if self.behaviour in BEFORE else "after"))

    def matches(self, operation: str, payment_id: str | None) -> bool:
        """Whether it is about this request."""
        return self.operation in ("*", operation) and self.payment_id in (None, payment_id)


class Switches:
    """The rules in force, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, rule: Mapping[str, Any]) -> Switch:
        """Add ``rule`` (see ``BEHAVIOURS``): behaviour, operation, count, payment_id, options.

        Raises ``ApiError`` when it can't be understood.
        """
        values = dict(rule)
        behaviour = str(values.pop("behaviour", ""))
        fallback = "webhook" if behaviour in WEBHOOK else "*"
        operation = str(values.pop("operation", fallback))
        remaining, payment_id = values.pop("count", 1), values.pop("payment_id", None)
        if behaviour not in BEHAVIOURS:
            raise ApiError(400, f"behaviour must be one of {', '.join(BEHAVIOURS)}")
        if operation not in OPERATIONS:
            raise ApiError(400, f"operation must be one of {', '.join(OPERATIONS)}")
        if remaining is not None and (not isinstance(remaining, int) or remaining < 1):
            raise ApiError(400, "count must be a whole number from 1, or null for always")
        seq = self._store.insert(
            "switches",
            behaviour=behaviour,
            operation=operation,
            payment_id=payment_id,
            remaining=remaining,
            options=json.dumps(values),
        )
        return next(switch for switch in self.all() if switch.seq == seq)

    def all(self) -> list[Switch]:
        """Every rule in force."""
        return self._store.every(Switch, "SELECT * FROM switches ORDER BY seq")

    def remove(self, seq: int | None = None) -> None:
        """Take a rule away, or all of them."""
        if seq is None:
            self._store.execute("DELETE FROM switches")
        else:
            self._store.execute("DELETE FROM switches WHERE seq = ?", seq)

    def take(
        self,
        stage: str,
        *,
        operation: str,
        payment_id: str | None,
        applies: Callable[[Switch], bool] = lambda _: True,
    ) -> list[Switch]:
        """The rules that work now; each is counted as used once."""
        with self._store.transaction():
            switches = [
                switch
                for switch in self.all()
                if switch.stage == stage
                and switch.matches(operation, payment_id)
                and applies(switch)
            ]
            for switch in switches:
                self._use(switch)
        return switches

    def _use(self, switch: Switch) -> None:
        if switch.remaining == 1:
            self.remove(switch.seq)
        elif switch.remaining is not None:
            self._store.execute(
                "UPDATE switches SET remaining = remaining - 1 WHERE seq = ?", switch.seq
            )
