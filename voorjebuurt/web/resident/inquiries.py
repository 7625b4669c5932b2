"""Proof that one is asked for: the question, and one's answer with files."""

from typing import NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.attachments.queries import of_application
from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.inquiries.answers import answer_inquiry as answer
from voorjebuurt.decisions.inquiries.queries import inquiry_by_id, inquiry_form
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.rules.inquiries import INQUIRED
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.attachments import files_of, sent_with_files
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.match_forms import ShowProofForm


class _Case(NamedTuple):
    """Of whose plan it is, and how the application stands."""

    campaign_id: UUID
    status: str


@blueprint.get("/bewijsvragen/<uuid:inquiry_id>")
def show_inquiry(inquiry_id: UUID) -> ResponseReturnValue:
    """What is asked, what one answered, and what was found."""
    inquiry, case = _both(inquiry_id)
    with reading() as session:
        files = [
            file
            for file in of_application(session, inquiry.application_id)
            if file.form == inquiry_form(inquiry_id)
        ]
    return render_template(
        "resident/match/inquiry.html",
        inquiry=inquiry,
        files=files,
        campaign_id=case.campaign_id,
        can_answer=_can_answer(inquiry, case),
        late=clock.today() > inquiry.until,
    )


@blueprint.route("/bewijsvragen/<uuid:inquiry_id>/antwoord", methods=["GET", "POST"])
def answer_inquiry(inquiry_id: UUID) -> ResponseReturnValue:
    """Show what one did, with files; once."""
    inquiry, case = _both(inquiry_id)
    page = url_for("resident.show_inquiry", inquiry_id=inquiry_id)
    if not _can_answer(inquiry, case):
        return redirect(page)
    form, place = ShowProofForm(), Place(inquiry_form(inquiry_id), case.campaign_id)
    if sent_with_files(form, place) and carried_out(
        form,
        lambda session: answer(
            session,
            inquiry_id=inquiry_id,
            answer=form.answer.data or "",
            actor=current_actor(),
        ),
    ):
        flash(_("We have your answer. An officer looks at it."), "ok")
        return redirect(page)
    return render_template(
        "resident/match/proof.html",
        inquiry=inquiry,
        form=form,
        files=files_of(place),
        late=clock.today() > inquiry.until,
    )


def _both(inquiry_id: UUID) -> tuple[Inquiry, _Case]:
    with reading() as session:
        inquiry = inquiry_by_id(session, inquiry_id) or abort(404)
        row = application_by_id(session, inquiry.application_id) or abort(404)
        return inquiry, _Case(row.campaign_id, row.status)


def _can_answer(inquiry: Inquiry, case: _Case) -> bool:
    """Whether an answer still counts: it waits for one, and the award stands."""
    is_open = inquiry.closed_at is None and not inquiry.channel
    return is_open and case.status in INQUIRED
