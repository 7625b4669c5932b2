"""Questions about one's own campaign: which wait, and answering one."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.questions.queries import (
    answer_parts,
    confirmed_questions,
    question_by_id,
)
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.answers import ReplyForm
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint

_MOST = 200


@blueprint.get("/acties/<uuid:campaign_id>/vragen")
def list_questions(campaign_id: UUID) -> ResponseReturnValue:
    """What people asked; what waits for an answer is on top."""
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        rows = confirmed_questions(session, campaign_id, limit=_MOST)
    return render_template("resident/questions/list.html", campaign=campaign, questions=rows)


@blueprint.route("/acties/<uuid:campaign_id>/vragen/<uuid:question_id>", methods=["GET", "POST"])
def reply_to_question(campaign_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """One question: answer it, or read what was answered."""
    basis = PageBasis(
        SubjectKind.CAMPAIGN,
        campaign_id,
        locked_campaign,
        lambda s, _: answer_parts(s, question_id),
    )
    with reading() as session:
        version = PageVersion.of(session, basis)
        campaign = page_by_id(session, campaign_id) or abort(404)
        question = question_by_id(session, question_id)
    if question is None or question.campaign_id != campaign_id:
        abort(404)
    form = ReplyForm()
    form.version = version
    answer = submit(
        form,
        lambda session: questions.answer(
            session,
            question_id=question_id,
            text=form.answer.data or "",
            actor=current_actor(),
        ),
        message=_("Your answer is on the page."),
        back=url_for("resident.list_questions", campaign_id=campaign_id),
    )
    return answer or render_template(
        "resident/questions/reply.html", campaign=campaign, question=question, form=form
    )
