"""Proposing a decision: amount, grounds and reason, with the letter to read beforehand."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.rules.grounds import GROUNDS
from voorjebuurt.decisions.rulings.preview import Outlook, draft_letter, outlook
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.errors import form_error
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import the_application
from voorjebuurt.web.officer.decisions.forms import ProposalForm
from voorjebuurt.web.words.decision_addresses import KINDS_BY_SLUG


@blueprint.route("/aanvragen/<uuid:application_id>/besluit/<kind>", methods=["GET", "POST"])
def propose_decision(application_id: UUID, kind: str) -> ResponseReturnValue:
    """Propose one of the seven kinds of decision; its letter can be read first."""
    if kind not in KINDS_BY_SLUG:
        abort(404)
    row = the_application(application_id)
    with reading() as session:
        told = outlook(session, application_id=application_id, kind=KINDS_BY_SLUG[kind])
    form = _form(told)
    letter = None
    if form.validate_on_submit():
        if "preview" in request.form:
            letter = _letter(application_id, told, form)
        elif (decision_id := _propose(application_id, told, form)) is not None:
            flash(_("The decision is proposed. A colleague can approve it now."), "ok")
            return redirect(url_for("officer.show_decision", decision_id=decision_id))
    return render_template(
        "officer/decisions/propose.html", application=row, told=told, form=form, letter=letter
    )


def _form(told: Outlook) -> ProposalForm:
    """The form with only the fields that this kind of decision has."""
    form = ProposalForm(data={"amount": told.settled_cents})
    if told.settled_cents is not None:
        del form.amount
    if told.grounds:
        language = chosen_locale()
        form.grounds.choices = [
            (one.code, GROUNDS[one.code].text(language)) for one in told.grounds
        ]
    else:
        del form.grounds, form.reason
    return form


def _values(told: Outlook, form: ProposalForm) -> dict[str, Any]:
    settled = told.settled_cents
    return {
        "kind": told.kind,
        "amount_cents": (form.amount.data or 0) if settled is None else settled,
        "grounds": form.grounds.data or [] if "grounds" in form else [],
        "reason": form.reason.data or "" if "reason" in form else "",
    }


def _letter(application_id: UUID, told: Outlook, form: ProposalForm) -> str:
    with reading() as session:
        return draft_letter(session, application_id=application_id, **_values(told, form))


def _propose(application_id: UUID, told: Outlook, form: ProposalForm) -> UUID | None:
    try:
        with writing() as session:
            return propose(
                session,
                application_id=application_id,
                actor=current_actor(),
                **_values(told, form),
            )
    except DomainError as error:
        form_error(form, error)
        return None
