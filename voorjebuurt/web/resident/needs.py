"""What a campaign asks for beside money: in the plan and on a live page."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.needs import service
from voorjebuurt.campaigns.needs.queries import needs_of
from voorjebuurt.campaigns.needs.rules import CHANGEABLE, TAKES_OFFERS
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.rules import EDITABLE
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.need_forms import NeedForm


@blueprint.route("/acties/<uuid:campaign_id>/hulp", methods=["GET", "POST"])
def edit_needs(campaign_id: UUID) -> ResponseReturnValue:
    """The needs that there are, and the form for another one."""
    form = NeedForm()
    answer = submit(
        form,
        lambda session: service.add_need(
            session, campaign_id=campaign_id, terms=form.terms(), actor=current_actor()
        ),
        message=_("It has been added."),
        back=url_for("resident.edit_needs", campaign_id=campaign_id),
    )
    return answer or _page(campaign_id, form)


def _page(campaign_id: UUID, form: NeedForm) -> str:
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        needs = needs_of(session, campaign_id)
    return render_template(
        "resident/needs/edit.html",
        campaign=campaign,
        needs=needs,
        form=form,
        can_add=campaign.status in CHANGEABLE,
        can_remove=campaign.status in EDITABLE,
        is_public=campaign.status in TAKES_OFFERS,
    )


@blueprint.post("/acties/<uuid:campaign_id>/hulp/<uuid:need_id>/verwijder")
def remove_need(campaign_id: UUID, need_id: UUID) -> ResponseReturnValue:
    """Take a need out of a plan that nobody sees yet."""
    do(
        lambda session: service.remove_need(
            session, campaign_id=campaign_id, need_id=need_id, actor=current_actor()
        ),
        message=_("It is out of your plan."),
    )
    return redirect(url_for("resident.edit_needs", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/hulp/<uuid:need_id>/stop")
def stop_need(campaign_id: UUID, need_id: UUID) -> ResponseReturnValue:
    """Ask for something no longer."""
    do(
        lambda session: service.stop_need(
            session, campaign_id=campaign_id, need_id=need_id, actor=current_actor()
        ),
        message=_("You no longer ask for this. What you accepted stays."),
    )
    return redirect(url_for("resident.edit_needs", campaign_id=campaign_id))
