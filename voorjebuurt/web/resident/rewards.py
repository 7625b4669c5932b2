"""What a campaign gives its donors in return: in the plan, on a live page, and handed over."""

from uuid import UUID

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.rewards import service
from voorjebuurt.campaigns.rewards.queries import rewards_of
from voorjebuurt.campaigns.rewards.rules import CHANGEABLE
from voorjebuurt.campaigns.rules import EDITABLE, PUBLIC, WON
from voorjebuurt.pledges.rewards.deliveries import deliveries, mark_delivery
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.downloads import csv_answer
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.reward_forms import RewardForm
from voorjebuurt.web.words.reward_labels import deliveries_csv


@blueprint.route("/acties/<uuid:campaign_id>/beloningen", methods=["GET", "POST"])
def edit_rewards(campaign_id: UUID) -> ResponseReturnValue:
    """The rewards that there are, and the form for another one."""
    form = RewardForm()
    answer = submit(
        form,
        lambda session: service.add_reward(
            session,
            campaign_id=campaign_id,
            terms=form.terms(),
            bounds=the_settings().pledges,
            actor=current_actor(),
        ),
        message=_("The reward has been added."),
        back=url_for("resident.edit_rewards", campaign_id=campaign_id),
    )
    return answer or _page(campaign_id, form)


def _page(campaign_id: UUID, form: RewardForm) -> str:
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rewards = rewards_of(session, campaign_id)
    return render_template(
        "resident/rewards/edit.html",
        campaign=campaign,
        rewards=rewards,
        form=form,
        can_add=campaign.status in CHANGEABLE,
        can_remove=campaign.status in EDITABLE,
        is_public=campaign.status in PUBLIC,
    )


@blueprint.post("/acties/<uuid:campaign_id>/beloningen/<uuid:reward_id>/verwijder")
def remove_reward(campaign_id: UUID, reward_id: UUID) -> ResponseReturnValue:
    """Take a reward out of a plan that nobody sees yet."""
    do(
        lambda session: service.remove_reward(
            session, campaign_id=campaign_id, reward_id=reward_id, actor=current_actor()
        ),
        message=_("The reward is out of your plan."),
    )
    return redirect(url_for("resident.edit_rewards", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/beloningen/<uuid:reward_id>/stop")
def stop_reward(campaign_id: UUID, reward_id: UUID) -> ResponseReturnValue:
    """Give a reward no more from now on."""
    do(
        lambda session: service.stop_reward(
            session, campaign_id=campaign_id, reward_id=reward_id, actor=current_actor()
        ),
        message=_("Nobody can choose this reward any more. Who has it keeps it."),
    )
    return redirect(url_for("resident.edit_rewards", campaign_id=campaign_id))


@blueprint.get("/acties/<uuid:campaign_id>/beloningen/uitdelen")
def list_deliveries(campaign_id: UUID) -> ResponseReturnValue:
    """Who gets which reward, and what was delivered."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = deliveries(session, campaign_id)
    return render_template(
        "resident/rewards/deliveries.html",
        campaign=campaign,
        rows=rows,
        is_won=campaign.status in WON,
    )


@blueprint.get("/acties/<uuid:campaign_id>/beloningen/uitdelen.csv")
def export_deliveries(campaign_id: UUID) -> Response:
    """The same list for a spreadsheet."""
    with reading() as session:
        rows = deliveries(session, campaign_id)
    return csv_answer(deliveries_csv(rows), "beloningen.csv")


@blueprint.post("/acties/<uuid:campaign_id>/beloningen/uitdelen/<uuid:pledge_id>")
def tick_delivery(campaign_id: UUID, pledge_id: UUID) -> ResponseReturnValue:
    """Tick off one reward, or take that back, as the button says."""
    is_done = request.form.get("done") == "1"
    do(
        lambda session: mark_delivery(
            session,
            campaign_id=campaign_id,
            pledge_id=pledge_id,
            is_delivery=is_done,
            actor=current_actor(),
        ),
        message=_("Written down: delivered.") if is_done else _("Written down: not delivered yet."),
    )
    return redirect(url_for("resident.list_deliveries", campaign_id=campaign_id))
