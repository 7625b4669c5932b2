"""Answers that are the same for everybody, so that any cache may keep them and other sites show
them: nobody's session is looked at, and the language is the one that the address names.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Response, current_app, make_response, request
from flask_babel import force_locale
from werkzeug.exceptions import ServiceUnavailable

from voorjebuurt.campaigns.reach.made_files import BusyError, made_once
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.i18n import named_locale

YEAR = 31_536_000
_RETRY_SECONDS = 20


@contextmanager
def in_named_language() -> Iterator[str]:
    """A block in the language that the address names; the site's own without one."""
    locale = named_locale()
    with force_locale(locale):
        yield locale


def bare_page(template: str, **context: object) -> str:
    """A page without what a frame shows of who looks at it."""
    settings = the_settings()
    public = {"platform_name": settings.platform_name, "practice": settings.practice}
    page = current_app.jinja_env.get_template(template)
    return page.render(settings_public=public, **context)


def open_answer(body: str | bytes, media_type: str, *, seconds: int) -> Response:
    """An answer for anybody, also inside the pages of other sites, kept for so long."""
    response = make_response(body)
    response.headers["Content-Type"] = media_type
    policy = ", immutable" if seconds == YEAR else ""
    response.headers["Cache-Control"] = f"public, max-age={seconds}{policy}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(request)
    return response


def made_file(name: str, make: Callable[[], bytes]) -> bytes:
    """A file of this name, made now if it was not kept; 503 while too many are asked for."""
    try:
        return made_once(FolderStorage(the_settings().made_files), name, make)
    except BusyError:
        raise ServiceUnavailable(retry_after=_RETRY_SECONDS) from None
