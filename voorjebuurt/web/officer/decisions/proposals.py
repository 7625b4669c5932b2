"""Proposing a decision: amount, grounds and reason, with the letter to read beforehand."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.overviews.consequences import LOSSES, consequences_of
from voorjebuurt.decisions.rules.kinds import PLANS
from voorjebuurt.decisions.rules.views import ALWAYS, WITH_VIEWS, ViewsStatus, is_over
from voorjebuurt.decisions.rulings.preview import DecisionBounds, decision_bounds, draft_letter
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.views.queries import current_intention
from voorjebuurt.decisions.views.weighing import Weighing
from voorjebuurt.kernel import clock
from voorjebuurt.matching.pots.position import fund_position
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import case_version, the_application
from voorjebuurt.web.officer.decisions.forms import ViewsForm
from voorjebuurt.web.officer.decisions.proposal_fields import (
    said_values,
    terms_of,
    with_fields,
    with_terms,
)
from voorjebuurt.web.words.decision_addresses import KINDS_BY_SLUG
from voorjebuurt.web.words.written import as_written


@blueprint.route("/aanvragen/<uuid:application_id>/besluit/<kind>", methods=["GET", "POST"])
def propose_decision(application_id: UUID, kind: str) -> ResponseReturnValue:
    """Propose one of the kinds of decision; its letter can be read first."""
    if kind not in KINDS_BY_SLUG:
        abort(404)
    if KINDS_BY_SLUG[kind] in PLANS:
        return redirect(url_for("officer.propose_plan_change", application_id=application_id))
    row = the_application(application_id)
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        intention = current_intention(session, application_id)
        bounds = decision_bounds(session, application_id=application_id, kind=KINDS_BY_SLUG[kind])
        position = fund_position(session, row.fund_id)
        after = consequences_of(session, application_id) if bounds.kind in LOSSES else None
    form = _form(bounds, intention)
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
        position=position,
        articles={ground.code: as_written(ground.article) for ground in bounds.grounds},
        form=form,
        letter=letter,
        intention=intention,
        views=_views(bounds, intention),
        slug=kind,
        after=after,
        cents=form.amount.data if "amount" in form else bounds.settled_cents,
    )


def _views(bounds: DecisionBounds, intention: Intention | None) -> str:
    """How it stands with the views that this kind of decision needs: told above the form."""
    if bounds.kind not in WITH_VIEWS:
        return ""
    if intention is None:
        return "missing" if bounds.kind in ALWAYS else "by_ground"
    over = is_over(intention.status, intention.until, clock.today())
    return (
        intention.status if over and intention.status != "open" else "silence" if over else "wait"
    )


def _form(bounds: DecisionBounds, intention: Intention | None) -> ViewsForm:
    """The form with only the fields that this kind of decision has, as it was intended."""
    data: dict[str, Any] = {"amount": bounds.settled_cents}
    if intention is not None and intention.kind == bounds.kind:
        data = {
            "amount": intention.amount_cents,
            "grounds": intention.grounds,
            "reason": intention.reason,
        }
    form = ViewsForm(data=data)
    with_fields(form, bounds)
    with_terms(form, bounds)
    if bounds.kind not in WITH_VIEWS:
        del form.weighing, form.exception, form.exception_reason
    elif intention is not None and intention.status == ViewsStatus.ANSWERED:
        del form.exception, form.exception_reason
    else:
        del form.weighing
    return form


def _weighing(form: ViewsForm) -> Weighing:
    """What is said of views, in the fields that there are."""
    names = {"weighing": "text", "exception": "exception", "exception_reason": "exception_reason"}
    return Weighing(
        **{name: form[field].data or "" for field, name in names.items() if field in form}
    )


def _letter(application_id: UUID, bounds: DecisionBounds, form: ViewsForm) -> str | None:
    values = {**said_values(bounds, form), "weighing": _weighing(form), "terms": terms_of(form)}
    with refusals_shown(form), reading() as session:
        return draft_letter(session, application_id=application_id, **values)
    return None


def _propose(application_id: UUID, bounds: DecisionBounds, form: ViewsForm) -> UUID | None:
    values = {**said_values(bounds, form), "weighing": _weighing(form), "terms": terms_of(form)}
    with refusals_shown(form), writing_as_shown(form.version) as session:
        return propose(session, application_id=application_id, actor=current_actor(), **values)
    return None
