"""One decision: read with its letter, approved by a second officer, dismissed or recalled."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.cases.queries import decision_by_id
from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_approval, who_can_approve
from voorjebuurt.decisions.posting.queries import postings_of
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.approvals import recall as recall_it
from voorjebuurt.decisions.rulings.proposals import dismiss
from voorjebuurt.matching.pots.position import fund_position
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.officer.decisions.views import decision_view
from voorjebuurt.web.words.messages import text_of


@blueprint.get("/besluiten/<uuid:decision_id>")
def show_decision(decision_id: UUID) -> ResponseReturnValue:
    """What was proposed, the letter, and what can be done with it now."""
    with reading() as session:
        view = decision_view(session, decision_id) or abort(404)
        obstacle, postings, able = None, postings_of(session, decision_id), []
        if view.decision.status == "proposed":
            actor = current_actor()
            obstacle = obstacle_to_approval(session, decision_id=decision_id, actor=actor)
            able = who_can_approve(session, decision_id) if obstacle else []
        position = fund_position(session, view.decision.fund_id)
        stake = stake_reason(
            session,
            person_id=signed_in_person().id,
            campaign_id=view.application.campaign_id,
        )
    return render_template(
        "officer/decisions/show.html",
        view=view,
        decision=view.decision,
        application=view.application,
        postings=postings,
        position=position,
        obstacle=text_of(obstacle) if obstacle else None,
        able=able,
        own=view.decision.proposed_by == current_actor().person_id,
        stake=stake,
        recall_minutes=the_settings().decisions.recall_minutes,
    )


@blueprint.post("/besluiten/<uuid:decision_id>/goedkeuren")
def approve_decision(decision_id: UUID) -> ResponseReturnValue:
    """Approve it, as a second officer."""
    do(
        lambda session: approve(
            session,
            decision_id=decision_id,
            recall_minutes=the_settings().decisions.recall_minutes,
            actor=current_actor(),
        ),
        message=_("The decision is approved. It is sent when the time to recall it is over."),
    )
    return redirect(url_for("officer.show_decision", decision_id=decision_id))


@blueprint.route("/besluiten/<uuid:decision_id>/terugsturen", methods=["GET", "POST"])
def dismiss_decision(decision_id: UUID) -> ResponseReturnValue:
    """Send a proposal back to the officer, with the reason; or take one's own back."""
    form = ReasonForm()
    question = _question_of_dismissal(decision_id)
    return ask(
        question,
        form,
        lambda session: dismiss(
            session,
            decision_id=decision_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/besluiten/<uuid:decision_id>/terughalen", methods=["GET", "POST"])
def recall_decision(decision_id: UUID) -> ResponseReturnValue:
    """Take an approved decision back before it is sent."""
    form = ReasonForm()
    question = Question(
        title=_("Recall this decision?"),
        **_about(decision_id),
        button=_("Recall the decision"),
        tone="danger",
        done=_("The decision is recalled. Nothing was sent and no money was moved."),
        says=(_("The applicant does not notice. The application can be decided on again."),),
    )
    return ask(
        question,
        form,
        lambda session: recall_it(
            session,
            decision_id=decision_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _question_of_dismissal(decision_id: UUID) -> Question:
    about = _about(decision_id)
    with reading() as session:
        decision = decision_by_id(session, decision_id) or abort(404)
    if decision.proposed_by == current_actor().person_id:
        return Question(
            title=_("Take your proposal back?"),
            **about,
            button=_("Take the proposal back"),
            done=_("Your proposal is taken back. The application can be decided on again."),
            says=(_("Your reason stays with the case. What was reserved is let go."),),
        )
    return Question(
        title=_("Send this proposal back?"),
        **about,
        button=_("Send it back"),
        done=_("The proposal went back. The application can be decided on again."),
        says=(_("Your colleague reads your reason. What was reserved in the fund is let go."),),
    )


def _about(decision_id: UUID) -> dict[str, str]:
    with reading() as session:
        decision = decision_by_id(session, decision_id) or abort(404)
    back = url_for("officer.show_decision", decision_id=decision_id)
    return {"about": _("Decision %(number)s", number=decision.number), "back": back}
