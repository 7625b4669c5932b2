"""A decision's letter: as a page to read and print, and as PDF."""

from uuid import UUID

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions import letters
from voorjebuurt.decisions.cases.queries import decision_by_id
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.decisions.views import decision_view


@blueprint.get("/besluiten/<uuid:decision_id>/brief")
def show_letter(decision_id: UUID) -> ResponseReturnValue:
    """The letter as it went out, or as it would."""
    with reading() as session:
        view = decision_view(session, decision_id) or abort(404)
    return render_template("officer/decisions/letter.html", view=view, decision=view.decision)


@blueprint.get("/besluiten/<uuid:decision_id>/brief.pdf")
def send_letter(decision_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the bytes that were sent; before that a draft, which says so."""
    with reading() as session:
        decision = decision_by_id(session, decision_id) or abort(404)
        pdf = decision.letter or letters.render(decision.snapshot)
    answer = make_response(pdf)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{decision.number}.pdf"'
    return answer
