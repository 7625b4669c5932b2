"""Taking the tin to the bank: the transfer with its reference, as a code to scan as well."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.pledges.tins import depositing
from voorjebuurt.pledges.tins.queries import one_deposit
from voorjebuurt.web.kit.actions import do, refusals_flashed
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.qr import transfer_svg
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.post("/acties/<uuid:campaign_id>/contant/storten")
def make_cash_deposit(campaign_id: UUID) -> ResponseReturnValue:
    """Announce that everything in the tin is transferred."""
    with refusals_flashed():
        with writing() as session:
            deposit_id = depositing.make_deposit(
                session, campaign_id=campaign_id, actor=current_actor()
            )
        return redirect(
            url_for("resident.show_cash_deposit", campaign_id=campaign_id, deposit_id=deposit_id)
        )
    return redirect(url_for("resident.show_tin", campaign_id=campaign_id))


@blueprint.get("/acties/<uuid:campaign_id>/contant/stortingen/<uuid:deposit_id>")
def show_cash_deposit(campaign_id: UUID, deposit_id: UUID) -> ResponseReturnValue:
    """How to transfer it, and whether it has come."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        deposit = one_deposit(session, campaign_id, deposit_id) or abort(404)
    debtor = the_settings().payouts
    left_cents = max(0, deposit.amount_cents - deposit.arrived_cents)
    code = None
    if deposit.state == "way" and left_cents:
        code = transfer_svg(
            name=debtor.debtor_name,
            iban=debtor.debtor_iban,
            cents=left_cents,
            reference=deposit.reference,
        )
    return render_template(
        "resident/tins/deposit.html",
        campaign=campaign,
        deposit=deposit,
        debtor=debtor,
        left_cents=left_cents,
        code=code,
    )


@blueprint.post("/acties/<uuid:campaign_id>/contant/stortingen/<uuid:deposit_id>/intrekken")
def withdraw_cash_deposit(campaign_id: UUID, deposit_id: UUID) -> ResponseReturnValue:
    """Put it back into the tin: it was not transferred."""
    do(
        lambda session: depositing.withdraw_deposit(
            session, campaign_id=campaign_id, deposit_id=deposit_id, actor=current_actor()
        ),
        message=_("The cash is in the tin again."),
    )
    return redirect(url_for("resident.show_tin", campaign_id=campaign_id))
