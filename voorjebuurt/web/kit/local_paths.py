"""Where this site leads people: to its own pages, whatever an address or a form says.

Browsers take ``//evil.example`` for another site, a backslash for a slash, leave out tabs and line
ends, and undo percent signs when they feel like it.
"""

import unicodedata
from urllib.parse import quote, unquote, urlsplit

import structlog
from flask import Flask, Response, request

_MOST_CHARACTERS = 1_000
_LEAVING = frozenset({"public.pay_gift"})
"""Endpoints that lead to the provider's checkout, at the address that the provider told."""
_OUTSIDE = frozenset({"sandbox"})
"""Blueprints that pass on what another process answers, never in production."""
_log = structlog.get_logger()


def local_path(path: str | None) -> str | None:
    """``path`` when it leads to a page of this site for every browser, else None."""
    if not path or len(path) > _MOST_CHARACTERS or not is_local(path):
        return None
    return path


def is_local(path: str) -> bool:
    """Whether an address is a path on this site, however a browser or a proxy reads it."""
    if any(_is_odd(character) for character in path) or "\\" in path:
        return False
    way = path.partition("?")[0].partition("#")[0]
    for _ in range(3):
        for reading in (way, unicodedata.normalize("NFKC", way)):
            if not reading.startswith("/") or "//" in reading or "\\" in reading:
                return False
            if any(unicodedata.category(character) == "Cc" for character in reading):
                return False
        way = unquote(way)
    return True


def this_path() -> str:
    """The path of this request, to stand in a link; the front page for one that leads elsewhere."""
    path = quote(request.path)
    return path if is_local(path) else "/"


def init_redirects(app: Flask) -> None:
    """Let no answer lead to another site, whoever made it."""
    app.after_request(_stay_here)


def _stay_here(response: Response) -> Response:
    target = response.headers.get("Location")
    if target is None or request.endpoint in _LEAVING or request.blueprint in _OUTSIDE:
        return response
    if not is_local(target) and not _is_own_address(target):
        _log.error("redirect_stopped", route=request.endpoint)
        response.headers["Location"] = "/"
    return response


def _is_own_address(target: str) -> bool:
    """Whether a whole address is one of this site, as the server's own redirects are."""
    here = f"{request.scheme}://{request.host}"
    return target.startswith(f"{here}/") and is_local(target.removeprefix(here))


def _is_odd(character: str) -> bool:
    """A space, a control or what nobody sees: browsers leave some of them out."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")


def path_of(address: str | None) -> str | None:
    """The path of an address that a browser told, when it is one of ours."""
    try:
        return local_path(urlsplit(address or "").path)
    except ValueError:
        return None
