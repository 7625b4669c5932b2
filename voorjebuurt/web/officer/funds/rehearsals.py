"""Rehearsals for officers: on the past campaigns of their own municipality, or on a file."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.rehearsals import pages as rehearsals
from voorjebuurt.web.rehearsals.pages import Audience


@blueprint.get("/oefeningen")
def list_rehearsals() -> ResponseReturnValue:
    """The rehearsals of the own municipality."""
    return rehearsals.list_page(_audience())


@blueprint.route("/oefeningen/nieuw", methods=["GET", "POST"])
def ask_rehearsal() -> ResponseReturnValue:
    """Ask for a rehearsal; ``?regels=draft:<fund>`` chooses a fund's draft beforehand."""
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
    return Audience("officer", signed_in_person().municipalities, may_ask=True)
