"""The sentences of rules, by the section of the form whose choices they tell. Pure."""

from collections.abc import Mapping

from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Phrase

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "pot": ("rule_ceiling", "rule_closing", "rule_live"),
    "needs": ("rule_require",),
    "base": (
        *("rule_ratio", "rule_donor_cap", "rule_per_donor", "rule_min_gift", "rule_lump"),
        *("rule_topup", "rule_qf", "rule_pair_bound", "rule_not_matchable"),
    ),
    "equity": ("rule_indicator", "rule_band", "rule_group", "rule_combine", "rule_factor"),
    "caps": ("rule_cap", "rule_rounding"),
    "divide": (
        *("rule_arrival", "rule_tender", "rule_lottery", "rule_last_in_line"),
        *("rule_min_partial", "rule_proportional", "rule_waterfill", "rule_last_cents"),
        *("rule_qf_pot", "rule_qf_fill"),
    ),
}
"""The sections in their order, and how the keys of their sentences begin."""


def section_of(key: str) -> str:
    """The section that a sentence belongs to: the one with the longest matching beginning."""
    matching = [
        (len(begin), section)
        for section, begins in SECTIONS.items()
        for begin in begins
        if key.startswith(begin)
    ]
    return max(matching)[1]


def sentences_by_section(rules: Ruleset) -> dict[str, list[Phrase]]:
    """Every sentence, by section, in the order in which rules work."""
    by_section: dict[str, list[Phrase]] = {section: [] for section in SECTIONS}
    for phrase in sentences(rules):
        by_section[section_of(phrase.key)].append(phrase)
    return by_section
