"""What every answer carries for the safety of who reads it, and how cookies are kept."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect

from voorjebuurt.payments.providers import PROVIDERS
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.returned_forms import UNREAD

SESSION_DAYS = 14

csrf = CSRFProtect()

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_ANY_HOST = frozenset({"health"})
"""Blueprints that a machine asks by the address of this one."""


class _Sessions(SecureCookieSessionInterface):
    """Signs the session with HMAC-SHA256; Flask's own way is SHA-1."""

    digest_method = staticmethod(hashlib.sha256)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Leave what any cache may keep as it is: it carries no cookie and varies by none."""
        if not response.cache_control.public:
            super().save_session(app, session, response)


def init_hosts(app: Flask, settings: Settings) -> None:
    """In public, answer only to the site's own name.

    Whatever would be made of another one (an address on a page, a redirect) could be kept by a
    cache, and shown to somebody else.
    """
    if not settings.production:
        return
    name = urlsplit(settings.base_url).netloc.lower().removesuffix(":443")
    app.config["SERVER_NAME"] = name

    @app.before_request
    def refuse_other_names() -> Any:
        is_ours = request.host.lower().removesuffix(":443") == name
        if is_ours or request.blueprint in _ANY_HOST:
            return None
        text = f"This site is at {settings.base_url}\n"
        return Response(text, 421, content_type="text/plain; charset=utf-8")


def init_security(app: Flask, settings: Settings) -> None:
    """Configure cookies, bodies and CSRF tokens, and set the headers of every answer."""
    app.session_interface = _Sessions()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_keys_old),
        SESSION_COOKIE_NAME=cookie_name(settings, "sessie"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        # A token lasts as long as the session: nobody loses a long form to a clock.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(_refuse_nul)
    csrf.init_app(app)
    headers = safety_headers(settings)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def safety_headers(settings: Settings) -> dict[str, str]:
    """What every answer carries, pages and static files alike."""
    headers = {**_HEADERS, "Content-Security-Policy": content_policy(settings)}
    if settings.production:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def content_policy(settings: Settings) -> str:
    """Everything comes from this site; nothing inline; nobody frames us.

    A form may lead to the provider's checkout: browsers hold redirects against form-action.
    """
    origins = [origin for gateway in PROVIDERS.values() for origin in gateway.checkout_origins]
    checkout = "" if settings.uses_sandbox else " " + " ".join(origins)
    return (
        "default-src 'none'; object-src 'none'; "
        "style-src 'self'; script-src 'self'; font-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; manifest-src 'self'; base-uri 'none'; "
        f"form-action 'self'{checkout}; frame-ancestors 'none'"
    )


def cookie_name(settings: Settings, name: str) -> str:
    """In public one that only this very host can set; elsewhere with the port.

    Cookies know no ports: two copies on one machine must not sign each other out.
    """
    return f"__Host-{name}" if settings.production else f"{name}-{settings.port}"


def _refuse_nul() -> None:
    """A NUL can't be kept in PostgreSQL's texts, and nobody types one."""
    if "\x00" in request.path:
        abort(404)
    values = request.args if request.blueprint in UNREAD else request.values
    if any("\x00" in value for value in values.values()):
        abort(400)
