"""From the figures across funds to what a page draws and says."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from voorjebuurt.decisions.destinations.service import Destinations, Part
from voorjebuurt.decisions.destinations.tables import Cell, thousandths
from voorjebuurt.web.words.rehearsal_labels import band_name

Shares = list[tuple[str, list[int | None]]]


class Drawing(NamedTuple):
    """What ``paired_bars`` takes, and the names of the bands with that of no figure last."""

    series: list[tuple[str, str]]
    shares: Shares
    names: list[str]


def drawing_of(figures: Destinations, part: Part) -> Drawing:
    """The shares of match, gifts and residents in each band, worst off first."""
    names = [band_name(band, figures.indicator) for band in figures.bands]
    cells = [*part.line.cells, part.line.unplaced]
    residents = [*figures.baseline.residents, figures.baseline.unplaced]
    names_of_all = [*names, str(_("no figure known"))]
    rows: Shares = [
        (
            name,
            [
                thousandths(cell.match_cents, part.line.match_cents),
                thousandths(cell.crowd_cents, part.line.crowd_cents),
                thousandths(number, figures.baseline.total),
            ],
        )
        for name, cell, number in zip(names_of_all, cells, residents, strict=True)
    ]
    if not any(rows[-1][1]):
        rows.pop()
    series = [(_("Match money"), "mine"), (_("Gifts"), "other"), (_("Residents"), "people")]
    return Drawing(series, rows, names_of_all)


def cells_of(part: Part) -> Sequence[Cell]:
    """The bands of a line, and what is in none."""
    return [*part.line.cells, part.line.unplaced]
