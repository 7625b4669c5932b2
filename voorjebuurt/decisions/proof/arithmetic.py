"""The arithmetic of one application as a table: step, explanation, outcome. Pure.

Each row is one of the engine's own reasons, so that the table can say nothing else than what was
computed; this module only knows which figure of a reason is its outcome, and what to call it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from voorjebuurt.decisions.proof.schema import Table
from voorjebuurt.kernel.catalogues import Catalogue, catalogue, languages
from voorjebuurt.rulebook.texts.phrases import (
    Count,
    Indicator,
    Money,
    Names,
    Number,
    Phrase,
    Place,
    Value,
)
from voorjebuurt.rulebook.texts.wording import money, say, written

_ROWS = {
    "crowd": ("crowd", "given"),
    "crowd_counted": ("given", "counted"),
    "requirements_met": ("", "conditions"),
    "requirement_failed": ("", "condition"),
    "refused": ("", "conditions"),
    "base_capped": ("counted", "counted_per_donor"),
    "base_large_donors": ("", "counting_donors"),
    "base_ratio": ("base", "base"),
    "base_per_donor": ("base", "base"),
    "base_reached": ("base", "base"),
    "base_not_reached": ("base", "base"),
    "base_gap": ("base", "base"),
    "base_roots": ("base", "base"),
    "base_roots_bounded": ("base", "base"),
    "base_one_donor": ("base", "base"),
    "area_figure": ("factor", "area_factor"),
    "area_figure_of_parent": ("factor", "area_factor"),
    "area_no_figure": ("factor", "area_factor"),
    "areas_together": ("factor", "areas_together"),
    "group": ("factor", "group_factor"),
    "combined_max": ("factor", "factor"),
    "combined_product": ("factor", "factor"),
    "no_factor": ("", "factor"),
    "times_factor": ("product", "base_times_factor"),
    "rounded": ("whole", "rounded"),
    "cap_project_cents": ("cap", "highest"),
    "cap_pct_of_goal": ("cap", "highest"),
    "cap_to_gap": ("cap", "highest"),
    "claim": ("claim", "claim"),
    "turn_arrival": ("left", "turn"),
    "turn_tender": ("left", "turn"),
    "turn_lottery": ("left", "turn"),
    "turn_partial": ("", "division"),
    "turn_empty": ("", "division"),
    "turn_too_small": ("", "division"),
    "all_fit": ("", "division"),
    "all_fit_pot": ("", "division"),
    "pot_short": ("ceiling", "division"),
    "share_proportional": ("exact", "share"),
    "share_level": ("level", "share"),
    "share_level_factor": ("exact", "share"),
    "share_pot": ("exact", "share"),
    "share_full": ("limit", "share"),
    "share_last_cents": ("", "last_cents"),
    "maximum_follows": ("", "rule"),
    "maximum_goal": ("cap", "highest"),
    "maximum_ceiling": ("cap", "highest"),
    "maximum_base": ("cap", "highest"),
    "maximum_claim": ("claim", "maximum_rule"),
    "maximum_left": ("left", "pot_left"),
    "maximum": ("maximum", "maximum"),
    "live": ("", "division"),
    "live_short": ("", "division"),
    "award": ("award", "award"),
}
"""By the reason's key: the value that is its outcome, and the key of the step's name."""
_OTHER = ("", "other")


def table_of(
    reasons: Sequence[Phrase], places: Mapping[str, str], *, edition: int | None = None
) -> Table:
    """One row per reason and language; ``places`` are names by area code."""
    return {
        language: [_row(phrase, language, places, edition) for phrase in reasons]
        for language in languages()
    }


def _row(
    phrase: Phrase, language: str, places: Mapping[str, str], edition: int | None
) -> list[str]:
    value, step = _ROWS.get(phrase.key, _OTHER)
    words = catalogue(language, edition)
    return [
        words.text("arithmetic", step),
        say(phrase, language, places, edition=edition),
        _outcome(phrase, value, words),
    ]


def _outcome(phrase: Phrase, name: str, words: Catalogue) -> str:
    """The figure that the step comes to: an amount with its cents, a factor, or nothing."""
    value: Value = phrase.values.get(name, "")
    match value:
        case Money(cents):
            return amount(cents, words)
        case Number(number):
            return f"× {written(number, words)}"
        case Count() | Indicator() | Place() | Phrase() | Names() | str():
            return ""
        case _:
            assert_never(value)


def amount(cents: Fraction | int, words: Catalogue) -> str:
    """An amount with its cents also where it is whole: ``€ 1.250,00`` (nl)."""
    text = money(cents, words)
    return text if words.decimal_point in text else f"{text}{words.decimal_point}00"
