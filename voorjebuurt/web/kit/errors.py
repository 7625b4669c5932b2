"""Errors on the screen: at a form's field, or as a page of their own."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType

import structlog
from flask import Flask, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from wtforms import Form

from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.web.kit.actors import forget_person
from voorjebuurt.web.kit.addresses import straight_address
from voorjebuurt.web.kit.limits import seconds_to_wait
from voorjebuurt.web.kit.returned_forms import FormReturnedError, page_again, typed_fields
from voorjebuurt.web.words.error_pages import (
    EXPIRED,
    SENT_FROM_ELSEWHERE,
    ErrorPage,
    refused,
    texts_of_status,
    too_large_page,
    too_often,
    too_often_page,
)
from voorjebuurt.web.words.messages import text_of

_log = structlog.get_logger()

Answer = tuple[str, int]


def form_error(form: Form, error: DomainError) -> None:
    """Put what a service refused at the field it belongs to, or above the form.

    The log tells that it was refused, and nothing that was typed: who guesses codes can be seen.
    """
    _log.info("refused", code=error.code, route=request.endpoint)
    message = text_of(error)
    field = form._fields.get(error.field) if error.field else None
    if field is None:
        form.form_errors.append(message)
    else:
        field.errors = [*field.errors, message]


def add_refusals(form: Form, refusals: Iterable[DomainError]) -> bool:
    """Put each at its field, but where that tells something already; whether there were none."""
    is_right = True
    for refusal in refusals:
        is_right = False
        if not refusal.field or not form[refusal.field].errors:
            form_error(form, refusal)
    return is_right


class Refusals:
    """A block that ends where a service refuses something, which ``tell`` then tells a person.

    What does not exist is the error page's to tell.
    """

    def __init__(self, tell: Callable[[DomainError], None]) -> None:
        self._tell = tell

    def __enter__(self) -> None:
        """Nothing was refused yet."""

    def __exit__(
        self, _kind: object, error: BaseException | None, _traceback: TracebackType | None
    ) -> bool:
        if not isinstance(error, DomainError) or isinstance(error, NotFoundError):
            return False
        self._tell(error)
        return True


def refusals_shown(form: Form) -> Refusals:
    """A block in which ``form_error`` tells what a service refuses."""
    return Refusals(lambda error: form_error(form, error))


@contextmanager
def refusals_moved_to(name: str) -> Iterator[None]:
    """Let what a service refuses at a field of its own belong to the field ``name`` of a form."""
    try:
        yield
    except DomainError as error:
        error.field = name if error.field else None
        raise


def init_errors(app: Flask) -> None:
    """A page for everything that can go wrong."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(429, _too_often)
    app.register_error_handler(FormReturnedError, lambda _: error_page(400, EXPIRED))
    app.register_error_handler(NotFoundError, _missing)
    app.register_error_handler(404, _missing)
    app.register_error_handler(ForbiddenError, lambda _: error_page(403))
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
    return (*error_page(error.code), headers)


def _missing(_: Exception) -> ResponseReturnValue:
    """The page that was meant, when there is one; otherwise that there is none."""
    address = straight_address()
    return redirect(address, 308) if address else error_page(404)


def _csrf(error: CSRFError) -> ResponseReturnValue:
    _log.info("csrf_refused", reason=error.description)
    return page_again(str(SENT_FROM_ELSEWHERE), 400) or error_page(400, EXPIRED)


def _too_large(_error: HTTPException) -> Answer:
    """Where files may arrive the page says how large they may be: no form was read to say it."""
    most, of_texts = request.max_content_length, current_app.config["MAX_CONTENT_LENGTH"]
    takes_files = most is not None and most > of_texts
    return error_page(413, too_large_page(most // 1024**2) if most and takes_files else None)


def _too_often(_error: HTTPException) -> ResponseReturnValue:
    seconds = seconds_to_wait()
    again = page_again(too_often(seconds), 429)
    answer = make_response(again or error_page(429, too_often_page(seconds)))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _domain(error: DomainError) -> Answer:
    """A service refused what no form could show: say so on a page of its own."""
    return error_page(409, refused(text_of(error)))


def _database(error: OperationalError) -> Answer:
    _log.error("database_unreachable", error=str(error.orig))
    forget_person()
    return error_page(503)


def _defect(error: Exception) -> Answer:
    _log.error("defect", exc_info=getattr(error, "original_exception", None) or error)
    forget_person()
    return error_page(500)


def error_page(status: int, page: ErrorPage | None = None) -> Answer:
    """The page on which a request with this status ends, and the status."""
    template = "errors/show.html" if status < 500 else "errors/broken.html"
    texts = page or texts_of_status(status)
    return render_template(template, page=texts, typed_fields=typed_fields()), status
