"""The changed plans of campaigns that nearly made it: a coach approves, or sends back."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.matching.live.changed_plans import approve_plan
from voorjebuurt.matching.live.plan_forecasts import forecast_in_review
from voorjebuurt.pledges.near_miss import planning
from voorjebuurt.pledges.near_miss.queries import last_near_miss, plan_parts
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.coach.forms import NoteForm
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion


@blueprint.get("/tweede-kans/<uuid:campaign_id>")
def show_near_miss(campaign_id: UUID) -> ResponseReturnValue:
    """The plan as it was and as it becomes, and what can be decided."""
    return _page(campaign_id, NoteForm())


@blueprint.post("/tweede-kans/<uuid:campaign_id>/goedkeuren")
def approve_near_miss(campaign_id: UUID) -> ResponseReturnValue:
    """Let the donors choose."""

    def approve(session: Session, note: str) -> None:
        approve_plan(session, campaign_id=campaign_id, note=note, actor=current_actor())

    return _do(campaign_id, approve, _("The plan is approved. The donors are asked now."))


@blueprint.post("/tweede-kans/<uuid:campaign_id>/terugsturen")
def return_near_miss(campaign_id: UUID) -> ResponseReturnValue:
    """Return the plan with reasons."""

    def send_back(session: Session, note: str) -> None:
        planning.send_back_plan(session, campaign_id=campaign_id, note=note, actor=current_actor())

    return _do(campaign_id, send_back, _("The plan has been sent back, with your reasons."))


def _do(
    campaign_id: UUID, act: Callable[[Session, str], None], message: str
) -> ResponseReturnValue:
    form = NoteForm()
    with reading() as session:
        form.version = _version(session, campaign_id)
    back = url_for("coach.show_near_miss", campaign_id=campaign_id)
    answer = submit(
        form, lambda session: act(session, form.body.data or ""), message=message, back=back
    )
    return answer or _page(campaign_id, form)


def _version(session: Session, campaign_id: UUID) -> PageVersion:
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, plan_parts)
    return PageVersion.of(session, basis)


def _page(campaign_id: UUID, form: NoteForm) -> str:
    with reading() as session:
        near_miss = last_near_miss(session, campaign_id) or abort(404)
        form.version = form.version or _version(session, campaign_id)
        campaign = page_by_id(session, campaign_id) or abort(404)
        forecast = forecast_in_review(session, campaign_id)
        own = has_part(session, campaign_id, signed_in_person().id)
    return render_template(
        "coach/near_miss/show.html",
        campaign=campaign,
        near_miss=near_miss,
        forecast=forecast,
        own=own,
        form=form,
    )
