"""Messages that initiators published about their campaigns: keeping them off the page."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.updates import hiding
from voorjebuurt.campaigns.updates.queries import all_updates, update_of
from voorjebuurt.pledges.thanks.queries import thanks_by_id, thanks_of
from voorjebuurt.pledges.thanks.service import hide_thanks as hide
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm

_MOST = 200


@blueprint.get("/acties/<uuid:campaign_id>/nieuws")
def list_updates(campaign_id: UUID) -> ResponseReturnValue:
    """What went out, also what is off the page; drafts are their writer's."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = all_updates(session, campaign_id, limit=_MOST)
        thanks = thanks_of(session, campaign_id, limit=_MOST)
    updates = [row for row in rows if row.published_at is not None]
    return render_template(
        "staff/campaigns/updates.html", campaign=campaign, updates=updates, thanks=thanks
    )


@blueprint.route(
    "/acties/<uuid:campaign_id>/nieuws/<uuid:update_id>/verbergen", methods=["GET", "POST"]
)
def hide_update(campaign_id: UUID, update_id: UUID) -> ResponseReturnValue:
    """Keep one off the page, with a reason for its writer."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        update = update_of(session, campaign_id, update_id) or abort(404)
    if update.published_at is None:
        abort(404)
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: hiding.hide_update(
            session,
            campaign_id=campaign_id,
            update_id=update_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("It is hidden. The initiator gets a mail with the reason."),
        back=url_for("staff.list_updates", campaign_id=campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/hide_update.html", campaign=campaign, update=update, form=form
    )


@blueprint.post("/acties/<uuid:campaign_id>/nieuws/<uuid:update_id>/tonen")
def unhide_update(campaign_id: UUID, update_id: UUID) -> ResponseReturnValue:
    """Show one again."""
    do(
        lambda session: hiding.show_update(
            session, campaign_id=campaign_id, update_id=update_id, actor=current_actor()
        ),
        message=_("It is shown again."),
    )
    return redirect(url_for("staff.list_updates", campaign_id=campaign_id))


@blueprint.route("/bedankjes/<uuid:thanks_id>/verbergen", methods=["GET", "POST"])
def hide_thanks(thanks_id: UUID) -> ResponseReturnValue:
    """Send thanks to donors no further, with a reason for who wrote them."""
    with reading() as session:
        thanks = thanks_by_id(session, thanks_id) or abort(404)
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: hide(
            session, thanks_id=thanks_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("The thanks are stopped."),
        back=url_for("staff.list_updates", campaign_id=thanks.campaign_id),
    )
    return answer or render_template("staff/campaigns/hide_thanks.html", thanks=thanks, form=form)
