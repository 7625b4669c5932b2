"""What was asked of the API, for tests that count the calls."""

from typing import Any

from flask import Response, g, request

from voorjebuurt.local.sandbox.calls import the_sandbox
from voorjebuurt.local.sandbox.context import Sandbox

MAX_REQUESTS = 50_000


def note_request(response: Response) -> Response:
    """Remember this request and how it was answered."""
    sandbox = the_sandbox()
    if not request.path.startswith("/v2/") or g.get("noted"):
        return response
    g.noted = True
    with sandbox.store.transaction():
        seq = sandbox.store.insert(
            "requests",
            at=sandbox.clock.stamp(),
            method=request.method,
            path=request.full_path.rstrip("?"),
            operation=g.get("operation"),
            idempotency_key=request.headers.get("Idempotency-Key"),
            status=response.status_code,
        )
        sandbox.store.execute("DELETE FROM requests WHERE seq <= ?", seq - MAX_REQUESTS)
    return response


def requests_seen(sandbox: Sandbox) -> list[dict[str, Any]]:
    """Every request to the API, oldest first."""
    return sandbox.store.rows("SELECT * FROM requests ORDER BY seq")
