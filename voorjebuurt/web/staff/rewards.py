"""The rewards of a campaign: staff take off the page what may not be offered."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.rewards.queries import rewards_of
from voorjebuurt.campaigns.rewards.service import stop_reward as stop
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import chosen
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm
from voorjebuurt.web.words.written import as_written


class StopRewardForm(ReasonForm):
    """Which reward, and why."""

    reward = RadioField(_l("Which reward?"), validators=[chosen(_l("Choose a reward."))])


@blueprint.route("/acties/<uuid:campaign_id>/beloningen", methods=["GET", "POST"])
def stop_reward(campaign_id: UUID) -> ResponseReturnValue:
    """All rewards, and the form to stop one."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rewards = rewards_of(session, campaign_id)
    form = StopRewardForm()
    form.reward.choices = [
        SelectChoice(str(r.id), as_written(r.title)) for r in rewards if not r.stopped
    ]
    answer = submit(
        form,
        lambda session: stop(
            session,
            campaign_id=campaign_id,
            reward_id=UUID(form.reward.data),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("Nobody can choose this reward any more. Who has it keeps it."),
        back=url_for("staff.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/rewards.html", campaign=campaign, rewards=rewards, form=form
    )
