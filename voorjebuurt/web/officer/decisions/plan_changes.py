"""A change of an award at the applicant's request: written down from paper, and proposed."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import of_application
from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.plans.queries import is_running, last_day_now, open_request, paper_form
from voorjebuurt.decisions.plans.rulings import kind_of, plan_terms
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.plans import Wish
from voorjebuurt.decisions.rulings.plan_requests import register_plan_request as register
from voorjebuurt.decisions.rulings.preview import decision_bounds, draft_letter
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version, the_application
from voorjebuurt.web.officer.decisions.plan_forms import PlanRequestForm, PlanRulingForm


@blueprint.route("/aanvragen/<uuid:application_id>/wijziging", methods=["GET", "POST"])
def register_plan_request(application_id: UUID) -> ResponseReturnValue:
    """Write down a request that came on paper, by telephone or at the desk."""
    row = the_application(application_id)
    form = PlanRequestForm(data={"received_on": clock.today()})
    return ask_about(
        application_id,
        form,
        lambda session: register(
            session,
            application_id=application_id,
            wish=Wish(form.wish_on.data, form.activities.data or ""),
            reason=form.reason.data or "",
            channel=form.channel.data or "",
            received_on=form.received_on.data or clock.today(),
            actor=current_actor(),
        ),
        part="wijzigingen",
        place=Place(paper_form(application_id), row.campaign_id),
        title=_("Register a request for a change"),
        button=_("Register the request"),
        done=_("The request is registered. The applicant gets a mail."),
        says=(
            _("It counts from the day on which it came in."),
            _("Two officers decide on it. The amount stays the same."),
            _("The applicant can look at the scan too."),
        ),
    )


@blueprint.route(
    "/aanvragen/<uuid:application_id>/besluit/wijziging-op-verzoek", methods=["GET", "POST"]
)
def propose_plan_change(application_id: UUID) -> ResponseReturnValue:
    """Propose to give what was asked, a part of it, or nothing; its letter can be read first."""
    row = the_application(application_id)
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        plan_request = open_request(session, application_id)
        application = application_by_id(session, application_id)
        last_day = last_day_now(session, application) if application else None
        running = application is not None and is_running(session, application)
        files = [
            each
            for each in of_application(session, application_id)
            if plan_request is not None and each.form == paper_form(application_id)
        ]
    form = PlanRulingForm()
    form.version, letter = version, None
    form.offer(plan_request)
    if plan_request is not None and form.validate_on_submit():
        if "preview" in request.form:
            letter = _letter(application_id, form)
        elif (decision_id := _propose(application_id, form)) is not None:
            flash(_("The decision is proposed. A colleague can approve it now."), "ok")
            return redirect(url_for("officer.show_decision", decision_id=decision_id))
    return render_template(
        "officer/decisions/plan_change.html",
        application=row,
        plan_request=plan_request,
        last_day=last_day,
        running=running,
        files=files,
        form=form,
        letter=letter,
    )


def _ruling(session: Session, application_id: UUID, form: PlanRulingForm) -> dict[str, Any]:
    """The decision as the services take it; its amount is what stands."""
    reason, outcome = form.reason.data or "", form.outcome.data or ""
    part = Wish(
        form.until.data if "until" in form else None,
        form.activities.data or "" if "activities" in form else "",
    )
    terms = plan_terms(
        session, application_id=application_id, outcome=outcome, part=part, reason=reason
    )
    kind: DecisionKind = kind_of(outcome)
    bounds = decision_bounds(session, application_id=application_id, kind=kind)
    return {
        "application_id": application_id,
        "kind": kind,
        "amount_cents": bounds.highest_cents,
        "grounds": (),
        "reason": reason,
        "terms": ChangeTerms(plan=terms),
    }


def _letter(application_id: UUID, form: PlanRulingForm) -> str | None:
    with refusals_shown(form), reading() as session:
        return draft_letter(session, **_ruling(session, application_id, form))
    return None


def _propose(application_id: UUID, form: PlanRulingForm) -> UUID | None:
    with refusals_shown(form), writing_as_shown(form.version) as session:
        ruling = _ruling(session, application_id, form)
        return propose(session, actor=current_actor(), **ruling)
    return None
