"""Where the money should go: the initiator gives the account of the group."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.attachments.queries import of_payee
from voorjebuurt.attachments.service import Place
from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.payouts.iban import HOLDER_MAX
from voorjebuurt.payouts.payee_queries import campaign_payees, payout_sent_back, proposed_payee
from voorjebuurt.payouts.payee_rows import proof_form
from voorjebuurt.payouts.payees import submit_payee
from voorjebuurt.payouts.queries import campaign_payouts
from voorjebuurt.payouts.rules import CURRENT_PAYEE, PAYEE_CAMPAIGNS
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_sealer, the_settings, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.attachments import (
    attachments_field,
    files_of,
    sent_with_files,
)
from voorjebuurt.web.kit.forms.fields import Form, IbanField, StringField, at_most, required
from voorjebuurt.web.resident.blueprint import blueprint


class PayeeForm(Form):
    """Name and number of an account."""

    holder = StringField(
        _l("Name on the account"),
        description=_l("Exactly as the bank writes it."),
        validators=[required(_l("Enter the name on the account.")), at_most(HOLDER_MAX)],
        render_kw={"autocomplete": "off"},
    )
    iban = IbanField(
        _l("Account number (IBAN)"),
        description=_l("For example NL91 ABNA 0417 1643 00."),
        validators=[required(_l("Enter the account number (IBAN)."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    attachments = attachments_field(
        _l("Proof of the account"),
        _l("For example a bank statement or a photo of the card. Only our staff see it."),
    )


@blueprint.route("/acties/<uuid:campaign_id>/rekening", methods=["GET", "POST"])
def show_payee(campaign_id: UUID) -> ResponseReturnValue:
    """The account there is, and the form to give one or another one."""
    form, place = PayeeForm(), Place(proof_form(campaign_id), campaign_id)
    if sent_with_files(form, place):
        with refusals_shown(form):
            _submit(campaign_id, form)
            return redirect(url_for("resident.show_payee", campaign_id=campaign_id))
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        accounts = campaign_payees(session, campaign_id)
        payouts = campaign_payouts(session, campaign_id)
        proof = of_payee(session, accounts[0].id) if accounts else []
        proposal = proposed_payee(session, campaign_id)
        members = len(members_of(session, campaign_id))
    latest = accounts[0] if accounts else None
    current = latest if latest and latest.status in CURRENT_PAYEE else None
    return render_template(
        "resident/payee.html",
        campaign=campaign,
        form=form,
        files=files_of(place),
        proof=proof,
        latest=latest,
        current=current,
        proposal=proposal,
        is_own_proposal=proposal is not None and proposal.submitted_by == signed_in_person().id,
        together=members > 1,
        came_back=payout_sent_back(payouts, current),
        payouts=[payout for payout in payouts if payout.status in ("exported", "executed")],
        possible=campaign.status in PAYEE_CAMPAIGNS,
        cooling_off_days=the_settings().payouts.cooling_off_days,
    )


def _submit(campaign_id: UUID, form: PayeeForm) -> None:
    with writing() as session:
        together = len(members_of(session, campaign_id)) > 1
        new = submit_payee(
            session,
            campaign_id=campaign_id,
            holder=form.holder.data or "",
            iban=form.iban.data or "",
            cooling_off_days=the_settings().payouts.cooling_off_days,
            sealer=the_sealer(),
            actor=current_actor(),
        )
    if new and together:
        flash(_("Thank you. We mailed the others: one of them must agree."), "ok")
    elif new:
        flash(_("Thank you. We check this account, usually within two working days."), "ok")
    else:
        flash(_("We have this account already. Nothing changed."), "info")
