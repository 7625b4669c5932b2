"""A campaign that nearly made it: its initiator changes the plan, or asks for the rest."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.matching.live.changed_plans import send_plan
from voorjebuurt.matching.live.plan_forecasts import (
    PlanForecast,
    forecast_in_review,
    plan_forecast,
)
from voorjebuurt.pledges.near_miss.queries import NearMissPage, last_near_miss, plan_parts
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.near_miss_forms import PlanForm


@blueprint.route("/acties/<uuid:campaign_id>/tweede-kans", methods=["GET", "POST"])
def plan_near_miss(campaign_id: UUID) -> ResponseReturnValue:
    """What is missing, until when, and the plan as it becomes."""
    with reading() as session:
        near_miss = last_near_miss(session, campaign_id)
        version = _version(session, campaign_id) if near_miss else None
    if near_miss is None:
        return redirect(url_for("resident.show_campaign", campaign_id=campaign_id))
    form = PlanForm(data=_typed_before(near_miss))
    form.version = version
    valid = not form.is_submitted() or form.validate_with(near_miss)
    reckons = valid and "reckon" in request.form
    if valid and not reckons:
        answer = submit(
            form,
            lambda session: send_plan(
                session, campaign_id=campaign_id, plan=form.plan(), actor=current_actor()
            ),
            message=_("Your plan has been sent. A coach looks at it."),
            back=url_for("resident.plan_near_miss", campaign_id=campaign_id),
        )
        if answer is not None:
            return answer
    return _page(near_miss, form, reckons=reckons)


def _page(near_miss: NearMissPage, form: PlanForm, *, reckons: bool) -> str:
    with reading() as session:
        campaign = page_by_id(session, near_miss.campaign_id)
    return render_template(
        "resident/near_miss/plan.html",
        campaign=campaign,
        near_miss=near_miss,
        form=form,
        forecast=_forecast(near_miss.campaign_id, form if reckons else None),
    )


def _forecast(campaign_id: UUID, form: PlanForm | None) -> PlanForecast | None:
    """The match of the plan as it was typed, or of the one that a coach looks at."""
    with reading() as session:
        if form is None:
            return forecast_in_review(session, campaign_id)
        budget_cents = sum(form.plan().line_cents)
        return plan_forecast(session, campaign_id=campaign_id, budget_cents=budget_cents)


def _typed_before(near_miss: NearMissPage) -> dict[str, object]:
    return {
        "lines": [{"amount": line.new_cents} for line in near_miss.lines],
        "left_out": near_miss.left_out,
        "asks_rest": near_miss.asks_rest,
    }


def _version(session: Session, campaign_id: UUID) -> PageVersion:
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, plan_parts)
    return PageVersion.of(session, basis)
