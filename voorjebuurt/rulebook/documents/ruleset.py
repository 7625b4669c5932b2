"""From JSON to a ``Ruleset``, or every reason why not."""

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from voorjebuurt.rulebook.bases import read_base
from voorjebuurt.rulebook.clauses import (
    COMBINATIONS,
    GROWING,
    OPERATORS,
    Band,
    Caps,
    Equity,
    Field,
    Requirement,
)
from voorjebuurt.rulebook.divides import read_divide
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader, below
from voorjebuurt.rulebook.ruleset import MOMENTS, SCHEMA, Ruleset
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import compare

ONE = Fraction(1)


def read_ruleset(raw: Json, *, indicators: Collection[str], path: str = "rules") -> Ruleset:
    """Validate rules as ``jsontext.parse`` returned them; defaults are not part of the hash.

    ``indicators`` are the area figures that rules may use. Raises ``RefusedError``.
    """
    reader = Reader(for_hash=True)
    fields = Fields(
        reader,
        raw,
        path,
        mandatory=("schema", "ceiling_cents", "base", "divide"),
        optional=("moment", "require", "equity", "caps"),
    )
    fields.must("schema", lambda value, at: reader.one_of(value, at, (SCHEMA,)), SCHEMA)
    moment = fields.may("moment", lambda value, at: reader.one_of(value, at, MOMENTS))
    ceiling = fields.must("ceiling_cents", reader.whole, 1)
    require = fields.may("require", lambda value, at: _require(reader, value, at)) or ()
    base = fields.must("base", lambda value, at: read_base(reader, value, at), None)
    equity = fields.may("equity", lambda value, at: _equity(reader, value, at, indicators))
    caps = fields.may("caps", lambda value, at: _caps(reader, value, at)) or Caps()
    divide = fields.must("divide", lambda value, at: read_divide(reader, value, at, base), None)
    reader.raise_faults()
    if base is None or divide is None:
        raise AssertionError("rules without base or division have a fault")
    ruleset = Ruleset("", ceiling, moment == "live", require, base, equity, caps, divide)
    _refuse_falling_claims(reader, ruleset, path)
    reader.raise_faults()
    return replace(ruleset, sha256=jsontext.sha256(raw))


def _require(reader: Reader, raw: Json, path: str) -> tuple[Requirement, ...]:
    return tuple(_requirement(reader, item, below(path, i)) for i, item in reader.items(raw, path))


def _requirement(reader: Reader, raw: Json, path: str) -> Requirement:
    fields = Fields(reader, raw, path, mandatory=("field", "op", "value", "reason"))
    name = fields.must("field", lambda v, at: reader.one_of(v, at, list(Field)), Field.DONORS)
    field = Field(name)
    if fields.raw("field") != field:
        return Requirement(field, "==", ONE, "-")
    op = fields.must("op", lambda v, at: reader.one_of(v, at, OPERATORS[field]), "==")
    value = fields.must("value", lambda v, at: _required_value(reader, v, at, field, op), ONE)
    return Requirement(field, op, value, fields.must("reason", reader.text, "-"))


def _required_value(
    reader: Reader, raw: Json, path: str, field: Field, op: str
) -> Fraction | frozenset[str] | bool:
    match field:
        case Field.FIRST_TIME:
            return reader.flag(raw, path)
        case Field.THEME:
            return frozenset({reader.text(raw, path)}) if op == "==" else reader.texts(raw, path)
        case Field.GROUPS:
            return reader.texts(raw, path)
        case Field.CROWD_PCT:
            return _not_negative(reader, raw, path)
        case Field.DONORS | Field.LOCAL_DONORS | Field.CROWD_CENTS | Field.GOAL_CENTS:
            return Fraction(reader.whole(raw, path, least=0))
        case _:
            assert_never(field)


def _not_negative(reader: Reader, raw: Json, path: str) -> Fraction:
    number = reader.number(raw, path)
    if number < 0:
        reader.refuse(path, "too_low", least=0)
    return number


def _equity(reader: Reader, raw: Json, path: str, indicators: Collection[str]) -> Equity:
    optional = ("indicator", "bands", "groups", "combine")
    fields = Fields(reader, raw, path, optional=optional)
    if ("indicator" in fields) != ("bands" in fields):
        reader.refuse(path, "indicator_or_bands_alone")
    indicator = fields.may("indicator", reader.text)
    if indicator is not None and indicator not in indicators:
        names = ", ".join(indicators)
        reader.refuse(fields.at("indicator"), "indicator_not_allowed", allowed=names)
    bands = fields.may(
        "bands",
        lambda v, at: tuple(_band(reader, b, below(at, i)) for i, b in reader.items(v, at)),
    )
    groups = fields.may(
        "groups",
        lambda v, at: {key: _factor(reader, f, p) for key, f, p in reader.entries(v, at)},
    )
    combine = fields.may("combine", lambda v, at: reader.one_of(v, at, COMBINATIONS))
    return Equity(indicator, bands or (), groups or {}, combine or "max")


def _band(reader: Reader, raw: Json, path: str) -> Band:
    fields = Fields(reader, raw, path, mandatory=("factor",), optional=("at_least", "at_most"))
    if ("at_least" in fields) == ("at_most" in fields):
        reader.refuse(path, "one_bound")
    lower, upper = fields.may("at_least", reader.number), fields.may("at_most", reader.number)
    factor = fields.must("factor", lambda v, at: _factor(reader, v, at), ONE)
    bound = lower if lower is not None else upper
    return Band(lower is not None, bound if bound is not None else ONE, factor)


def _factor(reader: Reader, raw: Json, path: str) -> Fraction:
    factor = reader.number(raw, path)
    if compare(factor, 1) < 0:
        reader.refuse(path, "factor_below_one")
    return max(ONE, factor)


def _caps(reader: Reader, raw: Json, path: str) -> Caps:
    fields = Fields(reader, raw, path, optional=("project_cents", "pct_of_goal", "to_gap"))
    return Caps(
        fields.may("project_cents", reader.whole),
        fields.may("pct_of_goal", reader.positive),
        fields.may("to_gap", reader.flag) or False,
    )


def _refuse_falling_claims(reader: Reader, rules: Ruleset, path: str) -> None:
    """A live rule may only have claims that never fall, and reserves in order of arrival."""
    if not rules.live:
        return
    fault = rules.divide.live_fault
    if fault is not None:
        key, code = fault
        reader.refuse(f"{path}.divide.{key}", code)
    if rules.base.can_fall:
        reader.refuse(f"{path}.base.kind", "live_claim_can_fall")
    if rules.caps.to_gap:
        reader.refuse(f"{path}.caps.to_gap", "live_claim_can_fall")
    for index, requirement in enumerate(rules.require):
        if requirement.field in GROWING and requirement.op not in (">=", ">"):
            reader.refuse(f"{path}.require[{index}].op", "live_claim_can_fall")
