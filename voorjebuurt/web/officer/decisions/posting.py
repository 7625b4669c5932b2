"""Letters on paper: the page with the address, and ticking off that it was posted."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.posting.service import note_posting as note
from voorjebuurt.decisions.posting.service import posting_of
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("/besluiten/<uuid:decision_id>/adres")
def show_address(decision_id: UUID) -> ResponseReturnValue:
    """The address page, to print and put in front of the letter."""
    with reading() as session:
        posting = posting_of(session, decision_id) or abort(404)
    return render_template("officer/decisions/address.html", posting=posting)


@blueprint.post("/besluiten/<uuid:decision_id>/gepost")
def note_posting(decision_id: UUID) -> ResponseReturnValue:
    """The letter is in the post box: it goes from the work list."""
    do(
        lambda session: note(session, decision_id=decision_id, actor=current_actor()),
        message=_("Ticked off: the letter was posted."),
    )
    return redirect(url_for("officer.show_decision", decision_id=decision_id))
