"""The officer's desk."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("")
def show_desk() -> ResponseReturnValue:
    """Where an officer begins."""
    return redirect(url_for("officer.list_campaigns"))
