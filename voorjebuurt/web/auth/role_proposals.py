"""A proposal to give a role, for everybody who holds that role: they can dismiss it."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.people import roles
from voorjebuurt.people.appointments.authority import appoints_itself
from voorjebuurt.people.role_proposal_queries import WaitingRole, waiting_role_for
from voorjebuurt.people.rules import Role
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading


@blueprint.get("/mijn/rolvoorstellen/<uuid:proposal_id>")
def show_role_proposal(proposal_id: UUID) -> ResponseReturnValue:
    """Who is to get which role by whom; that there is nothing to see, for others and after it."""
    with reading() as session:
        proposal = waiting_role_for(session, proposal_id, current_actor())
        staff_confirm = _do_staff_confirm(session, proposal)
        places = {place.id: place.name for place in municipalities(session)}
    page = render_template(
        "auth/role_proposal.html",
        proposal=proposal,
        places=places,
        officers_href=_where_officers_confirm(proposal),
        person_href=url_for("staff.show_person", person_id=proposal.person_id)
        if proposal and staff_confirm
        else None,
    )
    return page, 200 if proposal else 404


@blueprint.post("/mijn/rolvoorstellen/<uuid:proposal_id>/afwijzen")
def dismiss_role(proposal_id: UUID) -> ResponseReturnValue:
    """Let nothing come of the proposal."""
    is_dismissed = do(
        lambda session: roles.dismiss_role(session, proposal_id=proposal_id, actor=current_actor()),
        message=_("The proposal is dismissed. Everything stays as it was."),
    )
    if is_dismissed:
        return redirect(url_for("auth.show_security"))
    return redirect(url_for("auth.show_role_proposal", proposal_id=proposal_id))


def _do_staff_confirm(session: Session, proposal: WaitingRole | None) -> bool:
    """Whether the reader is of staff, who confirm all but officers of who appoints its own."""
    if proposal is None or Role.STAFF not in current_actor().roles:
        return False
    return not appoints_itself(session, proposal.municipality_id)


def _where_officers_confirm(proposal: WaitingRole | None) -> str | None:
    """The register of the municipality, for who is an officer there."""
    if proposal is None or proposal.municipality_id not in signed_in_person().municipalities:
        return None
    return url_for("officer.list_colleagues", gemeente=proposal.municipality_id)
