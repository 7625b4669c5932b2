"""Questions about campaigns that wait for an answer, which a coach may give too."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.questions.queries import answer_parts, open_questions, question_by_id
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.answers import ReplyForm
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion

_MOST = 200


@blueprint.get("/vragen")
def list_questions() -> ResponseReturnValue:
    """What waits, the longest waiting first."""
    with reading() as session:
        rows = open_questions(session, limit=_MOST)
    return render_template("coach/questions/list.html", questions=rows)


@blueprint.route("/vragen/<uuid:question_id>", methods=["GET", "POST"])
def reply_to_question(question_id: UUID) -> ResponseReturnValue:
    """One question: answer it, or read what was answered."""
    with reading() as session:
        question = question_by_id(session, question_id) or abort(404)
        basis = PageBasis(
            SubjectKind.CAMPAIGN,
            question.campaign_id,
            locked_campaign,
            lambda s, _: answer_parts(s, question_id),
        )
        version = PageVersion.of(session, basis)
        question = question_by_id(session, question_id) or abort(404)
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
        back=url_for("coach.list_questions"),
    )
    return answer or render_template("coach/questions/reply.html", question=question, form=form)
