"""Laying down the interest that the municipality owes, because it paid an award late."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.interest.owed import owed_order
from voorjebuurt.decisions.overviews.owed_interest import owed_so_far
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rulings.preview import draft_letter
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import case_version, the_application
from voorjebuurt.web.officer.decisions.interest_form import OwedInterestForm

_KIND = DecisionKind.INTEREST_OWED


@blueprint.route("/aanvragen/<uuid:application_id>/besluit/rente-gemeente", methods=["GET", "POST"])
def propose_owed_interest(application_id: UUID) -> ResponseReturnValue:
    """Propose to lay it down, for the amount that follows from the days; its letter comes first."""
    row, table = the_application(application_id), table_of(the_settings().decisions)
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        debt = owed_so_far(session, application_id, table)
        terms = ChangeTerms(interest=owed_order(session, application_id, table))
    form = OwedInterestForm()
    form.version, letter = version, None
    if debt and debt.due_cents and form.validate_on_submit():
        if "preview" in request.form:
            letter = _letter(application_id, terms, debt.due_cents)
        elif (decision_id := _propose(application_id, form, terms, debt.due_cents)) is not None:
            flash(_("The decision is proposed. A colleague can approve it now."), "ok")
            return redirect(url_for("officer.show_decision", decision_id=decision_id))
    return render_template(
        "officer/decisions/owed_interest.html", application=row, owed=debt, form=form, letter=letter
    )


def _letter(application_id: UUID, terms: ChangeTerms, cents: int) -> str:
    with reading() as session:
        return draft_letter(
            session,
            application_id=application_id,
            kind=_KIND,
            amount_cents=cents,
            grounds=(),
            reason="",
            terms=terms,
        )


def _propose(
    application_id: UUID, form: OwedInterestForm, terms: ChangeTerms, cents: int
) -> UUID | None:
    """The new decision; None where it was refused, with why in the form."""
    with refusals_shown(form), writing_as_shown(form.version) as session:
        return propose(
            session,
            application_id=application_id,
            kind=_KIND,
            amount_cents=cents,
            grounds=(),
            reason="",
            terms=terms,
            actor=current_actor(),
        )
    return None
