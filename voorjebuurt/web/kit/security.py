"""What every answer carries for the safety of who reads it, and how cookies are kept."""

from datetime import timedelta

from flask import Flask, Response, abort, request
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
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
"""Who reads a page, and in which language: two caches' readers must not get each other's."""


def init_security(app: Flask, settings: Settings) -> None:
    """Configure cookies, bodies and CSRF tokens, and set the headers of every answer."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_keys_old),
        SESSION_COOKIE_NAME=_cookie_name(settings),
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
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; base-uri 'none'; "
        f"form-action 'self'{checkout}; frame-ancestors 'none'"
    )


def _cookie_name(settings: Settings) -> str:
    """Cookies know no ports: two copies on one machine must not sign each other out."""
    return "__Host-sessie" if settings.production else f"sessie-{settings.port}"


def _refuse_nul() -> None:
    """A NUL can't be kept in PostgreSQL's texts, and nobody types one."""
    if "\x00" in request.path:
        abort(404)
    values = request.args if request.blueprint in UNREAD else request.values
    if any("\x00" in value for value in values.values()):
        abort(400)
