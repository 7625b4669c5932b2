"""What waits for staff, first things first."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.payouts.payee_queries import payees
from voorjebuurt.payouts.queries import payouts
from voorjebuurt.payouts.waiting import stuck_refunds
from voorjebuurt.people.address_change_states import unapproved_changes
from voorjebuurt.people.appointments.authority import self_appointing
from voorjebuurt.people.role_proposal_queries import waiting_roles
from voorjebuurt.people.rules import Role
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.staff.blueprint import blueprint

MAX_ROWS = 5


@blueprint.get("")
def show_desk() -> ResponseReturnValue:
    """The first few of everything that waits, with how many there are."""
    actor = current_actor()
    with reading() as session:
        return render_template(
            "staff/desk.html",
            alerts=open_alerts(session)[:MAX_ROWS],
            payees=payees(session, statuses=["submitted"], limit=MAX_ROWS),
            to_release=payouts(session, statuses=["proposed"], limit=MAX_ROWS),
            refunds=stuck_refunds(session, limit=MAX_ROWS),
            proposals=waiting_roles(session) if Role.STAFF in actor.roles else [],
            addresses=unapproved_changes(session) if Role.STAFF in actor.roles else [],
            places={place.id: place.name for place in municipalities(session)},
            self_appointing=self_appointing(session),
            reader_id=actor.person_id,
        )
