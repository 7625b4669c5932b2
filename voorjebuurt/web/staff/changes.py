"""What initiators changed on live pages, and why they stopped: keeping words off the page."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.corrections import correction_by_id, page_corrections
from voorjebuurt.campaigns.live import hiding
from voorjebuurt.campaigns.live.queries import stop_of
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm

_A_PAGE = 20


@blueprint.get("/acties/<uuid:campaign_id>/wijzigingen")
def list_changes(campaign_id: UUID) -> ResponseReturnValue:
    """What was changed, also what is hidden; and why it was stopped."""
    page = Page.asked(size=_A_PAGE)
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        stop = stop_of(session, campaign_id)
        rows = page_corrections(
            session, campaign_id, limit=page.limit, offset=page.offset, for_staff=True
        )
    return render_template(
        "staff/campaigns/changes.html",
        campaign=campaign,
        stop=stop,
        corrections=page.cut(rows),
        page=page,
    )


@blueprint.route("/wijzigingen/<uuid:correction_id>/verbergen", methods=["GET", "POST"])
def hide_correction(correction_id: UUID) -> ResponseReturnValue:
    """Keep what a part said before and after off the page."""
    with reading() as session:
        campaign_id = correction_by_id(session, correction_id) or abort(404)
        campaign = campaign_overview(session, campaign_id) or abort(404)
    question = Question(
        title=_("Hide what was changed"),
        about=campaign.title,
        says=(
            _("The page still says that something was changed, and when. The texts are gone."),
            _("This can't be undone."),
        ),
        button=_("Hide these texts"),
        done=_("The texts are hidden."),
        back=url_for("staff.list_changes", campaign_id=campaign_id),
        tone="danger",
    )
    form = ReasonForm()
    return ask(
        question,
        form,
        lambda session: hiding.hide_correction(
            session,
            correction_id=correction_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template="staff/campaigns/hide_change.html",
        campaign=campaign,
    )


@blueprint.route("/acties/<uuid:campaign_id>/reden-verbergen", methods=["GET", "POST"])
def hide_stop_reason(campaign_id: UUID) -> ResponseReturnValue:
    """Keep why an initiator stopped off the page."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        stop_of(session, campaign_id) or abort(404)
    question = Question(
        title=_("Hide why it was stopped"),
        about=campaign.title,
        says=(
            _("The page still says that the initiator stopped. The reason is gone."),
            _("Mails that were sent keep it. This can't be undone."),
        ),
        button=_("Hide the reason"),
        done=_("The reason is hidden."),
        back=url_for("staff.list_changes", campaign_id=campaign_id),
        tone="danger",
    )
    form = ReasonForm()
    return ask(
        question,
        form,
        lambda session: hiding.hide_stop_reason(
            session, campaign_id=campaign_id, reason=form.reason.data or "", actor=current_actor()
        ),
        template="staff/campaigns/hide_change.html",
        campaign=campaign,
    )
