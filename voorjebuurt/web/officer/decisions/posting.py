"""Letters on paper: what to print of each, and ticking off that it was posted."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.posting.queries import posting_by_id
from voorjebuurt.decisions.posting.service import note_posting as note
from voorjebuurt.matching.applications.queries import application_row
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.decisions.objections import pdf_answer


@blueprint.get("/post/<uuid:letter_id>")
def show_posting(letter_id: UUID) -> ResponseReturnValue:
    """One letter to post: what it is, to whom it goes, and what to print."""
    with reading() as session:
        posting = posting_by_id(session, letter_id) or abort(404)
        application = application_row(session, posting.application_id) or abort(404)
        names = names_of(session, [posting.posted_by])
    return render_template(
        "officer/posting/show.html", posting=posting, application=application, names=names
    )


@blueprint.get("/post/<uuid:letter_id>/adres")
def show_address(letter_id: UUID) -> ResponseReturnValue:
    """The address page, to print and put in front of the letter."""
    with reading() as session:
        posting = posting_by_id(session, letter_id) or abort(404)
    return render_template("officer/posting/address.html", posting=posting)


@blueprint.get("/post/<uuid:letter_id>/brief.pdf")
def send_posted_letter(letter_id: UUID) -> ResponseReturnValue:
    """The letter itself, to print."""
    with reading() as session:
        posting = posting_by_id(session, letter_id) or abort(404)
        pdf = posted_pdf(session, posting, current_actor()) or abort(404)
    return pdf_answer(pdf, posting.number)


@blueprint.post("/post/<uuid:letter_id>/gepost")
def note_posting(letter_id: UUID) -> ResponseReturnValue:
    """The letter is in the post box: it goes from the work list."""
    do(
        lambda session: note(session, letter_id=letter_id, actor=current_actor()),
        message=_("Ticked off: the letter was posted."),
    )
    return redirect(url_for("officer.show_posting", letter_id=letter_id))
