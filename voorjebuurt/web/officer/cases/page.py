"""The page of one application: everything about it, with the next step on top."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.next_steps import next_step, other_steps
from voorjebuurt.web.officer.cases.view import case_view


@blueprint.get("/aanvragen/<uuid:application_id>")
def show_application(application_id: UUID) -> ResponseReturnValue:
    """The whole story on one page; what is not needed now is folded."""
    with reading() as session:
        view = case_view(session, application_id, signed_in_person().id) or abort(404)
    return render_template(
        "officer/applications/show.html",
        view=view,
        application=view.row,
        step=next_step(view),
        others=other_steps(view),
    )
