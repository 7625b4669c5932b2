"""The payment sandbox as a real process, for tests: started, steered, stopped, killed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

START_SECONDS = 20
KEY = "test_sandbox0000000000000000000000"


class SandboxProcess:
    """One sandbox of its own on a free port of this machine."""

    def __init__(self, folder: Path, **options: object) -> None:
        """``options`` are those of the command line: ``expiry=60``, ``public_url="…"``."""
        self.state = folder / "sandbox.sqlite3"
        self._port_file = folder / "sandbox.port"
        self._options = {
            "webhook_retries": "0.1,0.2,0.4",
            "webhook_timeout": 5,
            "refund_pending": 7200,
            "refund_processing": 86400,
            **options,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._http = requests.Session()
        self._http.trust_env = False
        self.url = ""

    @property
    def pid(self) -> int:
        """The id of the process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> "SandboxProcess":
        """Start it, again on the same port and memory when it was stopped or killed."""
        before = self._port_file.stat().st_mtime_ns if self._port_file.exists() else 0
        command = [sys.executable, "-m", "voorjebuurt.local.sandbox", "--die-with-parent"]
        command += [f"--state={self.state}", f"--port-file={self._port_file}"]
        command += [f"--{name.replace('_', '-')}={value}" for name, value in self._options.items()]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE)
        wait_for(lambda: self._ready(before), seconds=START_SECONDS)
        self.url = f"http://127.0.0.1:{self._port_file.read_text().strip()}"
        return self

    def stop(self) -> None:
        """Ask it to stop, and wait."""
        assert self._process is not None
        self._process.terminate()
        self._process.communicate(timeout=10)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate(timeout=10)

    def reset(self) -> None:
        """Forget all payments, switches, the clock and the log."""
        self.control("reset", {})

    def switch(self, behaviour: str, operation: str = "*", **values: Any) -> None:
        """Misbehave: see ``voorjebuurt.local.sandbox.switches``. ``count=None`` is for always."""
        on_webhooks = behaviour.endswith(("_webhook", "_webhooks"))
        operation = "webhook" if on_webhooks else operation
        self.control("switches", {"behaviour": behaviour, "operation": operation, **values})

    def behave(self) -> None:
        """Take all switches away."""
        self._checked(self._http.delete(f"{self.url}/control/switches", timeout=10))

    def switches(self) -> list[dict[str, Any]]:
        """The switches that are still to work."""
        rows: list[dict[str, Any]] = self._get("switches")["switches"]
        return rows

    def set_state(self, payment_id: str, status: str, paid_at: str | None = None) -> dict[str, Any]:
        """Let a payment be paid, failed, canceled, expired, pending or open."""
        return self.control(f"payments/{payment_id}/state", {"status": status, "paid_at": paid_at})

    def set_refund(self, refund_id: str, status: str) -> dict[str, Any]:
        """Let a refund be queued, pending, processing, refunded, failed or canceled."""
        return self.control(f"refunds/{refund_id}/state", {"status": status})

    def refund(self, payment_id: str, **values: Any) -> dict[str, Any]:
        """Refund in the dashboard, with ``value="1.00"`` or all of it."""
        return self.control(f"payments/{payment_id}/refund", values)

    def charge_back(self, payment_id: str, **values: Any) -> dict[str, Any]:
        """Let the bank take ``value="1.00"`` back, or all of it."""
        return self.control(f"payments/{payment_id}/chargeback", values)

    def reverse_chargeback(self, chargeback_id: str) -> dict[str, Any]:
        """Let the bank give it back after all."""
        return self.control(f"chargebacks/{chargeback_id}/reverse", {})

    def set_clock(self, now: str | None) -> None:
        """Let the sandbox's time stand still at ``now`` (ISO 8601); None: the real time."""
        self.control("clock", {"now": now})

    def redeliver(self, payment_id: str, times: int = 1) -> None:
        """Send the webhook of a payment again."""
        self.control("webhooks/redeliver", {"id": payment_id, "times": times})

    def log(self, operation: str | None = None) -> list[dict[str, Any]]:
        """The requests that the API saw, oldest first."""
        calls: list[dict[str, Any]] = self._get("log")["requests"]
        return [call for call in calls if operation in (None, call["operation"])]

    def webhooks(self) -> list[dict[str, Any]]:
        """The webhooks and how they went, oldest first."""
        rows: list[dict[str, Any]] = self._get("webhooks")["webhooks"]
        return rows

    def wait_for_webhooks(self, seconds: float = 10) -> None:
        """Wait until none is to be sent any more."""
        wait_for(
            lambda: all(webhook["state"] != "waiting" for webhook in self.webhooks()),
            seconds=seconds,
        )

    def pay(self, checkout_url: str, result: str = "paid", method: str = "ideal") -> str:
        """Do what a person does on the checkout page; gives the address to return to."""
        token = checkout_url.rsplit("/", 1)[-1]
        answer = self._http.post(
            f"{self.url}/checkout/{token}",
            data={"method": method, "result": result},
            allow_redirects=False,
            timeout=10,
        )
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def control(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST to the control API."""
        return self._checked(self._http.post(f"{self.url}/control/{path}", json=body, timeout=10))

    def _get(self, path: str) -> dict[str, Any]:
        return self._checked(self._http.get(f"{self.url}/control/{path}", timeout=10))

    def _checked(self, response: requests.Response) -> dict[str, Any]:
        assert response.ok, f"{response.status_code} {response.text}"
        body: dict[str, Any] = response.json()
        return body

    def _ready(self, before: int) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError((self._process.communicate()[1] or b"").decode())
        return self._port_file.exists() and self._port_file.stat().st_mtime_ns != before


def wait_for(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    """Wait until ``condition`` holds; an ``AssertionError`` when it takes too long."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"it did not happen within {seconds} s"
        time.sleep(0.02)
