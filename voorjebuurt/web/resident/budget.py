"""The third step: what it costs."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.pages import PageRow, budget_of
from voorjebuurt.campaigns.rules import Step
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import BudgetForm
from voorjebuurt.web.resident.steps import (
    after,
    pitch_to_edit,
    show_remarks,
    step_frame,
    step_version,
)


@blueprint.route("/acties/<uuid:campaign_id>/begroting", methods=["GET", "POST"])
def edit_budget(campaign_id: UUID) -> ResponseReturnValue:
    """The third step: rows that come and go, their total, the goal, the last day."""
    with reading() as session:
        version = step_version(session, campaign_id, Step.BUDGET)
        campaign = pitch_to_edit(session, campaign_id)
        rows = budget_of(session, campaign_id)
    form = BudgetForm(
        data={
            "lines": [{"what": row.label, "amount": row.amount_cents} for row in rows],
            **_own_amounts(campaign, sum(row.amount_cents for row in rows)),
            "kind": campaign.kind,
            "deadline": campaign.deadline_on,
            "may_extend": campaign.extension_days > 0,
        }
    )
    form.version = version
    bounds = the_settings().campaigns
    form.deadline.description = _(
        "At least %(min)s and at most %(max)s days from now. People can give until midnight.",
        min=bounds.min_days,
        max=bounds.max_days,
    )
    show_remarks(campaign_id, form)
    form.may_extend.description = _(
        "By at most %(days)s days, and only if %(percent)s%% of your minimum is there by then."
        " Donors read this before they give. You can't choose it later.",
        days=bounds.extension_days,
        percent=bounds.extension_percent,
    )
    in_between = request.method == "POST" and form.in_between()
    if not in_between and form.validate_on_submit() and _save_budget(campaign_id, form):
        return after(Step.BUDGET, campaign_id)
    return render_template(
        "resident/pitch/budget.html",
        form=form,
        campaign=campaign,
        **step_frame(campaign_id),
    )


def _own_amounts(campaign: PageRow, total_cents: int) -> dict[str, int | None]:
    """Goal and minimum, empty where they follow: the total, and the goal."""
    goal_cents, minimum_cents = campaign.goal_cents, campaign.minimum_cents
    return {
        "goal": None if goal_cents == total_cents else goal_cents,
        "minimum": None if minimum_cents == goal_cents else minimum_cents,
    }


def _save_budget(campaign_id: UUID, form: BudgetForm) -> bool:
    return carried_out(
        form,
        lambda session: pitch.save_budget(
            session,
            campaign_id=campaign_id,
            budget=form.budget(),
            bounds=the_settings().campaigns,
            actor=current_actor(),
        ),
    )
