"""Rehearsals for staff: of any municipality, or of files alone."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from voorjebuurt.people.rules import Role
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.rehearsals import pages as rehearsals
from voorjebuurt.web.rehearsals.pages import Audience
from voorjebuurt.web.staff.blueprint import blueprint


@blueprint.get("/oefeningen")
def list_rehearsals() -> ResponseReturnValue:
    """All rehearsals."""
    return rehearsals.list_page(_audience())


@blueprint.route("/oefeningen/nieuw", methods=["GET", "POST"])
def ask_rehearsal() -> ResponseReturnValue:
    """Ask for a rehearsal."""
    return rehearsals.ask_page(_audience())


@blueprint.get("/oefeningen/<uuid:rehearsal_id>")
def show_rehearsal(rehearsal_id: UUID) -> ResponseReturnValue:
    """One rehearsal."""
    return rehearsals.show_page(_audience(), rehearsal_id)


@blueprint.get("/oefeningen/<uuid:rehearsal_id>/<part>.json")
def send_rehearsal_input(rehearsal_id: UUID, part: str) -> ResponseReturnValue:
    """What it was made of."""
    return rehearsals.input_file(rehearsal_id, part)


def _audience() -> Audience:
    return Audience("staff", None, Role.STAFF in signed_in_person().roles)
