"""What a band is called, in Dutch and English. Pure: screens and the command line say the same."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from voorjebuurt.rulebook.texts.wording import LANGUAGES, written

_BAND: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "at_least": "{0} of meer",
        "more_than": "meer dan {0}",
        "less_than": "minder dan {0}",
        "at_most": "{0} of minder",
        "at_least less_than": "{0} tot {1}",
        "at_least at_most": "{0} tot en met {1}",
        "more_than less_than": "meer dan {0}, minder dan {1}",
        "more_than at_most": "meer dan {0}, tot en met {1}",
        "": "alle cijfers",
    },
    "en": {
        "at_least": "{0} or more",
        "more_than": "more than {0}",
        "less_than": "less than {0}",
        "at_most": "{0} or less",
        "at_least less_than": "{0} to less than {1}",
        "at_least at_most": "{0} up to {1}",
        "more_than less_than": "more than {0}, less than {1}",
        "more_than at_most": "more than {0}, up to {1}",
        "": "all figures",
    },
}
_PERCENTAGES = "p_"
"""How CBS names of percentages begin."""


def band_label(row: Mapping[str, Any], indicator: str | None, language: str) -> str:
    """``15% tot 25%`` for a row of a report's bands."""
    kinds, bounds = [], []
    for end, inside, outside in (
        ("lower", "more_than", "at_least"),
        ("upper", "at_most", "less_than"),
    ):
        if row[end] is not None:
            kinds.append(inside if row[end]["after"] else outside)
            bounds.append(figure_text(row[end]["bound"], indicator, language))
    return _BAND[language][" ".join(kinds)].format(*bounds)


def figure_text(figure: str, indicator: str | None, language: str) -> str:
    """An area's figure or a bound, with its unit where it has one: ``16,2%``."""
    unit = "%" if indicator is not None and indicator.startswith(_PERCENTAGES) else ""
    return written(Fraction(figure), LANGUAGES[language]) + unit


def indicator_name(indicator: str, language: str) -> str:
    """What is measured, in words."""
    return LANGUAGES[language].indicators.get(indicator, indicator)
