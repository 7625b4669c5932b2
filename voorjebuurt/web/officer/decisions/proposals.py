"""Proposing a decision: amount, grounds and reason, with the letter to read beforehand."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.overviews.consequences import LOSSES, consequences_of
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.grounds import GROUNDS
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rulings.preview import DecisionBounds, decision_bounds, draft_letter
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import text
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import case_version, the_application
from voorjebuurt.web.officer.decisions.forms import ProposalForm
from voorjebuurt.web.words.decision_addresses import KINDS_BY_SLUG
from voorjebuurt.web.words.written import as_written


@blueprint.route("/aanvragen/<uuid:application_id>/besluit/<kind>", methods=["GET", "POST"])
def propose_decision(application_id: UUID, kind: str) -> ResponseReturnValue:
    """Propose one of the kinds of decision; its letter can be read first."""
    if kind not in KINDS_BY_SLUG:
        abort(404)
    row = the_application(application_id)
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        bounds = decision_bounds(session, application_id=application_id, kind=KINDS_BY_SLUG[kind])
        after = consequences_of(session, application_id) if bounds.kind in LOSSES else None
    form = _form(bounds)
    form.version = version
    letter = None
    if form.validate_on_submit():
        if "preview" in request.form:
            letter = _letter(application_id, bounds, form)
        elif (decision_id := _propose(application_id, bounds, form)) is not None:
            flash(_("The decision is proposed. A colleague can approve it now."), "ok")
            return redirect(url_for("officer.show_decision", decision_id=decision_id))
    return render_template(
        "officer/decisions/propose.html",
        application=row,
        told=bounds,
        articles={ground.code: as_written(ground.article) for ground in bounds.grounds},
        form=form,
        letter=letter,
        after=after,
        cents=form.amount.data if "amount" in form else bounds.settled_cents,
    )


def _form(bounds: DecisionBounds) -> ProposalForm:
    """The form with only the fields that this kind of decision has."""
    form = ProposalForm(data={"amount": bounds.settled_cents})
    if bounds.settled_cents is not None:
        del form.amount
    else:
        form.amount.description = _(
            "Between %(lowest)s and %(highest)s.",
            lowest=text.euro(bounds.lowest_cents, chosen_locale()),
            highest=text.euro(bounds.highest_cents, chosen_locale()),
        )
    if bounds.grounds:
        language = chosen_locale()
        form.grounds.choices = [
            SelectChoice(ground.code, GROUNDS[ground.code].text(language, bounds.kind))
            for ground in bounds.grounds
        ]
    else:
        del form.grounds, form.reason
    if bounds.kind is not DecisionKind.AWARD_CHANGE:
        del form.effect_on, form.compensation
    if bounds.kind is not DecisionKind.DETERMINATION_CHANGE:
        del form.breach_on
    return form


def _values(bounds: DecisionBounds, form: ProposalForm) -> dict[str, Any]:
    settled_cents = bounds.settled_cents
    return {
        "kind": bounds.kind,
        "amount_cents": (form.amount.data or 0) if settled_cents is None else settled_cents,
        "grounds": form.grounds.data or [] if "grounds" in form else [],
        "reason": form.reason.data or "" if "reason" in form else "",
        "terms": ChangeTerms(
            effect_on=form.effect_on.data if "effect_on" in form else None,
            compensation_cents=form.compensation.data or 0 if "compensation" in form else 0,
            breach_on=form.breach_on.data if "breach_on" in form else None,
        ),
    }


def _letter(application_id: UUID, bounds: DecisionBounds, form: ProposalForm) -> str:
    with reading() as session:
        return draft_letter(session, application_id=application_id, **_values(bounds, form))


def _propose(application_id: UUID, bounds: DecisionBounds, form: ProposalForm) -> UUID | None:
    values = _values(bounds, form)
    with refusals_shown(form), writing_as_shown(form.version) as session:
        return propose(session, application_id=application_id, actor=current_actor(), **values)
    return None
