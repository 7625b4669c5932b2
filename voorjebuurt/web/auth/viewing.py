"""Ending to look along with somebody, by the button on every page."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.people.viewings import service
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.viewing import VIEWED


@blueprint.post("/meekijken/stoppen")
def stop_viewing() -> ResponseReturnValue:
    """Be oneself again, on the page of whom one looked along with."""
    person = signed_in_person()
    with writing() as db:
        service.stop_viewing(db, sign_in_id=person.sign_in_id)
    session.pop(VIEWED, None)
    if person.viewed_until is None:
        return redirect("/")
    flash(_("You stopped looking along. You are yourself again."), "ok")
    return redirect(url_for("staff.show_person", person_id=person.id))
