"""The page of one application: everything about it, with the next step on top."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.overviews.interest import interest_so_far
from voorjebuurt.decisions.overviews.owed_interest import owed_so_far
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import snapshot, the_settings
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import case_version
from voorjebuurt.web.officer.cases.next_actions import next_action, other_actions
from voorjebuurt.web.officer.cases.view import case_view


@blueprint.get("/aanvragen/<uuid:application_id>")
def show_application(application_id: UUID) -> ResponseReturnValue:
    """The whole story on one page; what is not needed now is folded."""
    with snapshot() as session:
        version = case_version(session, application_id, case_parts)
        table = table_of(the_settings().decisions)
        view = case_view(session, application_id, signed_in_person().id, table) or abort(404)
        interest = interest_so_far(session, application_id, table)
        debt = owed_so_far(session, application_id, table)
    return render_template(
        "officer/applications/show.html",
        view=view,
        version=version,
        application=view.row,
        step=next_action(view),
        others=other_actions(view),
        today=clock.today(),
        interest=interest,
        owed=debt,
        aid_ceiling_cents=the_settings().decisions.de_minimis_ceiling_cents,
    )
