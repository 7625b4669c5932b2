"""The choices that an officer makes in a form, and rules in ``matchregel/1``: both ways.

``ruleset_json`` writes choices as rules, right or not: the engine's reader says what is wrong, and
where. ``choices_of`` reads rules back; for rules that the form wrote nothing is lost. What may be
left out is left out, so that one set of choices has one hash. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from voorjebuurt.rulebook.ruleset import NUMERIC, SCHEMA, Field
from voorjebuurt.rulebook.values.jsontext import Json

QUEUES = frozenset({"arrival", "tender", "lottery"})
LIVE = "live"
MAX_PLACES = 13
"""Numbers with fewer decimals than this are written with a point, others as a fraction."""
_EXACT = Context(prec=200)
PARAMETERS: Mapping[str, Sequence[str]] = {
    "ratio": ("ratio", "donor_cap_cents"),
    "per_donor": ("amount_cents", "min_gift_cents"),
    "threshold": ("min_pct", "min_donors", "award_pct", "award_cents"),
    "topup": ("last_pct",),
    "qf": ("pair_bound_cents",),
}
"""What each kind of base asks for."""


@dataclass(frozen=True)
class BaseChoice:
    """How the amount is computed; only what belongs to ``kind`` counts."""

    kind: str
    ratio: Fraction | None = None
    donor_cap_cents: int | None = None
    amount_cents: int | None = None
    min_gift_cents: int | None = None
    min_pct: Fraction | None = None
    min_donors: int | None = None
    award_pct: Fraction | None = None
    award_cents: int | None = None
    last_pct: Fraction | None = None
    pair_bound_cents: int | None = None


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
class DivideChoice:
    """What happens when there is too little; only what belongs to ``kind`` counts."""

    kind: str
    min_partial_cents: int | None = None
    by_factor: bool = False
    fill: bool = False


@dataclass(frozen=True)
class Choices:
    """Everything that the form asks (eurocents, exact numbers); None is an empty field."""

    ceiling_cents: int | None
    live: bool
    base: BaseChoice
    divide: DivideChoice
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
        base=_base(choices.base),
        equity=_equity(choices) or None,
        caps=caps or None,
        divide=_divide(choices.divide),
    )


def _present(**values: Json) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not None}


def _number(value: Fraction | None) -> Json:
    """A whole number as such, a decimal one as text, any other as a fraction."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    places = next((k for k in range(1, MAX_PLACES) if 10**k % value.denominator == 0), None)
    if places is None:
        return str(value)
    return str(Decimal(int(value * 10**places)).scaleb(-places, _EXACT))


def _factor(value: Fraction | None) -> Json:
    return None if value is None else str(value)


def _base(base: BaseChoice) -> dict[str, Json]:
    names = PARAMETERS.get(base.kind, ())
    values: dict[str, Any] = {name: getattr(base, name) for name in names}
    if base.kind == "ratio" and base.ratio is not None:
        values["ratio"] = f"{base.ratio.numerator}/{base.ratio.denominator}"
    texts = {
        name: _number(value) if isinstance(value, Fraction) else value
        for name, value in values.items()
    }
    return _present(kind=base.kind, **texts)


def _need(need: NeedChoice) -> dict[str, Json]:
    value: Json = need.value
    if isinstance(value, Fraction):
        whole = need.field is not Field.CROWD_PCT and value.denominator == 1
        value = value.numerator if whole else _number(value)
    elif isinstance(value, tuple):
        value = list(value)
    reason = need.reason or None
    return _present(field=need.field.value, op=need.op, value=value, reason=reason)


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


def _divide(divide: DivideChoice) -> dict[str, Json]:
    queue = divide.kind in QUEUES
    return _present(
        kind=divide.kind,
        min_partial_cents=divide.min_partial_cents if queue else None,
        weights="equity" if divide.kind == "waterfill" and divide.by_factor else None,
        fill=True if divide.kind == "qf_pot" and divide.fill else None,
    )


def numeric(field: Field) -> bool:
    """Whether a requirement on this field compares a number."""
    return field in NUMERIC
