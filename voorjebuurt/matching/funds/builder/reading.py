"""From rules that validate back to the choices of the form. Pure."""

from fractions import Fraction

from voorjebuurt.matching.funds.builder.choices import (
    BandChoice,
    BaseChoice,
    Choices,
    DivideChoice,
    GroupChoice,
    NeedChoice,
)
from voorjebuurt.rulebook.parsing.ruleset import read_ruleset
from voorjebuurt.rulebook.ruleset import (
    Base,
    Divide,
    Equity,
    Field,
    PerDonor,
    Proportional,
    Quadratic,
    QuadraticPot,
    Queue,
    Ratio,
    Requirement,
    Ruleset,
    Threshold,
    TopUp,
    Waterfill,
)
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
        base=_base(rules.base),
        divide=_divide(rules.divide),
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


def _base(base: Base) -> BaseChoice:
    match base:
        case Ratio(ratio, donor_cap_cents):
            return BaseChoice("ratio", ratio=ratio, donor_cap_cents=donor_cap_cents)
        case PerDonor(amount_cents, min_gift_cents):
            least = min_gift_cents if min_gift_cents > 1 else None
            return BaseChoice("per_donor", amount_cents=amount_cents, min_gift_cents=least)
        case Threshold(min_pct, min_donors, award_pct, award_cents):
            return BaseChoice(
                "threshold",
                min_pct=min_pct,
                min_donors=min_donors,
                award_pct=award_pct,
                award_cents=award_cents,
            )
        case TopUp(last_pct):
            return BaseChoice("topup", last_pct=last_pct)
        case Quadratic(pair_bound_cents):
            return BaseChoice("qf", pair_bound_cents=pair_bound_cents)


def _divide(divide: Divide) -> DivideChoice:
    match divide:
        case Queue(kind, min_partial_cents):
            return DivideChoice(kind, min_partial_cents=min_partial_cents)
        case Proportional():
            return DivideChoice("proportional")
        case Waterfill(by_factor):
            return DivideChoice("waterfill", by_factor=by_factor)
        case QuadraticPot(fill):
            return DivideChoice("qf_pot", fill=fill)
