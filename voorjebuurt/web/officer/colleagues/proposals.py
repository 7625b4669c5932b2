"""Officers and mandates that a colleague proposed: confirmed by another, or dismissed."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.people import roles
from voorjebuurt.people.appointments.register import municipality_of_proposal
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.post("/medewerkers/voorstellen/<uuid:proposal_id>/bevestigen")
def confirm_officer(proposal_id: UUID) -> ResponseReturnValue:
    """Give what a colleague proposed, as the second person."""
    do(
        lambda session: roles.confirm_role(session, proposal_id=proposal_id, actor=current_actor()),
        message=_("Confirmed. It works at once."),
    )
    return _back(proposal_id)


@blueprint.post("/medewerkers/voorstellen/<uuid:proposal_id>/afwijzen")
def dismiss_officer(proposal_id: UUID) -> ResponseReturnValue:
    """Let nothing come of the proposal."""
    do(
        lambda session: roles.dismiss_role(session, proposal_id=proposal_id, actor=current_actor()),
        message=_("The proposal is dismissed. Everything stays as it was."),
    )
    return _back(proposal_id)


def _back(proposal_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        place = municipality_of_proposal(session, proposal_id)
    return redirect(url_for("officer.list_colleagues", gemeente=place))
