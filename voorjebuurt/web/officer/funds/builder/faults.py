"""What the engine finds wrong with rules, put at the fields of the form, in plain words."""

import re
from collections.abc import Iterable, Mapping

import wtforms
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.rulebook.parsing.faults import Fault
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.officer.funds.builder.form import (
    BASE_FIELDS,
    DIVIDE_FIELDS,
    RulesetForm,
)

TEXTS: Mapping[str, LazyString] = {
    "missing": _l("Fill this in."),
    "one_bound": _l("Fill this in."),
    "not_a_number": _l("Fill this in."),
    "not_a_text": _l("Fill this in."),
    "not_one_of": _l("Make a choice."),
    "not_whole": _l("Enter a whole number."),
    "number_too_long": _l("This number has too many digits."),
    "number_not_kept": _l("This number has too many digits."),
    "too_low": _l("Enter %(least)s or more."),
    "too_high": _l("Enter %(most)s or less."),
    "not_above_zero": _l("Enter more than 0."),
    "factor_below_one": _l("A factor is 1 or more: the rule helps neighbourhoods, never harms."),
    "indicator_not_allowed": _l("This figure may not be used any more. Choose another one."),
    "one_award": _l("Enter one of the two: a fixed amount, or a percentage of the goal."),
    "needs_qf": _l("This is only possible with the quadratic amount."),
    "live_needs_arrival": _l(
        "A fund that reserves at once does so in order of arrival. Choose “First come, "
        "first served”, or a closing date."
    ),
    "live_claim_can_fall": _l(
        "With this an amount could become lower afterwards. That is not possible in a "
        "fund that reserves at once."
    ),
    "live_no_min_partial": _l(
        "A fund that reserves at once has no smallest part. Leave this empty, or choose "
        "a closing date."
    ),
}
"""One line per code that choices in the form can lead to."""

_FIELDS: Mapping[str, str] = {
    "rules.ceiling_cents": "ceiling_cents",
    "rules.base": "award_cents",
    "rules.base.kind": "base",
    "rules.equity": "indicator",
    "rules.equity.indicator": "indicator",
    "rules.equity.bands": "indicator",
    "rules.caps.project_cents": "project_cents",
    "rules.caps.pct_of_goal": "pct_of_goal",
    "rules.caps.to_gap": "to_gap",
    "rules.divide.kind": "divide",
    **{f"rules.base.{field.json_key}": name for name, field in BASE_FIELDS.items()},
    **{f"rules.divide.{field.json_key}": name for name, field in DIVIDE_FIELDS.items()},
}
_NEED = re.compile(r"rules\.require\[(\d+)\](?:\.(\w+))?")
_BAND = re.compile(r"rules\.equity\.bands\[(\d+)\](?:\.(\w+))?")
_GROUP = re.compile(r'rules\.equity\.groups(?:\.(.+)|\["(.+)"\])', re.DOTALL)


def place_faults(form: RulesetForm, faults: Iterable[Fault]) -> None:
    """Put every fault at its field, or above the form where none fits."""
    for fault in faults:
        message = text_of_fault(fault)
        field = field_at(form, fault.path)
        if field is None:
            form.form_errors.append(message)
        elif message not in field.errors:
            field.errors = [*field.errors, message]
    form.gather()


def text_of_fault(fault: Fault) -> str:
    """The text for an officer; amounts are compared in cents, so "1 or more" is above zero."""
    if fault.code == "too_low" and fault.values.get("least") == 1:
        return str(TEXTS["not_above_zero"])
    template = TEXTS.get(fault.code)
    return str(template) % fault.values if template is not None else fault.message(chosen_locale())


def field_at(form: RulesetForm, path: str) -> wtforms.Field | None:
    """The field that a path of the rules is asked in."""
    if path in _FIELDS:
        return form._fields[_FIELDS[path]]
    if match := _NEED.fullmatch(path):
        row = form.needs.entries[int(match[1])].form
        return {"reason": row.reason, "op": row.op}.get(match[2], row.asked)
    if match := _BAND.fullmatch(path):
        band = form.band_rows()[int(match[1])]
        return band.factor if match[2] == "factor" else band.bound
    if match := _GROUP.fullmatch(path):
        group_name = match[1] or match[2]
        return next((row.factor for row in form.group_rows() if row.name.data == group_name), None)
    return None
