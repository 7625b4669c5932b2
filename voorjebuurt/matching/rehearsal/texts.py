"""What a band is called, in each language: screens and the command line say the same."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.rulebook.texts.wording import written

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
    return catalogue(language).text("band", " ".join(kinds) or "all").format(*bounds)


def figure_text(figure: str, indicator: str | None, language: str) -> str:
    """An area's figure or a bound, with its unit where it has one: ``16,2%``."""
    unit = "%" if indicator is not None and indicator.startswith(_PERCENTAGES) else ""
    return written(Fraction(figure), catalogue(language)) + unit


def indicator_name(indicator: str, language: str) -> str:
    """What is measured, in words."""
    return catalogue(language).name("indicator", indicator)
