"""Every request has an id, in its log lines and in its answer."""

import re
import time

import structlog
from flask import Flask, Response, g, request

from voorjebuurt.kernel.ids import new_id

HEADER = "X-Request-ID"
_ID_PATTERN = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET = frozenset({"health.live", "health.ready"})
_log = structlog.get_logger("voorjebuurt.web")


def init_requests(app: Flask) -> None:
    """Number and log the requests."""
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(lambda _: structlog.contextvars.clear_contextvars())


def _begin() -> None:
    header = request.headers.get(HEADER, "")
    g.request_id = header if _ID_PATTERN.fullmatch(header) else str(new_id())
    g.begun = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    if "request_id" not in g:
        return response
    response.headers[HEADER] = g.request_id
    if request.endpoint not in _QUIET:
        user = g.get("_login_user")  # as Flask-Login keeps it: nobody is looked for here
        person = getattr(user, "person", None)
        # The route, not the address: addresses hold sign-in links and donors' tokens.
        _log.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            milliseconds=round((time.monotonic() - g.begun) * 1000),
            **({} if person is None else {"person": str(person.id)}),
        )
    return response
