"""Small cases on one screen: checked and proposed by one officer, approved by another."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput

from voorjebuurt.decisions.overviews.small_cases import (
    SmallCase,
    SmallCases,
    small_case_parts,
    small_cases,
)
from voorjebuurt.decisions.rulings.small_cases import (
    Together,
    approve_together,
    check_and_propose,
    determine_together,
)
from voorjebuurt.kernel import text
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.funds.details import details_of
from voorjebuurt.matching.funds.queries import fund_by_id
from voorjebuurt.matching.rounds.rows import fund_with_applications
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.versions import fund_version
from voorjebuurt.web.words.case_labels import DECISION_KINDS
from voorjebuurt.web.words.messages import text_of
from voorjebuurt.web.words.written import as_written


def _ticks(label: object) -> SelectMultipleField:
    return SelectMultipleField(label, option_widget=CheckboxInput())


class SmallCasesForm(Form):
    """What is ticked; each list has a button of its own, named as its field."""

    check = _ticks(_l("All checks are met for"))
    approve = _ticks(_l("Approve the decision on"))
    determine = _ticks(_l("Carried out, as far as we know"))

    def offer(self, cases: SmallCases) -> None:
        """The cases that this officer can tick."""
        for name, rows in (
            ("check", cases.to_check),
            ("approve", cases.to_approve),
            ("determine", cases.to_determine),
        ):
            self[name].choices = [
                SelectChoice(str(case.key), _named(case)) for case in rows if _is_open(case)
            ]

    def ticked(self, name: str) -> list[UUID]:
        """The ticks of one list."""
        return [UUID(value) for value in self[name].data or []]


@blueprint.route("/fondsen/<uuid:fund_id>/kleine-aanvragen", methods=["GET", "POST"])
def decide_small_cases(fund_id: UUID) -> ResponseReturnValue:
    """All small cases of a fund that wait, with the checklist above them."""
    with reading() as session:
        version = fund_version(session, fund_id, small_case_parts, lock=fund_with_applications)
        fund = fund_by_id(session, fund_id) or abort(404)
        cases = small_cases(session, fund_id, current_actor())
    form = SmallCasesForm()
    form.offer(cases)
    form.version = version
    name = request.form.get("act", "")
    if form.validate_on_submit() and name in ("check", "approve", "determine"):
        outcome = _done(fund_id, form, name)
        if outcome is not None:
            _tell(name, outcome)
            return redirect(url_for("officer.decide_small_cases", fund_id=fund_id))
    return render_template(
        "officer/decisions/small_cases.html",
        fund=fund,
        checklist=details_of(fund).checklist,
        cases=cases,
        form=form,
        hints=_hints(cases),
        blocked=_blocked(cases),
    )


def _done(fund_id: UUID, form: SmallCasesForm, name: str) -> Together | None:
    with refusals_shown(form), writing_as_shown(form.version) as session:
        return _deed(session, fund_id, form.ticked(name), name)
    return None


def _deed(session: Session, fund_id: UUID, keys: Sequence[UUID], name: str) -> Together:
    if not keys:
        raise DomainError("nothing_ticked", field=name)
    actor = current_actor()
    if name == "approve":
        return approve_together(
            session,
            fund_id=fund_id,
            decision_ids=keys,
            recall_minutes=the_settings().decisions.recall_minutes,
            actor=actor,
        )
    act = check_and_propose if name == "check" else determine_together
    return act(session, fund_id=fund_id, application_ids=keys, actor=actor)


def _tell(name: str, outcome: Together) -> None:
    if outcome.done and name == "approve":
        message = ngettext(
            "%(num)s decision is approved. It is sent when the time to recall it is over.",
            "%(num)s decisions are approved. They are sent when the time to recall them is over.",
            outcome.done,
        )
        flash(message, "ok")
    elif outcome.done:
        flash(
            ngettext("%(num)s case is dealt with.", "%(num)s cases are dealt with.", outcome.done),
            "ok",
        )
    for number, error in outcome.left:
        flash(_("%(number)s stays as it was: %(why)s", number=number, why=text_of(error)), "error")


def _is_open(case: SmallCase) -> bool:
    return case.obstacle is None and not case.open_items


def _named(case: SmallCase) -> Markup:
    amount = text.euro(case.cents, chosen_locale())
    kind = f"{DECISION_KINDS[case.kind]}, " if case.kind else ""
    return Markup("{} ({}{})").format(as_written(case.title), kind, amount)


def _hints(cases: SmallCases) -> dict[str, Markup]:
    """Beside each case: its number and group, its day, and what to think of."""
    rows = (*cases.to_check, *cases.to_approve, *cases.to_determine)
    return {str(case.key): _hint(case) for case in rows}


def _days(case: SmallCase) -> list[str]:
    """The last day of the law; and before it the day to aim at, where there is one."""
    days = [
        _("by %(day)s", day=text.day(day, chosen_locale()))
        for day in [case.legal_on or case.due_on]
        if day is not None
    ]
    if case.due_on is not None and case.legal_on is not None and case.due_on < case.legal_on:
        days.append(_("aim: %(day)s", day=text.day(case.due_on, chosen_locale())))
    return days


def _hint(case: SmallCase) -> Markup:
    parts = [case.number, as_written(case.group)]
    parts += _days(case)
    if case.undertaking:
        parts.append(_("a business: state aid"))
    return Markup(" · ").join(part for part in parts if part)


def _blocked(cases: SmallCases) -> list[tuple[SmallCase, str]]:
    """What can't be ticked here, and why."""
    rows = (*cases.to_check, *cases.to_approve, *cases.to_determine)
    return [
        (case, text_of(case.obstacle) if case.obstacle else _not_met(case))
        for case in rows
        if not _is_open(case)
    ]


def _not_met(case: SmallCase) -> str:
    return str(_("Not met: %(items)s.", items="; ".join(case.open_items)))
