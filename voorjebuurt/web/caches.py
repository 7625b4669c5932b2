"""What browsers and whatever stands between may keep of an answer.

Pages and files that a guard keeps for some, or that show who is signed in, are kept by nobody.
Views say nothing about it, except those of files that are the same for everybody.
"""

from flask import Flask, Response, request, session

from voorjebuurt.web.guards import GUARDS
from voorjebuurt.web.kit.access import PUBLIC

_VARIES = ("Cookie", "Accept-Language")
_PERSONAL = frozenset({"auth", "health", "outbox"})
"""Blueprints of pages that everybody may open, and that show what somebody typed, or the moment."""
_KEPT = frozenset({200, 304})
SIGNED_IN = "_user_id"
"""What Flask-Login keeps in the session of who is signed in; the database is not asked."""


def init_caches(app: Flask) -> None:
    """Say with every answer who may keep it."""
    app.after_request(_say)


def _say(response: Response) -> Response:
    guard = GUARDS.get(str(request.endpoint))
    if guard is PUBLIC and response.cache_control.public and response.status_code in _KEPT:
        return response  # the same for everybody, as a file by a name made of its content
    response.vary.update(_VARIES)
    policy = "private, no-cache" if _may_be_kept() else "no-store"
    response.headers["Cache-Control"] = policy
    return response


def _may_be_kept() -> bool:
    """Whether a browser may keep it, to show it when somebody goes back; never anything else."""
    if GUARDS.get(str(request.endpoint), PUBLIC) is not PUBLIC or request.method == "POST":
        return False
    return request.blueprint not in _PERSONAL and SIGNED_IN not in session
