"""Roles that a colleague proposed: confirmed by a second one, or dismissed."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.people import roles
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.staff.blueprint import blueprint

_PROPOSAL = "/mensen/<uuid:person_id>/rolvoorstellen/<uuid:proposal_id>"


@blueprint.post(f"{_PROPOSAL}/bevestigen")
def confirm_role(person_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Give the role, as the second person."""
    do(
        lambda session: roles.confirm_role(session, proposal_id=proposal_id, actor=current_actor()),
        message=_("The role is given. It works at once."),
    )
    return redirect(url_for("staff.show_person", person_id=person_id))


@blueprint.post(f"{_PROPOSAL}/afwijzen")
def dismiss_role(person_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Let nothing come of the proposal."""
    do(
        lambda session: roles.dismiss_role(session, proposal_id=proposal_id, actor=current_actor()),
        message=_("The proposal is dismissed. Nobody got a role."),
    )
    return redirect(url_for("staff.show_person", person_id=person_id))
