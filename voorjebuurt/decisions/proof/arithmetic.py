"""The arithmetic of one application as a table: step, explanation, outcome. Pure.

Each row is one of the engine's own reasons, so that the table can say nothing else than what was
computed; this module only knows which figure of a reason is its outcome, and what to call it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from voorjebuurt.decisions.proof.schema import Table
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, Value
from voorjebuurt.rulebook.texts.vocabulary import Vocabulary
from voorjebuurt.rulebook.texts.wording import LANGUAGES, money, say, written

_ROWS = {
    "crowd": ("crowd", "Gegeven aan de actie", "Given to the campaign"),
    "crowd_counted": ("given", "Wat telt voor het fonds", "What counts for the fund"),
    "requirements_met": ("", "Voorwaarden", "Conditions"),
    "requirement_failed": ("", "Voorwaarde", "Condition"),
    "refused": ("", "Voorwaarden", "Conditions"),
    "base_capped": ("counted", "Wat telt per donateur", "What counts per donor"),
    "base_large_donors": ("", "Donateurs die tellen", "Donors that count"),
    "base_ratio": ("base", "Basis", "Base"),
    "base_per_donor": ("base", "Basis", "Base"),
    "base_reached": ("base", "Basis", "Base"),
    "base_not_reached": ("base", "Basis", "Base"),
    "base_gap": ("base", "Basis", "Base"),
    "base_roots": ("base", "Basis", "Base"),
    "base_roots_bounded": ("base", "Basis", "Base"),
    "base_one_donor": ("base", "Basis", "Base"),
    "area_figure": ("factor", "Factor van het gebied", "Factor of the area"),
    "area_figure_of_parent": ("factor", "Factor van het gebied", "Factor of the area"),
    "area_no_figure": ("factor", "Factor van het gebied", "Factor of the area"),
    "areas_together": ("factor", "Gebieden samen", "Areas together"),
    "group": ("factor", "Factor van de groep", "Factor of the group"),
    "combined_max": ("factor", "Factor", "Factor"),
    "combined_product": ("factor", "Factor", "Factor"),
    "no_factor": ("", "Factor", "Factor"),
    "times_factor": ("product", "Basis maal factor", "Base times factor"),
    "rounded": ("whole", "Afgerond", "Rounded"),
    "cap_project_cents": ("cap", "Hoogste bedrag", "Highest amount"),
    "cap_pct_of_goal": ("cap", "Hoogste bedrag", "Highest amount"),
    "cap_to_gap": ("cap", "Hoogste bedrag", "Highest amount"),
    "claim": ("claim", "Berekend bedrag", "Computed amount"),
    "turn_arrival": ("left", "Beurt", "Turn"),
    "turn_tender": ("left", "Beurt", "Turn"),
    "turn_lottery": ("left", "Beurt", "Turn"),
    "turn_partial": ("", "Verdeling", "Division"),
    "turn_empty": ("", "Verdeling", "Division"),
    "turn_too_small": ("", "Verdeling", "Division"),
    "all_fit": ("", "Verdeling", "Division"),
    "all_fit_pot": ("", "Verdeling", "Division"),
    "pot_short": ("ceiling", "Verdeling", "Division"),
    "share_proportional": ("exact", "Uw deel", "Your share"),
    "share_level": ("level", "Uw deel", "Your share"),
    "share_level_factor": ("exact", "Uw deel", "Your share"),
    "share_pot": ("exact", "Uw deel", "Your share"),
    "share_full": ("limit", "Uw deel", "Your share"),
    "share_last_cents": ("", "Hele centen", "Whole cents"),
    "live": ("", "Verdeling", "Division"),
    "live_short": ("", "Verdeling", "Division"),
    "award": ("award", "Bijdrage uit het fonds", "Contribution of the fund"),
}
_OTHER = ("", "Stap", "Step")
_LABEL = {"nl": 1, "en": 2}
"""Where a language's label stands in a row; the outcome's name comes first."""


def table_of(reasons: Sequence[Phrase], places: Mapping[str, str]) -> Table:
    """One row per reason and language; ``places`` are names by area code."""
    return {
        language: [_row(phrase, language, places) for phrase in reasons] for language in LANGUAGES
    }


def _row(phrase: Phrase, language: str, places: Mapping[str, str]) -> list[str]:
    row = _ROWS.get(phrase.key, _OTHER)
    outcome = _outcome(phrase, row[0], language)
    return [row[_LABEL[language]], say(phrase, language, places), outcome]


def _outcome(phrase: Phrase, name: str, language: str) -> str:
    """The figure that the step comes to: an amount with its cents, a factor, or nothing."""
    value: Value = phrase.values.get(name, "")
    if isinstance(value, Money):
        return amount(value.cents, LANGUAGES[language])
    if isinstance(value, Number):
        return f"× {written(value.value, LANGUAGES[language])}"
    return ""


def amount(cents: Fraction | int, words: Vocabulary) -> str:
    """An amount with its cents also where it is whole: ``€ 1.250,00`` (nl)."""
    text = money(cents, words)
    return text if words.decimal_point in text else f"{text}{words.decimal_point}00"
