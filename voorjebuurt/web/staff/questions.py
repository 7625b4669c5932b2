"""Questions that people asked about a campaign: keeping them off the page."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.questions.queries import confirmed_questions, question_by_id
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm

_MOST = 200


@blueprint.get("/acties/<uuid:campaign_id>/vragen")
def list_questions(campaign_id: UUID) -> ResponseReturnValue:
    """All that were confirmed, also what is off the page."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = confirmed_questions(session, campaign_id, limit=_MOST)
    return render_template("staff/campaigns/questions.html", campaign=campaign, questions=rows)


@blueprint.route("/vragen/<uuid:question_id>/verbergen", methods=["GET", "POST"])
def hide_question(question_id: UUID) -> ResponseReturnValue:
    """Keep one off the page, with a reason for who asked."""
    with reading() as session:
        question = question_by_id(session, question_id) or abort(404)
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: questions.hide_question(
            session, question_id=question_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("It is hidden. Who asked gets a mail with the reason."),
        back=url_for("staff.list_questions", campaign_id=question.campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/hide_question.html", question=question, form=form
    )


@blueprint.post("/vragen/<uuid:question_id>/tonen")
def unhide_question(question_id: UUID) -> ResponseReturnValue:
    """Show one again."""
    with reading() as session:
        question = question_by_id(session, question_id) or abort(404)
    do(
        lambda session: questions.show_question(
            session, question_id=question_id, actor=current_actor()
        ),
        message=_("It is shown again."),
    )
    return redirect(url_for("staff.list_questions", campaign_id=question.campaign_id))
