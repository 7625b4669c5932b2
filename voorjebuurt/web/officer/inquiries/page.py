"""One question for proof: how it stands, the answer with its files, and what was found."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.attachments.queries import of_application
from voorjebuurt.decisions.inquiries.queries import inquiry_by_id, inquiry_form, status_today
from voorjebuurt.decisions.rules.inquiries import LOWER
from voorjebuurt.matching.applications.queries import application_row
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("/bewijsvragen/<uuid:inquiry_id>")
def show_inquiry(inquiry_id: UUID) -> ResponseReturnValue:
    """What was asked, what came in, and what can be done now."""
    with reading() as session:
        inquiry = inquiry_by_id(session, inquiry_id) or abort(404)
        row = application_row(session, inquiry.application_id) or abort(404)
        files = [
            file
            for file in of_application(session, inquiry.application_id)
            if file.form == inquiry_form(inquiry_id)
        ]
        people = (inquiry.asked_by, inquiry.answered_by, inquiry.closed_by)
        names = names_of(session, people)
    return render_template(
        "officer/inquiries/show.html",
        inquiry=inquiry,
        application=row,
        files=files,
        names=names,
        status=status_today(inquiry).value,
        lower=inquiry.finding in LOWER,
    )
