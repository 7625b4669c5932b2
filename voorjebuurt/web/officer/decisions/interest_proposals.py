"""Laying interest down: up to which day, with its arithmetic and the letter to read beforehand."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.interest.pending import last_day_to_lay_down
from voorjebuurt.decisions.overviews.interest import interest_so_far
from voorjebuurt.decisions.rules.changes import ChangeTerms, refuse_terms
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.decisions.rulings.preview import decision_bounds, draft_letter
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import case_version, the_application
from voorjebuurt.web.officer.decisions.interest_form import InterestForm
from voorjebuurt.web.words.messages import text_of

_KIND = DecisionKind.INTEREST


@blueprint.route("/aanvragen/<uuid:application_id>/besluit/rente", methods=["GET", "POST"])
def propose_interest(application_id: UUID) -> ResponseReturnValue:
    """Propose to lay interest down; its letter can be read first."""
    row, table = the_application(application_id), table_of(the_settings().decisions)
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        interest = interest_so_far(session, application_id, table)
    form = InterestForm(data={"until": last_day_to_lay_down(table)})
    form.version = version
    cents, letter = _cents(application_id, form, table), None
    if form.validate_on_submit() and _is_seen(form, cents):
        if "preview" in request.form:
            letter = _letter(application_id, form, table, cents)
        elif (decision_id := _propose(application_id, form, table, cents)) is not None:
            flash(_("The decision is proposed. A colleague can approve it now."), "ok")
            return redirect(url_for("officer.show_decision", decision_id=decision_id))
    form.seen.data = str(cents)
    return render_template(
        "officer/decisions/interest.html",
        application=row,
        interest=interest,
        form=form,
        cents=cents,
        letter=letter,
    )


def _terms(form: InterestForm, table: RateTable) -> ChangeTerms:
    day = form.until.data
    return ChangeTerms(interest=InterestOrder(day, table) if day is not None else None)


def _cents(application_id: UUID, form: InterestForm, table: RateTable) -> int:
    """What can be laid down up to the day of the form (eurocents); 0 for a day that is too late."""
    day = form.until.data
    if day is None or day > last_day_to_lay_down(table):
        return 0
    terms = _terms(form, table)
    with reading() as session:
        bounds = decision_bounds(session, application_id=application_id, kind=_KIND, terms=terms)
    return bounds.highest_cents


def _is_seen(form: InterestForm, cents: int) -> bool:
    """Whether the amount is the one that the page showed, unless the letter comes first."""
    if "preview" in request.form or not cents or form.seen.data == str(cents):
        return True
    error = DomainError("interest_changed", lowest_cents=cents, highest_cents=cents)
    form.until.errors = [*form.until.errors, text_of(error)]
    return False


def _letter(application_id: UUID, form: InterestForm, table: RateTable, cents: int) -> str | None:
    terms = _terms(form, table)
    with refusals_shown(form), reading() as session:
        refuse_terms(_KIND, (), terms, today=clock.today())
        if not cents:
            raise DomainError("interest_too_little", field="until")
        return draft_letter(
            session,
            application_id=application_id,
            kind=_KIND,
            amount_cents=cents,
            grounds=(),
            reason="",
            terms=terms,
        )
    return None


def _propose(application_id: UUID, form: InterestForm, table: RateTable, cents: int) -> UUID | None:
    with refusals_shown(form), writing_as_shown(form.version) as session:
        return propose(
            session,
            application_id=application_id,
            kind=_KIND,
            amount_cents=cents,
            grounds=(),
            reason="",
            terms=_terms(form, table),
            actor=current_actor(),
        )
    return None
