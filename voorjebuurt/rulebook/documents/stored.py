"""Rules that validated once and are kept: they are read as they were meant then. Pure."""

from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json


def stored_ruleset(text: str) -> Ruleset:
    """The rules in a kept text. The list of indicators of today does not judge the past.

    Raises ``RefusedError`` for a text that did not validate after all.
    """
    raw = jsontext.parse(text)
    return read_ruleset(raw, indicators=indicators_of(raw))


def indicators_of(rules: Json) -> set[str]:
    """The area figures that kept rules read: they were on the list when they were kept."""
    equity = rules.get("equity") if isinstance(rules, dict) else None
    indicator = equity.get("indicator") if isinstance(equity, dict) else None
    return {indicator} if isinstance(indicator, str) else set()
