"""From rules that validate back to the choices of the form. Pure."""

from fractions import Fraction

from voorjebuurt.matching.funds.builder.choices import (
    BandChoice,
    Choices,
    GroupChoice,
    NeedChoice,
    kind_choice,
)
from voorjebuurt.rulebook.clauses import Equity, Field, Requirement
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values.jsontext import Json


def choices_of(rules: Json) -> Choices:
    """The choices that make these rules. Raises ``RefusedError`` for rules that don't validate.

    An indicator that is no longer allowed is read all the same: the form then says so.
    """
    equity = rules.get("equity") if isinstance(rules, dict) else None
    indicator = equity.get("indicator") if isinstance(equity, dict) else None
    return choices_in(
        read_ruleset(rules, indicators=(indicator,) if isinstance(indicator, str) else ())
    )


def choices_in(rules: Ruleset) -> Choices:
    """The choices that make these rules, which were read and validated."""
    equity = rules.equity or Equity(None, (), {}, "max")
    both = equity.indicator is not None and bool(equity.groups)
    return Choices(
        ceiling_cents=rules.ceiling_cents,
        live=rules.live,
        base=kind_choice(rules.base.kind, rules.base.form_values()),
        divide=kind_choice(rules.divide.kind, rules.divide.form_values()),
        needs=tuple(_need(need) for need in rules.require),
        indicator=equity.indicator,
        bands=tuple(BandChoice(band.at_least, band.bound, band.factor) for band in equity.bands),
        groups=tuple(GroupChoice(name, equity.groups[name]) for name in sorted(equity.groups)),
        multiply=both and equity.combine == "product",
        project_cents=rules.caps.project_cents,
        pct_of_goal=rules.caps.pct_of_goal,
        to_gap=rules.caps.to_gap,
    )


def groups_of(rules: Ruleset) -> list[str]:
    """The groups that rules name, by name: an applicant may say to reach these."""
    names = set(rules.equity.groups if rules.equity else ())
    for need in rules.require:
        if need.field is Field.GROUPS and isinstance(need.value, frozenset):
            names |= need.value
    return sorted(names)


def _need(requirement: Requirement) -> NeedChoice:
    value = requirement.value
    op = "in" if requirement.field is Field.THEME else requirement.op
    if isinstance(value, bool | Fraction):
        return NeedChoice(requirement.field, op, value, requirement.reason)
    return NeedChoice(requirement.field, op, tuple(sorted(value)), requirement.reason)
