"""The figures across funds for a spreadsheet: a row for each fund, year and band."""

from collections.abc import Iterator, Sequence

from voorjebuurt.decisions.destinations.service import Destinations, Part
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


def destinations_csv(figures: Destinations) -> bytes:
    """The columns that end in ``_fonds`` and after say the same in every band of a fund and year.

    Everything in it is net. Of fewer than ten gifts no middle one is told.
    """
    indicator = indicator_name(figures.indicator, DUTCH) if figures.indicator else ""
    names = [band_label(band, figures.indicator, DUTCH) for band in figures.bands]
    residents = [*figures.baseline.residents, figures.baseline.unplaced]
    bands = [
        (indicator, name, str(number))
        for name, number in zip([*names, _UNKNOWN], residents, strict=True)
    ]
    return spreadsheet(COLUMNS, (row for part in figures.funds for row in _rows(bands, part)))


def _rows(bands: Sequence[tuple[str, str, str]], part: Part) -> Iterator[list[str]]:
    """A row for each band, the one of areas without a figure last."""
    of_fund = _of_fund(part)
    for band, cell in zip(bands, [*part.line.cells, part.line.unplaced], strict=True):
        yield [
            *(part.fund, str(part.year), *band),
            *(euros(cell.match_cents), euros(cell.crowd_cents), str(cell.campaigns)),
            *of_fund,
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
