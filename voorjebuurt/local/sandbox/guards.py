"""Who may do what: the merchant by its key, programs on this machine, people on the pages."""

import ipaddress
import re

from flask import Response, request

from voorjebuurt.local.sandbox.errors import ApiError

API_KEY = re.compile(r"Bearer test_\w+", re.ASCII)
CONTENT_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def require_key() -> None:
    """The API is for whoever has a test key, any test key."""
    if not API_KEY.fullmatch(request.headers.get("Authorization", "")):
        raise ApiError(401, "Missing authentication, or failed to authenticate")


def require_loopback() -> None:
    """The control API is for programs on this machine that speak JSON.

    Whatever came through a proxy is refused. A page of another site can't call it either: its
    browser would have to ask first whether it may send JSON here.
    """
    behind_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if behind_proxy or not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104
        raise ApiError(404, f"There is nothing at {request.path}.")
    if request.method == "POST" and not request.is_json:
        raise ApiError(400, "Send JSON, with Content-Type: application/json.")


def require_same_site() -> None:
    """A form on these pages was not posted by another site."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ApiError(403, "This form was sent by another site.")


def as_page(response: Response) -> Response:
    """The headers of a page: nothing from elsewhere, nothing kept."""
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
