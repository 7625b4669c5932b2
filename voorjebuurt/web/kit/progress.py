"""Pages about work in the background: they load themselves again until it is done."""

from flask import make_response, request
from flask.typing import ResponseReturnValue

from voorjebuurt.web.kit.local_paths import this_path

_SECONDS = 4
_STILL = "stil"


def refreshing() -> bool:
    """Whether this page should load itself again: unless somebody asked it to stand still."""
    return _STILL not in request.args


def switch_url() -> str:
    """This same page the other way: standing still, or loading itself again."""
    return f"{this_path()}?{_STILL}=1" if refreshing() else this_path()


def again_soon(page: str) -> ResponseReturnValue:
    """The page, with the order to the browser to ask for it again in a few seconds.

    It works without JavaScript. People who need their time can stop it: ``components/working``.
    """
    response = make_response(page)
    if refreshing():
        response.headers["Refresh"] = str(_SECONDS)
    return response
