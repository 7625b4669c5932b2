"""Webhooks: queued beside the change they tell of, then sent until they are received."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from voorjebuurt.local.sandbox.entities import Payment
from voorjebuurt.local.sandbox.options import Options
from voorjebuurt.local.sandbox.store import Store
from voorjebuurt.local.sandbox.switches import Switches

SENDERS = 8


@dataclass(frozen=True)
class Webhook:
    """A delivery. ``due`` is in seconds of the real clock, ``outcome`` how the last try went.

    ``state`` is waiting, held, delivered, dropped or given_up.
    """

    seq: int
    payment_id: str
    url: str
    state: str
    due: float
    attempts: int
    outcome: str


class Webhooks:
    """The outgoing queue. It follows the real time, whatever the sandbox's clock says."""

    def __init__(self, store: Store, switches: Switches, options: Options) -> None:
        self._store = store
        self._switches = switches
        self._options = options
        self._wake = threading.Event()
        self._sending: set[int] = set()

    def announce(self, payment: Payment) -> None:
        """Queue the news that something about ``payment`` changed, unless a switch spoils it."""
        if not payment.webhook_url:
            return
        with self._store.transaction():
            if self._spoiled("drop_webhook", payment) is not None:
                self._insert(payment, "dropped")
                return
            repetition = self._spoiled("double_webhook", payment)
            delay = self._spoiled("delay_webhook", payment) or {}
            hold = self._spoiled("reverse_webhooks", payment)
            for _ in range(1 if repetition is None else int(repetition.get("times", 2))):
                self._insert(
                    payment,
                    "waiting" if hold is None else "held",
                    delay=float(delay.get("seconds", 0)),
                )
            if hold is not None:
                self._release_reversed(int(hold.get("times", 2)))
        self._wake.set()

    def send_again(self, payment: Payment, *, times: int = 1) -> None:
        """Send the webhook of ``payment`` ``times`` times more; no switch spoils these."""
        with self._store.transaction():
            for _ in range(times):
                self._insert(payment, "waiting")
        self._wake.set()

    def send_now(self, payment: Payment) -> str:
        """Deliver in this thread, outside the queue; gives the outcome."""
        return self._post(payment.webhook_url or "", payment.id)

    def all(self) -> list[Webhook]:
        """Every delivery, oldest first."""
        return self._store.every(Webhook, "SELECT * FROM webhooks ORDER BY seq")

    def run(self, stopping: threading.Event) -> None:
        """Send what is due until ``stopping`` is set; for a thread of its own."""
        with ThreadPoolExecutor(SENDERS, thread_name_prefix="webhook") as senders:
            while not stopping.is_set():
                self._wake.clear()
                for webhook in self._due():
                    self._sending.add(webhook.seq)
                    senders.submit(self._send, webhook)
                self._wake.wait(self._pause())

    def _spoiled(self, behaviour: str, payment: Payment) -> dict[str, Any] | None:
        rules = self._switches.take(behaviour, operation="webhook", payment_id=payment.id)
        return rules[0].values if rules else None

    def _insert(self, payment: Payment, state: str, *, delay: float = 0) -> None:
        self._store.insert(
            "webhooks",
            payment_id=payment.id,
            url=payment.webhook_url,
            state=state,
            due=time.time() + delay,
            attempts=0,
            outcome="",
        )

    def _release_reversed(self, number: int) -> None:
        """Let the held ones go, a quarter of a second apart, once there are ``number``."""
        rows = self._store.rows("SELECT seq FROM webhooks WHERE state = 'held' ORDER BY seq DESC")
        if len(rows) < number:
            return
        for place, row in enumerate(rows):
            self._store.execute(
                "UPDATE webhooks SET state = 'waiting', due = ? WHERE seq = ?",
                time.time() + place * 0.25,
                row["seq"],
            )

    def _due(self) -> list[Webhook]:
        webhooks = self._store.every(
            Webhook,
            "SELECT * FROM webhooks WHERE state = 'waiting' AND due <= ? ORDER BY due, seq",
            time.time(),
        )
        return [webhook for webhook in webhooks if webhook.seq not in self._sending]

    def _pause(self) -> float:
        """Seconds until the next one is due, at most one."""
        rows = self._store.rows("SELECT seq, due FROM webhooks WHERE state = 'waiting'")
        waits = [float(row["due"]) - time.time() for row in rows if row["seq"] not in self._sending]
        return max(0.01, min([1.0, *waits]))

    def _send(self, webhook: Webhook) -> None:
        try:
            self._note(webhook, self._post(webhook.url, webhook.payment_id))
        finally:
            self._sending.discard(webhook.seq)
            self._wake.set()

    def _note(self, webhook: Webhook, outcome: str) -> None:
        """Remember how a try went, and when the next one is due."""
        success = outcome.startswith("2")
        waits = self._options.webhook_retries
        state = "delivered" if success else "given_up"
        due = webhook.due
        if not success and webhook.attempts < len(waits):
            state, due = "waiting", time.time() + waits[webhook.attempts]
        self._store.execute(
            "UPDATE webhooks SET state = ?, due = ?, attempts = attempts + 1, outcome = ?"
            " WHERE seq = ?",
            state,
            due,
            outcome,
            webhook.seq,
        )

    def _post(self, url: str, payment_id: str) -> str:
        """POST ``id=…`` as the provider does, without following a redirect."""
        parts = urlsplit(url)
        target = parts.path or "/"
        if parts.query:
            target = f"{target}?{parts.query}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "Mollie HTTP client/1.0",
        }
        secure = parts.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        try:
            with closing(connect(parts.netloc, timeout=self._options.webhook_timeout)) as peer:
                peer.request("POST", target, urlencode({"id": payment_id}), headers)
                return str(peer.getresponse().status)
        except (OSError, http.client.HTTPException) as error:
            return f"{type(error).__name__}: {error}"
