"""The rows of the rule builder that come and go: conditions, classes of areas, groups."""

from fractions import Fraction
from typing import Any, assert_never

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from voorjebuurt.matching.funds.builder.choices import NeedChoice, numeric
from voorjebuurt.rulebook.clauses import Field
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    HiddenField,
    MoneyField,
    NumberField,
    StringField,
    ValidationError,
    at_most,
)
from voorjebuurt.web.words.campaign_labels import THEMES
from voorjebuurt.web.words.fund_labels import OPERATORS

_FIELDS = {field.value: field for field in Field}
_VALUE_FIELDS = {
    Field.DONORS: "count",
    Field.LOCAL_DONORS: "count",
    Field.CROWD_CENTS: "amount",
    Field.CROWD_PCT: "percentage",
    Field.GOAL_CENTS: "amount",
    Field.THEME: "themes",
    Field.GROUPS: "groups",
    Field.FIRST_TIME: "answer",
}
_FIXED_OPERATORS = {Field.THEME: "in", Field.GROUPS: "any", Field.FIRST_TIME: "=="}


def _text(label: Any, hint: Any = "", length: int = 160) -> StringField:
    return StringField(label, description=hint, validators=[at_most(length)])


class NeedForm(wtforms.Form):
    """A requirement; which of its fields is asked depends on what it is about."""

    about = HiddenField()
    op = SelectField(
        _l("Must be"),
        choices=[SelectChoice(*pair) for pair in OPERATORS.items()],
        default=">=",
        validate_choice=False,
    )
    count = CountField(_l("Number"))
    amount = MoneyField(_l("Amount"))
    percentage = NumberField(_l("Percentage"))
    themes = SelectMultipleField(
        _l("Themes"),
        choices=[SelectChoice(theme.value, label) for theme, label in THEMES.items()],
        option_widget=CheckboxInput(),
    )
    groups = _text(_l("Groups"), _l("Separate names with commas."), 300)
    answer = RadioField(
        _l("Is it the first application of this initiator?"),
        choices=[
            SelectChoice("yes", _l("Yes, only first applications")),
            SelectChoice("no", _l("No, only later ones")),
        ],
        default="yes",
        validate_choice=False,
    )
    reason = _text(
        _l("What do you tell who does not meet this?"),
        _l("This stands in the refusal, for example: too few neighbours support the plan."),
    )

    def choice(self) -> NeedChoice:
        """The row as a choice."""
        field = self.field
        op = self.op.data if numeric(field) else _FIXED_OPERATORS[field]
        return NeedChoice(field, op or "", self._value(field), self.reason.data or "")

    @property
    def field(self) -> Field:
        """What the requirement is about."""
        return _FIELDS.get(self.about.data or "", Field.DONORS)

    @property
    def compares(self) -> bool:
        """Whether the row asks how to compare."""
        return numeric(self.field)

    @property
    def asked(self) -> wtforms.Field:
        """The field that holds the value."""
        return self._fields[self.value_field]

    def forget(self) -> None:
        """Drop the errors of fields that the row does not ask."""
        for name, field in self._fields.items():
            if name not in (self.value_field, "reason"):
                field.errors = []

    @property
    def value_field(self) -> str:
        """The name of the field that holds the value."""
        return _VALUE_FIELDS[self.field]

    def _value(self, field: Field) -> Fraction | tuple[str, ...] | bool | None:
        data = self._fields[_VALUE_FIELDS[field]].data
        match field:
            case Field.FIRST_TIME:
                return bool(data == "yes")
            case Field.THEME:
                return tuple(sorted(data)) or None
            case Field.GROUPS:
                names = {name.strip() for name in (data or "").split(",")}
                return tuple(sorted(names - {""})) or None
            case (
                Field.DONORS
                | Field.LOCAL_DONORS
                | Field.CROWD_CENTS
                | Field.CROWD_PCT
                | Field.GOAL_CENTS
            ):
                return None if data is None else Fraction(data)
            case _:
                assert_never(field)


class BandForm(wtforms.Form):
    """A class of areas and its factor; an empty row is none."""

    direction = SelectField(
        _l("Or more / or less"),
        choices=[SelectChoice("at_least", _l("or more")), SelectChoice("at_most", _l("or less"))],
        default="at_least",
        validate_choice=False,
    )
    bound = NumberField(_l("The figure is"))
    factor = NumberField(_l("Factor"))

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field._value().strip() for field in (self.bound, self.factor))


class GroupForm(wtforms.Form):
    """A group that a campaign may reach, and its factor; a row without a name is none."""

    name = _text(_l("Name of the group"), length=80)
    factor = NumberField(_l("Factor"))

    def validate_name(self, field: StringField) -> None:
        """A factor is for a group; a comma parts names elsewhere."""
        if "," in (field.data or ""):
            raise ValidationError(_l("Use no comma in a name."))
        if not field.data and self.factor.data is not None:
            raise ValidationError(_l("Enter the name of the group."))


def need_data(need: NeedChoice) -> dict[str, Any]:
    """What a row shows of a choice."""
    name = _VALUE_FIELDS[need.field]
    value = _shown(need.field, need.value)
    return {"about": need.field.value, "op": need.op, name: value, "reason": need.reason}


def _shown(field: Field, value: Any) -> Any:
    match field:
        case Field.FIRST_TIME:
            return "yes" if value else "no"
        case Field.GROUPS:
            return ", ".join(value)
        case Field.THEME:
            return list(value)
        case Field.CROWD_PCT:
            return value
        case Field.DONORS | Field.LOCAL_DONORS | Field.CROWD_CENTS | Field.GOAL_CENTS:
            return int(value)
        case _:
            assert_never(field)
