"""Stopping one's own campaign: asked twice, with what will happen in figures."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.page_parts import campaign_parts
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.pledges.live import stopping
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint


class StopForm(Form):
    """Why somebody stops their own campaign."""

    reason = TextAreaField(
        _l("Why do you stop?"),
        description=_l("This comes on the page, and in the mail to everybody who gave."),
        validators=[
            required(_l("Write why you stop. Everybody who gave reads it.")),
            at_most(stopping.REASON_MAX_LENGTH),
        ],
        render_kw={"rows": 5},
    )


@blueprint.route("/acties/<uuid:campaign_id>/stoppen", methods=["GET", "POST"])
def stop_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """The reason first; then what it means, and the button that does it."""
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, campaign_parts)
    form = StopForm()
    with reading() as session:
        form.version = PageVersion.of(session, basis)
        campaign = page_by_id(session, campaign_id) or abort(404)
        outcome = stopping.stop_outcome(session, campaign_id)
    answer, asks_again = None, False
    if "sure" in request.form:
        answer = submit(
            form,
            lambda session: stopping.stop_campaign(
                session,
                campaign_id=campaign_id,
                reason=form.reason.data or "",
                actor=current_actor(),
            ),
            message=_("Your campaign is stopped. Everybody is being paid back."),
            back=url_for("resident.show_campaign", campaign_id=campaign_id),
        )
        asks_again = "reason" not in form.errors
    elif form.validate_on_submit():
        asks_again = True
    return answer or render_template(
        "resident/live/stop.html",
        campaign=campaign,
        form=form,
        outcome=outcome,
        asks_again=asks_again,
        can_stop=stopping.can_stop(campaign.status, campaign.closes_at),
    )
