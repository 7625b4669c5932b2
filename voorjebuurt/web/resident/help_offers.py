"""What people offer to a campaign: reading, accepting or thanking, and the hours that came."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.needs import offers
from voorjebuurt.campaigns.needs.queries import OfferRow, offer_by_id, offers_of
from voorjebuurt.campaigns.overview import OverviewRow, campaign_overview
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.need_forms import HoursForm, OfferAnswerForm


@blueprint.get("/acties/<uuid:campaign_id>/hulp/aanbod")
def list_offers(campaign_id: UUID) -> ResponseReturnValue:
    """Everything that was offered, what waits on top."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = offers_of(session, campaign_id)
    return render_template("resident/needs/offers.html", campaign=campaign, offers=rows)


@blueprint.route(
    "/acties/<uuid:campaign_id>/hulp/aanbod/<uuid:offer_id>/antwoord", methods=["GET", "POST"]
)
def answer_offer(campaign_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """One offer, and the answer to it."""
    campaign, offer = _offer(campaign_id, offer_id)
    form = OfferAnswerForm()
    answer = submit(
        form,
        lambda session: offers.answer_offer(
            session,
            campaign_id=campaign_id,
            offer_id=offer_id,
            accepts=form.answer.data == "accept",
            text=form.text.data or "",
            actor=current_actor(),
        ),
        message=_("Your answer has been sent."),
        back=url_for("resident.list_offers", campaign_id=campaign_id),
    )
    return answer or render_template(
        "resident/needs/answer.html", campaign=campaign, offer=offer, form=form
    )


@blueprint.route(
    "/acties/<uuid:campaign_id>/hulp/aanbod/<uuid:offer_id>/uren", methods=["GET", "POST"]
)
def confirm_hours(campaign_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """How many hours came of an offer that was accepted."""
    campaign, offer = _offer(campaign_id, offer_id)
    if offer.state != "acceptance":
        return redirect(url_for("resident.list_offers", campaign_id=campaign_id))
    form = HoursForm(data={"hours": offer.hours})
    answer = submit(
        form,
        lambda session: offers.confirm_hours(
            session,
            campaign_id=campaign_id,
            offer_id=offer_id,
            hours=form.hours.data or 0,
            actor=current_actor(),
        ),
        message=_("The hours are written down."),
        back=url_for("resident.list_offers", campaign_id=campaign_id),
    )
    return answer or render_template(
        "resident/needs/hours.html", campaign=campaign, offer=offer, form=form
    )


def _offer(campaign_id: UUID, offer_id: UUID) -> tuple[OverviewRow, OfferRow]:
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        return campaign, offer_by_id(session, campaign_id, offer_id) or abort(404)
