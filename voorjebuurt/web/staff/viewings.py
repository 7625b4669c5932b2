"""Looking at the site as a resident sees it."""

from datetime import timedelta
from uuid import UUID

from flask import abort, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.people import queries
from voorjebuurt.people.viewings import service
from voorjebuurt.people.viewings.queries import is_viewable
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ViewingForm
from voorjebuurt.web.viewing import VIEWED


@blueprint.route("/mensen/<uuid:person_id>/meekijken", methods=["GET", "POST"])
def start_viewing(person_id: UUID) -> ResponseReturnValue:
    """Say why, and see the site as this person does for some minutes."""
    minutes = the_settings().people.viewing_minutes
    with reading() as db:
        person = queries.person_by_id(db, person_id) or abort(404)
        may_view = is_viewable(db, person_id)
    form = ViewingForm()
    answer = submit(
        form,
        lambda writer: service.start_viewing(
            writer,
            person_id=person_id,
            sign_in_id=signed_in_person().sign_in_id,
            lasts=timedelta(minutes=minutes),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("You look along now. The person gets a mail with your reason."),
        back=url_for("resident.list_campaigns"),
    )
    if answer is not None:
        session[VIEWED] = str(person_id)
    return answer or render_template(
        "staff/people/viewing.html", person=person, may_view=may_view, minutes=minutes, form=form
    )
