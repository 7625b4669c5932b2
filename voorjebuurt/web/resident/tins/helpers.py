"""Who may collect beside who runs the campaign: a link that works once."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.pledges.tins import acting
from voorjebuurt.pledges.tins.queries import helpers_of
from voorjebuurt.pledges.tins.rules import LINK_DAYS, MOST_HELPERS
from voorjebuurt.web.kit.actions import do, refusals_flashed
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.tins.forms import HelperForm


@blueprint.route("/acties/<uuid:campaign_id>/contant/helpers", methods=["GET", "POST"])
def list_cash_helpers(campaign_id: UUID) -> ResponseReturnValue:
    """Who helps to collect. A new link is on the page that comes back, and nowhere else."""
    form, link = HelperForm(), None
    if form.validate_on_submit():
        with refusals_shown(form), writing() as session:
            token = acting.ask_helper(
                session, campaign_id=campaign_id, actor=current_actor(), day=form.day.data
            )
            link = site_link("resident.become_cash_helper", token=token)
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        helpers = helpers_of(session, campaign_id)
    return render_template(
        "resident/tins/helpers.html",
        campaign=campaign,
        helpers=helpers,
        form=form,
        link=link,
        days=LINK_DAYS,
        most=MOST_HELPERS,
    )


@blueprint.post("/acties/<uuid:campaign_id>/contant/helpers/<uuid:helper_id>/stoppen")
def end_cash_helper(campaign_id: UUID, helper_id: UUID) -> ResponseReturnValue:
    """Let somebody collect no longer, or a link work no longer."""
    do(
        lambda session: acting.end_helper(
            session, campaign_id=campaign_id, helper_id=helper_id, actor=current_actor()
        ),
        message=_("This helper collects no longer."),
    )
    return redirect(url_for("resident.list_cash_helpers", campaign_id=campaign_id))


@blueprint.route("/contant/meedoen/<token>", methods=["GET", "POST"])
def become_cash_helper(token: str) -> ResponseReturnValue:
    """Become a helper by a link; who is one already comes to the tin."""
    form = Form()
    if form.validate_on_submit():
        with refusals_flashed():
            with writing() as session:
                campaign_id = acting.become_helper(session, token=token, actor=current_actor())
            return redirect(url_for("resident.show_tin", campaign_id=campaign_id))
    return render_template("resident/tins/become.html", form=form)
