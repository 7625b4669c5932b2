"""Real letters with the words of a version: of a sample case, or of a decision that there was."""

from uuid import UUID

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.decisions.letters.content import Letter
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.previews import service as previews
from voorjebuurt.ownwords.rules import LetterFamily
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.wording.views import KINDS, SLUGS, WordingView, wording_view
from voorjebuurt.web.words import wording_labels


@blueprint.get("/brieven/<uuid:wording_id>/voorbeeld/<letter>")
def preview_wording(wording_id: UUID, letter: str) -> ResponseReturnValue:
    """A letter of one kind on the screen; of a decision with ``?besluit=``."""
    kind = KINDS.get(letter) or abort(404)
    with reading() as session:
        view = wording_view(session, wording_id)
        cases = previews.real_cases(session, view.row.municipality_id, kind)
        content = _letter(session, view, kind)
    return render_template(
        "officer/wording/preview.html",
        view=view,
        letter=html_of(content),
        slug=letter,
        kind=kind,
        cases=cases,
        chosen=_decision_id(),
        slugs=SLUGS,
        labels=wording_labels,
    )


@blueprint.get("/brieven/<uuid:wording_id>/voorbeeld/<letter>.pdf")
def send_wording_preview(wording_id: UUID, letter: str) -> ResponseReturnValue:
    """The same as PDF."""
    kind = KINDS.get(letter) or abort(404)
    with reading() as session:
        content = _letter(session, wording_view(session, wording_id), kind)
    answer = make_response(pdf_of(content))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="voorbeeld-{letter}.pdf"'
    return answer


def _letter(session: Session, view: WordingView, kind: LetterFamily) -> Letter:
    """The letter of the sample case, or of the decision asked for, which must be their own."""
    officer = signed_in_person().name
    decision_id = _decision_id()
    if decision_id is None:
        return previews.sample_letter(kind, place=view.place, wording=view.wording, officer=officer)
    letter = previews.real_letter(
        session,
        decision_id,
        municipality_id=view.row.municipality_id,
        kind=kind,
        wording=view.wording,
        officer=officer,
    )
    return letter or abort(404)


def _decision_id() -> UUID | None:
    try:
        return UUID(request.args["besluit"]) if request.args.get("besluit") else None
    except ValueError:
        return abort(404)
