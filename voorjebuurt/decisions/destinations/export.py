"""The figures across funds for a spreadsheet: a row for each fund, year and band."""

from collections.abc import Iterator

from voorjebuurt.decisions.destinations.service import Destinations, Part
from voorjebuurt.decisions.destinations.tables import Cell
from voorjebuurt.decisions.reports.exports import euros, spreadsheet
from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.matching.rehearsal.texts import band_label, indicator_name

COLUMNS = (
    *("fonds", "jaar", "maatstaf", "band", "bewoners_in_band"),
    *("match_euro", "giften_euro", "acties"),
    *("match_fonds_euro", "waarvan_onder_voorwaarde_euro", "giften_fonds_euro"),
    *("waarvan_giften_onder_voorwaarde_euro", "acties_fonds", "gevers_fonds"),
    *("gelukt", "afgelopen", "middelste_match_euro", "middelste_opbrengst_euro"),
    "middelste_gift_euro",
)
_UNKNOWN = "onbekend"


def destinations_csv(told: Destinations) -> bytes:
    """The columns that end in ``_fonds`` and after say the same in every band of a fund and year.

    Everything in it is net. Of fewer than ten gifts no middle one is told.
    """
    return spreadsheet(COLUMNS, (row for part in told.funds for row in _rows(told, part)))


def _rows(told: Destinations, part: Part) -> Iterator[list[str]]:
    indicator = indicator_name(told.indicator, DUTCH) if told.indicator else ""
    cells: list[tuple[str, str, Cell]] = [
        (band_label(band, told.indicator, DUTCH), str(residents), cell)
        for band, residents, cell in zip(
            told.bands, told.baseline.residents, part.line.cells, strict=True
        )
    ]
    cells.append((_UNKNOWN, str(told.baseline.unplaced), part.line.unplaced))
    for band, residents, cell in cells:
        yield [
            *(part.fund, str(part.year), indicator, band, residents),
            *(euros(cell.match_cents), euros(cell.crowd_cents), str(cell.campaigns)),
            *_of_fund(part),
        ]


def _of_fund(part: Part) -> list[str]:
    line = part.line
    return [
        *(euros(line.match_cents), euros(line.conditional_cents), euros(line.crowd_cents)),
        *(euros(line.conditional_crowd_cents), str(len(line.campaigns))),
        *(str(part.donors), str(line.won), str(line.ended)),
        *(euros(line.median_match_cents), euros(line.median_crowd_cents)),
        euros(part.median_gift_cents),
    ]
