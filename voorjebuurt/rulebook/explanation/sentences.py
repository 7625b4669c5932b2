"""A ruleset read back as sentences, for residents and for the officer who built it in a form."""

from collections.abc import Iterator

from voorjebuurt.rulebook.clauses import Caps, Equity, Requirement
from voorjebuurt.rulebook.conditions import needed
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Indicator, Money, Number, Phrase, phrase

SECTIONS = ("pot", "needs", "base", "equity", "caps", "divide")
"""The parts of a ruleset in the order in which they work."""


def sentences(rules: Ruleset) -> list[Phrase]:
    """Every rule as a sentence, in the order in which they work."""
    by_section = sentences_by_section(rules)
    return [sentence for section in SECTIONS for sentence in by_section[section]]


def sentences_by_section(rules: Ruleset) -> dict[str, list[Phrase]]:
    """The same, for each of ``SECTIONS``."""
    return {
        "pot": [
            phrase("rule_ceiling", ceiling=Money(rules.ceiling_cents)),
            phrase("rule_live" if rules.live else "rule_closing"),
        ],
        "needs": [_requirement(requirement) for requirement in rules.require],
        "base": [*rules.base.sentences(), phrase("rule_not_matchable")],
        "equity": list(_equity(rules.equity)) if rules.equity else [],
        "caps": [*_caps(rules.caps), phrase("rule_rounding")],
        "divide": [] if rules.live else list(rules.divide.sentences()),
    }


def _requirement(requirement: Requirement) -> Phrase:
    return phrase(
        "rule_require",
        needed=needed(requirement),
        reason=requirement.reason,
        because=requirement.sentence,
    )


def _equity(equity: Equity) -> Iterator[Phrase]:
    if equity.indicator is not None:
        yield phrase("rule_indicator", indicator=Indicator(equity.indicator))
        for band in equity.bands:
            key = "rule_band_at_least" if band.at_least else "rule_band_at_most"
            yield phrase(key, bound=Number(band.bound), factor=Number(band.factor))
        yield phrase("rule_bands")
    for group, factor in sorted(equity.groups.items()):
        yield phrase("rule_group", group=group, factor=Number(factor))
    if equity.indicator is not None and equity.groups:
        yield phrase(f"rule_combine_{equity.combine}")
    yield phrase("rule_factor")


def _caps(caps: Caps) -> Iterator[Phrase]:
    if caps.project_cents is not None:
        yield phrase("rule_cap_project", cap=Money(caps.project_cents))
    if caps.pct_of_goal is not None:
        yield phrase("rule_cap_pct", pct=Number(caps.pct_of_goal))
    if caps.to_gap:
        yield phrase("rule_cap_gap")
