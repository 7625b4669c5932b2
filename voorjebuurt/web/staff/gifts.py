"""Paying one donor back."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.pledges.closing import return_contribution
from voorjebuurt.pledges.overview import gift_by_id, gift_campaign_id
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.staff.blueprint import blueprint


@blueprint.get("/giften/<uuid:pledge_id>/terugbetalen")
def confirm_refund(pledge_id: UUID) -> ResponseReturnValue:
    """Ask before it is done."""
    with reading() as session:
        gift = gift_by_id(session, pledge_id) or abort(404)
        campaign_id = gift_campaign_id(session, pledge_id)
    return render_template("staff/campaigns/refund.html", gift=gift, campaign_id=campaign_id)


@blueprint.post("/giften/<uuid:pledge_id>/terugbetalen")
def refund_gift(pledge_id: UUID) -> ResponseReturnValue:
    """Send a donor's money back, gift and tip."""

    def deed(session: Session) -> None:
        actor, reason = current_actor(), RefundReason.DONOR
        if not return_contribution(session, pledge_id=pledge_id, reason=reason, actor=actor):
            raise DomainError("gift_not_refundable")

    with reading() as session:
        campaign_id = gift_campaign_id(session, pledge_id) or abort(404)
    do(deed, message=_("The refund is ordered. The donor gets a mail."))
    return redirect(url_for("staff.list_gifts", campaign_id=campaign_id))
