"""Asking for a change of one's award: more time, other activities; and taking that back."""

from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.overviews.applicant_file import ApplicantFile, applicant_file
from voorjebuurt.decisions.plans.queries import application_of_request
from voorjebuurt.decisions.rules.plans import Wish
from voorjebuurt.decisions.rulings.plan_requests import ask_plan_change as ask_change
from voorjebuurt.decisions.rulings.plan_requests import withdraw_plan_request as withdraw
from voorjebuurt.kernel import text
from voorjebuurt.matching.arrangements import Way
from voorjebuurt.pledges.rules import MatchStatus
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import EmptyForm
from voorjebuurt.web.resident.plan_forms import PlanChangeForm


@blueprint.route("/matchgeld/<uuid:application_id>/wijziging", methods=["GET", "POST"])
def ask_plan_change(application_id: UUID) -> ResponseReturnValue:
    """Ask for more time, other activities, or both."""
    with reading() as session:
        file = applicant_file(session, application_id) or abort(404)
    back = url_for("resident.show_application", application_id=application_id)
    if file.last_day is None or not file.plan_askable:
        return redirect(back)
    day = text.day(file.last_day, chosen_locale())
    form = PlanChangeForm()
    question = Question(
        title=_("Ask for a change"),
        says=(
            _time_now(file, day),
            _("Two officers decide on it, and you get a letter. The amount stays the same."),
            *_while_it_runs(file),
        ),
        button=_("Send the request"),
        done=_("Your request has been received. You also get a mail."),
        back=back,
    )
    return ask(
        question,
        form,
        lambda session: ask_change(
            session,
            application_id=application_id,
            wish=Wish(form.wish_on.data, form.activities.data or ""),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template="resident/match/question.html",
    )


@blueprint.route("/wijzigingen/<uuid:request_id>/intrekken", methods=["GET", "POST"])
def withdraw_plan_request(request_id: UUID) -> ResponseReturnValue:
    """Take a request back, after a question."""
    with reading() as session:
        application_id = application_of_request(session, request_id) or abort(404)
    question = Question(
        title=_("Take your request back?"),
        says=(_("Everything then stays as it is now."),),
        button=_("Take the request back"),
        done=_("Your request has been taken back."),
        back=url_for("resident.show_application", application_id=application_id),
        tone="danger",
    )
    return ask(
        question,
        EmptyForm(),
        lambda session: withdraw(session, request_id=request_id, actor=current_actor()),
        template="resident/match/question.html",
    )


def _time_now(file: ApplicantFile, day: str) -> str:
    """Until when there is time now, or will be if the campaign succeeds on its last day."""
    is_running, is_plan = file.match.status == MatchStatus.AWARDED, file.way is Way.EX_OFFICIO
    if is_running and is_plan:
        return str(
            _(
                "Does your campaign succeed on its last day? Then you have until %(day)s to carry"
                " out your plan.",
                day=day,
            )
        )
    if is_running:
        return str(
            _(
                "Does your campaign succeed on its last day? Then you have until %(day)s to show"
                " what you did with the money.",
                day=day,
            )
        )
    if is_plan:
        return str(_("You now have until %(day)s to carry out your plan.", day=day))
    return str(_("You now have until %(day)s to show what you did with the money.", day=day))


def _while_it_runs(file: ApplicantFile) -> tuple[str, ...]:
    if file.match.status != MatchStatus.AWARDED:
        return ()
    return (
        _(
            "Your campaign still runs, and donors give for what its page says. Do you want to do"
            " something else? Then better that page too."
        ),
    )
