"""The choices that an officer makes in a form, and rules in ``matchregel/1``: both ways.

``ruleset_json`` writes choices as rules, right or not: the engine's reader says what is wrong, and
where. ``choices_of`` reads rules back; for rules that the form wrote nothing is lost. What may be
left out is left out, so that one set of choices has one hash. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from voorjebuurt.rulebook.bases import bases_by_kind
from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.clauses import NUMERIC, Field
from voorjebuurt.rulebook.divides import divides_by_kind
from voorjebuurt.rulebook.divides.divide import Divide
from voorjebuurt.rulebook.ruleset import SCHEMA
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldValue, RulesetField, number_as_json

LIVE = "live"
KindClasses = Mapping[str, type[Base] | type[Divide]]
"""The classes of bases, or of ways to divide, by their names in JSON."""


@dataclass(frozen=True)
class KindChoice:
    """One of the bases, or of the ways to divide, with what was filled in, by field.

    An empty field is left out. Only fields that belong to ``kind`` count.
    """

    kind: str
    values: Mapping[str, FieldValue] = field(default_factory=dict)


def kind_choice(kind: str, answers: Mapping[str, FieldValue | None]) -> KindChoice:
    """The choice with these answers: None is an empty field, and so is a flag that is not set."""
    return KindChoice(
        kind,
        {
            name: value
            for name, value in answers.items()
            if value is not None and value is not False
        },
    )


@dataclass(frozen=True)
class NeedChoice:
    """A requirement: a number, names (themes or groups, sorted), or yes or no."""

    field: Field
    op: str
    value: Fraction | tuple[str, ...] | bool | None
    reason: str


@dataclass(frozen=True)
class BandChoice:
    """Areas with this figure or more (``at_least``), or this or less, and their factor."""

    at_least: bool
    bound: Fraction | None
    factor: Fraction | None


@dataclass(frozen=True)
class GroupChoice:
    """A group that a campaign may reach, and its factor."""

    name: str
    factor: Fraction | None


@dataclass(frozen=True)
class Choices:
    """Everything that the form asks (eurocents, exact numbers); None is an empty field."""

    ceiling_cents: int | None
    live: bool
    base: KindChoice
    divide: KindChoice
    needs: tuple[NeedChoice, ...] = ()
    indicator: str | None = None
    bands: tuple[BandChoice, ...] = ()
    groups: tuple[GroupChoice, ...] = ()
    multiply: bool = False
    project_cents: int | None = None
    pct_of_goal: Fraction | None = None
    to_gap: bool = False


def ruleset_json(choices: Choices) -> dict[str, Json]:
    """The choices as rules. A field that was left empty is a key that is left out."""
    caps = _present(
        project_cents=choices.project_cents,
        pct_of_goal=_number(choices.pct_of_goal),
        to_gap=choices.to_gap or None,
    )
    return _present(
        schema=SCHEMA,
        ceiling_cents=choices.ceiling_cents,
        moment=LIVE if choices.live else None,
        require=[_need(need) for need in choices.needs] or None,
        base=_kind(choices.base, bases_by_kind()),
        equity=_equity(choices) or None,
        caps=caps or None,
        divide=_kind(choices.divide, divides_by_kind()),
    )


def _present(**values: Json) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not None}


def _number(value: Fraction | None) -> Json:
    return None if value is None else number_as_json(value)


def _factor(value: Fraction | None) -> Json:
    return None if value is None else str(value)


def fields_of(kind: str | None, classes: KindClasses) -> Mapping[str, RulesetField]:
    """What a kind asks, by name; nothing for a kind that is unknown."""
    kind_class = classes.get(kind or "")
    return {each.name: each for each in kind_class.fields} if kind_class is not None else {}


def _kind(choice: KindChoice, classes: KindClasses) -> dict[str, Json]:
    answers = {
        each.json_key: each.as_json(choice.values.get(name))
        for name, each in fields_of(choice.kind, classes).items()
    }
    return _present(kind=choice.kind, **answers)


def _need(need: NeedChoice) -> dict[str, Json]:
    reason = need.reason or None
    return _present(field=need.field.value, op=need.op, value=_need_value(need), reason=reason)


def _need_value(need: NeedChoice) -> Json:
    value = need.value
    match value:
        case None | bool():
            return value
        case Fraction():
            whole = need.field is not Field.CROWD_PCT and value.denominator == 1
            return value.numerator if whole else number_as_json(value)
        case tuple():
            return list(value)
        case _:
            assert_never(value)


def _equity(choices: Choices) -> dict[str, Json]:
    bands = [
        _present(
            **{"at_least" if band.at_least else "at_most": _number(band.bound)},
            factor=_factor(band.factor),
        )
        for band in choices.bands
    ]
    groups = {group.name: _factor(group.factor) for group in choices.groups}
    return _present(
        indicator=choices.indicator,
        bands=bands if choices.indicator is not None else None,
        groups=groups or None,
        combine="product" if choices.multiply and choices.indicator and groups else None,
    )


def numeric(field: Field) -> bool:
    """Whether a requirement on this field compares a number."""
    return field in NUMERIC
