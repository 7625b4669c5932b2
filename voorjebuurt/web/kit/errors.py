"""Errors on the screen: at a form's field, or as a page of their own."""

import structlog
from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from wtforms import Form

from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.web.kit.actors import forget_person
from voorjebuurt.web.words.messages import text_of

_log = structlog.get_logger()

_PAGES = {405: "404", **{code: str(code) for code in (403, 404, 410, 413, 429, 503)}}
Answer = tuple[str, int]


def form_error(form: Form, error: DomainError) -> None:
    """Put what a service refused at the field it belongs to, or above the form."""
    message = text_of(error)
    field = form._fields.get(error.field) if error.field else None
    if field is None:
        form.form_errors.append(message)
    else:
        field.errors = [*field.errors, message]


def init_errors(app: Flask) -> None:
    """A page for everything that can go wrong."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotFoundError, lambda _: _page(404))
    app.register_error_handler(ForbiddenError, lambda _: _page(403))
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(500, _defect)


def _http(error: HTTPException) -> Answer | HTTPException | tuple[str, int, dict[str, str]]:
    if error.code is None or error.code < 400:
        return error
    headers = {}
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            headers[name] = value
    return (*_page(error.code), headers)


def _csrf(error: CSRFError) -> Answer:
    _log.info("csrf_refused", reason=error.description)
    return _page(400, stale=True)


def _domain(error: DomainError) -> Answer:
    """A service refused what no form could show: say so on a page of its own."""
    return _page(409, message=text_of(error))


def _database(error: OperationalError) -> Answer:
    _log.error("database_unreachable", error=str(error.orig))
    forget_person()
    return _page(503)


def _defect(error: Exception) -> Answer:
    _log.error("defect", exc_info=getattr(error, "original_exception", None) or error)
    forget_person()
    return _page(500)


def _page(code: int, *, stale: bool = False, message: str | None = None) -> Answer:
    name = _PAGES.get(code, "400" if code < 500 else "500")
    page = render_template(f"errors/{name}.html", code=code, expired=stale, message=message)
    return page, code
