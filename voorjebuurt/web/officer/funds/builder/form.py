"""The rule builder as a form: every choice a field, from choices and back to them."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

import wtforms
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectChoice, SelectField

from voorjebuurt.matching.funds.builder.choices import (
    BandChoice,
    Choices,
    GroupChoice,
    KindChoice,
    KindClasses,
    fields_of,
    kind_choice,
)
from voorjebuurt.rulebook.bases import BASES, bases_by_kind
from voorjebuurt.rulebook.divides import DIVIDES, divides_by_kind
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField
from voorjebuurt.web.kit.forms.fields import CountField, Form, MoneyField, NumberField
from voorjebuurt.web.officer.funds.builder.rows import BandForm, GroupForm, NeedForm, need_data
from voorjebuurt.web.words.fund_labels import (
    BASE_LABELS,
    DIVIDE_LABELS,
    INDICATORS,
    NEEDS,
    RULESET_FIELDS,
)

MAX_ROWS = 12
NO_FIGURE = "none"
BASE_FIELDS = {field.name: field for base in BASES for field in base.fields}
DIVIDE_FIELDS = {field.name: field for divide in DIVIDES for field in divide.fields}
"""What the kinds of bases, and of ways to divide, ask; a name is asked once."""


def _questions(fields: Mapping[str, RulesetField]) -> dict[str, wtforms.Field]:
    return {name: _question(field) for name, field in fields.items()}


def _question(field: RulesetField) -> wtforms.Field:
    label, hint = RULESET_FIELDS[field.name]
    match field.type:
        case FieldType.CENTS:
            return MoneyField(label, description=hint)
        case FieldType.COUNT:
            return CountField(label, description=hint)
        case FieldType.NUMBER | FieldType.RATIO:
            return NumberField(label, description=hint)
        case FieldType.FLAG:
            return BooleanField(label, description=hint)
        case _:
            assert_never(field.type)


class RulesetForm(Form):
    """All of a fund's rules. Rows come and go by buttons of the form itself."""

    ceiling_cents = MoneyField(
        _l("Ceiling"),
        description=_l("The most that this fund gives, to all campaigns together."),
    )
    moment = RadioField(
        _l("When is the money given?"),
        choices=[
            SelectChoice("closing", _l("After a closing date")),
            SelectChoice("live", _l("At once, with every gift")),
        ],
        default="closing",
        validate_choice=False,
    )
    needs = FieldList(FormField(NeedForm), max_entries=MAX_ROWS)
    new_need = SelectField(
        _l("Add a condition about"),
        choices=[SelectChoice(field.value, label) for field, label in NEEDS.items()],
        validate_choice=False,
    )
    base = RadioField(
        _l("How is the amount computed?"),
        choices=[SelectChoice(*pair) for pair in BASE_LABELS.items()],
        validate_choice=False,
    )
    locals().update(_questions(BASE_FIELDS))  # Here, since fields are shown in this order.
    indicator = RadioField(_l("By which figure of the neighbourhood?"), validate_choice=False)
    bands = FieldList(FormField(BandForm), max_entries=MAX_ROWS)
    groups = FieldList(FormField(GroupForm), max_entries=MAX_ROWS)
    multiply = RadioField(
        _l("And if a campaign has a factor by neighbourhood and one by group?"),
        choices=[
            SelectChoice("no", _l("The highest counts")),
            SelectChoice("yes", _l("They are multiplied")),
        ],
        default="no",
        validate_choice=False,
    )
    project_cents = MoneyField(_l("At most this amount for a campaign"))
    pct_of_goal = NumberField(_l("At most this percentage of its goal"))
    to_gap = BooleanField(_l("Never more than what is still missing to the goal"))
    divide = RadioField(
        _l("What if there is too little?"),
        choices=[SelectChoice(*pair) for pair in DIVIDE_LABELS.items()],
        validate_choice=False,
    )
    locals().update(_questions(DIVIDE_FIELDS))

    def allow(self, indicators: Sequence[str]) -> None:
        """Offer these figures; one that stands in the rules and is not allowed stays visible."""
        codes = [*indicators]
        if self.figure is not None and self.figure not in codes:
            codes.append(self.figure)
        names = [(code, INDICATORS.get(code, code)) for code in codes]
        self.indicator.choices = [
            SelectChoice(NO_FIGURE, _l("None: every neighbourhood counts the same")),
            *(SelectChoice(*pair) for pair in names),
        ]

    @property
    def figure(self) -> str | None:
        """The figure of the neighbourhood that was chosen, if any."""
        code: str | None = self.indicator.data
        return None if code in (None, "", NO_FIGURE) else code

    def asked_by(self, choice: RadioField, kind: str) -> list[tuple[wtforms.Field, bool | None]]:
        """The fields that one kind asks and no other, and whether to call them optional."""
        classes = bases_by_kind() if choice is self.base else divides_by_kind()
        others = {name for each in classes if each != kind for name in fields_of(each, classes)}
        return [
            (self._fields[name], None if field.optional else False)
            for name, field in fields_of(kind, classes).items()
            if name not in others
        ]

    def in_between(self) -> bool:
        """Do what a button between the rows asks; False when the form itself was sent."""
        to_add, to_remove = request.form.get("add"), request.form.get("remove")
        rows: dict[str, FieldList] = {
            "need": self.needs,
            "band": self.bands,
            "group": self.groups,
        }
        if to_add in rows and len(rows[to_add].entries) < MAX_ROWS:
            data = {"about": self.new_need.data} if to_add == "need" else None
            rows[to_add].append_entry(data)
        for list_of in rows.values():
            list_of.entries = [entry for entry in list_of.entries if entry.name != to_remove]
        return to_add is not None or to_remove is not None

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all that counts has the right shape; what was not chosen does not matter."""
        super().validate(extra_validators)
        for name in self._out_of_play():
            self._fields[name].errors = []
        for entry in self.needs.entries:
            entry.form.forget()
        self._check_rows()
        self.gather()
        return not self.errors

    def gather(self) -> None:
        """Let the lists know the errors in their rows, after these were changed by hand."""
        for list_of in (self.needs, self.bands, self.groups):
            errors = [entry.errors for entry in list_of.entries]
            list_of.errors = errors if any(errors) else []

    def _out_of_play(self) -> set[str]:
        in_play = {*fields_of(self.base.data, bases_by_kind())}
        in_play |= {*fields_of(self.divide.data, divides_by_kind())}
        return {"new_need", *(BASE_FIELDS.keys() | DIVIDE_FIELDS.keys()) - in_play}

    def _check_rows(self) -> None:
        """A figure and its classes go together; a group has one factor."""
        if (self.figure is not None) != bool(self.band_rows()):
            message = (
                _l("Add at least one class with its factor.")
                if self.figure is not None
                else _l("Choose a figure for the classes, or remove the classes.")
            )
            self.indicator.errors = [*self.indicator.errors, message]
        names: set[str] = set()
        for row in self.group_rows():
            if row.name.data in names:
                row.name.errors = [*row.name.errors, _l("This group stands here twice.")]
            names.add(row.name.data or "")

    def band_rows(self) -> list[BandForm]:
        """The rows that say something."""
        return [entry.form for entry in self.bands.entries if not entry.form.empty]

    def group_rows(self) -> list[GroupForm]:
        """The rows that name a group."""
        return [entry.form for entry in self.groups.entries if entry.form.name.data]

    @classmethod
    def showing(cls, choices: Choices, *, afresh: bool = False) -> "RulesetForm":
        """The form with these choices; ``afresh`` even where something was sent."""
        data = {
            **vars(choices),
            **choices.base.values,
            **choices.divide.values,
            "moment": "live" if choices.live else "closing",
            "base": choices.base.kind,
            "needs": [need_data(need) for need in choices.needs],
            "indicator": choices.indicator or NO_FIGURE,
            "bands": [
                {
                    "direction": "at_least" if band.at_least else "at_most",
                    "bound": band.bound,
                    "factor": band.factor,
                }
                for band in choices.bands
            ],
            "groups": [vars(group) for group in choices.groups],
            "multiply": "yes" if choices.multiply else "no",
            "divide": choices.divide.kind,
        }
        return cls(formdata=None, data=data) if afresh else cls(data=data)

    def choices(self) -> Choices:
        """The form as choices; empty fields as None."""
        return Choices(
            ceiling_cents=self.ceiling_cents.data,
            live=self.moment.data == "live",
            base=self._kind(self.base, bases_by_kind()),
            divide=self._kind(self.divide, divides_by_kind()),
            needs=tuple(entry.form.choice() for entry in self.needs.entries),
            indicator=self.figure,
            bands=tuple(
                BandChoice(row.direction.data != "at_most", row.bound.data, row.factor.data)
                for row in self.band_rows()
            ),
            groups=tuple(GroupChoice(row.name.data, row.factor.data) for row in self.group_rows()),
            multiply=self.multiply.data == "yes",
            project_cents=self.project_cents.data,
            pct_of_goal=self.pct_of_goal.data,
            to_gap=bool(self.to_gap.data),
        )

    def _kind(self, choice: RadioField, classes: KindClasses) -> KindChoice:
        kind = choice.data or ""
        answers = {name: self._fields[name].data for name in fields_of(kind, classes)}
        return kind_choice(kind, answers)
