"""The payment sandbox as a donor meets it, and its clock."""

from collections.abc import Mapping
from datetime import datetime

import requests

_SECONDS = 10


class SandboxPage:
    """Pays on the sandbox's checkout page, over HTTP, and tells the sandbox what time it is."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.trust_env = False

    def set_clock(self, moment: datetime | None) -> None:
        """Let it be ``moment`` at the provider; None is the present."""
        self._control("clock", {"now": moment.isoformat() if moment else None})

    def keep_quiet(self) -> None:
        """Send no webhooks: the demo looks for itself, and the site may not be there yet."""
        always = {"behaviour": "drop_webhook", "operation": "webhook", "count": None}
        self._control("switches", always)

    def speak_again(self) -> None:
        """Send webhooks, and live in the present."""
        self._http.delete(f"{self._url}/control/switches", timeout=_SECONDS).raise_for_status()
        self.set_clock(None)

    def pay(self, checkout_url: str, result: str) -> None:
        """Choose ``result`` on the page (paid, failed, canceled, pending)."""
        token = checkout_url.rsplit("/", 1)[-1]
        answer = self._http.post(
            f"{self._url}/checkout/{token}",
            data={"method": "ideal", "result": result},
            allow_redirects=False,
            timeout=_SECONDS,
        )
        answer.raise_for_status()

    def _control(self, path: str, body: Mapping[str, object]) -> None:
        answer = self._http.post(f"{self._url}/control/{path}", json=body, timeout=_SECONDS)
        answer.raise_for_status()
