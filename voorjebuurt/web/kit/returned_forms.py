"""Forms that come at a bad moment go back to who typed them, with one sentence why.

The token is of another session, the limit is reached, somebody chose another language: the page of
the form is shown again with all that was typed, and nothing is done (``writing`` refuses). Where
that page can't be shown, because the session is over or the site is in trouble, a page carries the
words and sends them once more.
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from voorjebuurt.web.kit.local_paths import path_of

VIEWS = "voorjebuurt.unlimited_views"
"""Endpoint -> its view without the limits that are put around it (``kit.limits``)."""
UNREAD = frozenset({"hooks", "sandbox"})
"""Blueprints whose bodies are passed on or read by themselves: who reads them first has them."""
_SECRETS = ("password", "current", "new")
_NOT_TYPED = frozenset({"csrf_token", "taal"})
_MOST_CHARACTERS = 200_000


class FormReturnedError(Exception):
    """A view wanted to write although its form goes back."""


class TypedField(NamedTuple):
    """A field of a form as it came: its name in the form, and what it holds."""

    name: str
    value: str


def returned_reason() -> str | None:
    """Why the form of this request goes back; None when it does not. Empty: there is no reason
    that needs words.
    """
    reason: str | None = g.get("return_reason")
    return reason


def give_back(reason: str) -> None:
    """From now on the form of this request is only shown."""
    g.return_reason = reason


def refuse_writing() -> None:
    """Raise ``FormReturnedError`` when the form of this request goes back."""
    if returned_reason() is not None:
        raise FormReturnedError


def note_admission() -> None:
    """The guard of this route let the person through: its view may be called."""
    g.admitted = True


def page_again(reason: str, status: int) -> ResponseReturnValue | None:
    """The page of the form that was sent, with what was typed, ``reason``, and this status.

    None when there is no such page: the form is of another site, nobody may see it, or it is a
    button without a page.
    """
    if not g.get("admitted") or not is_own_form():
        return None
    give_back(reason)
    views: dict[str, Callable[..., Any]] = current_app.extensions.get(VIEWS, {})
    view = views.get(str(request.endpoint)) or current_app.view_functions[str(request.endpoint)]
    try:
        page: Any = view(**(request.view_args or {}))
    except FormReturnedError:
        return None
    answer = current_app.make_response(page)
    if answer.status_code != 200:
        return None
    answer.status_code = status
    return answer


def is_own_form() -> bool:
    """Whether this request is a form that was sent from a page of this site.

    Of another site nothing is shown again: somebody could be led to press a button that they did
    not ask for.
    """
    if request.method != "POST" or request.blueprint in UNREAD:
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(source).netloc == request.host and bool(request.form)
    except (ValueError, HTTPException):  # no address at all, or a form too large to be read
        return False


def page_before() -> str | None:
    """The path of the page of ours on which the form or button of this request stood, if known."""
    if not is_own_form():
        return None
    return path_of(request.headers.get("Referer"))


def typed_fields() -> list[TypedField]:
    """What this request's form holds, to be sent once more; nothing of a form with secrets."""
    if not is_own_form():
        return []
    pairs = [
        TypedField(name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NOT_TYPED
    ]
    if any(field.name in _SECRETS for field in pairs):
        return []
    if all(field.name == "version" for field in pairs):
        return []  # a button: nobody typed anything
    if sum(len(field.value) for field in pairs) > _MOST_CHARACTERS:
        return []
    return pairs


def carries_secrets() -> bool:
    """Whether this request's form has a password in it, which no page shows again."""
    return any(name in request.form for name in _SECRETS)


def carried_fields() -> list[TypedField]:
    """All that this request's form holds, buttons and their versions too, for a page that asks for
    one thing more and sends it again. Ask ``is_own_form`` first.
    """
    return [
        TypedField(name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token"
    ]
