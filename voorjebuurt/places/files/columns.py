"""Which columns of official files are figures that we take, and which are never taken.

A column is known by its official short name (``p_hh_120``), by its name in StatLine, or by its
name in StatLine's data service. What is not in this table is left alone. Figures about origin,
nationality or religion are not in it and never will be: a postcode can stand for a person.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from voorjebuurt.places.files.faults import FileFaultError, shown
from voorjebuurt.places.rules import ImportKind


@dataclass(frozen=True)
class Indicator:
    """A figure: its short name, the kind of file it is in, its headers' keys, and its bounds."""

    code: str
    kind: ImportKind
    headers: frozenset[str]
    low: Decimal | None = Decimal(0)
    high: Decimal | None = None


@dataclass(frozen=True)
class FigureColumns:
    """Where things stand in a row; ``figures`` is by indicator."""

    kind: ImportKind
    headers: Sequence[str]
    code: int
    name: int
    year: int | None
    figures: dict[str, int]
    never: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def _figure(code: str, *headers: str, kind: ImportKind = ImportKind.KWB) -> Indicator:
    return Indicator(code, kind, frozenset(headers))


def _share(code: str, *headers: str) -> Indicator:
    """A percentage."""
    return Indicator(code, ImportKind.KWB, frozenset(headers), high=Decimal(100))


INDICATORS: dict[str, Indicator] = {
    each.code: each
    for each in (
        _figure("a_inw", "aantalinwoners", "populationtotal"),
        _figure("a_hh", "huishoudenstotaal", "particulierehuishoudenstotaal"),
        _share("p_hh_li", "40huishoudensmetlaagsteinkomen", "pctlowest40pctincome"),
        _share("p_hh_hi", "20huishoudensmethoogsteinkomen", "pcthighest20pctincome"),
        _share(
            "p_hh_lkk",
            "huishoudensmeteenlaaginkomen",
            "huishoudensmetlagekoopkracht",
            "pctlowincomehouseholds",
        ),
        _share("p_hh_osm", "huishonderofrondsociaalminimum"),
        _share("p_hh_110", "huishoudenstot110vansociaalminimum"),
        _share("p_hh_120", "huishoudenstot120vansociaalminimum", "pctbelow120pctsocialmin"),
        Indicator(
            "g_ink_pi",
            ImportKind.KWB,
            frozenset({"gemiddeldinkomenperinwoner", "avgincomeperinhabitant1000eur"}),
            low=None,
        ),
        Indicator(
            "ses_woa",
            ImportKind.SES_WOA,
            frozenset({"seswoatotaalscoregemiddeldescore"}),
            low=Decimal(-5),
            high=Decimal(5),
        ),
    )
}
"""Households by income: li and hi are the lowest 40% and the highest 20% of the country, lkk is
little to spend, osm, 110 and 120 are around and up to so many percent of the social minimum."""

_CODES = ("gwb_code_10", "gwb_code", "regiocode", "codering", "areacode", "wijkenenbuurten")
"""In this order: StatLine calls a column of names like its data service calls one of codes."""
_NAMES = ("regio", "naam", "districttype", "wijkenenbuurten")
_YEARS = ("perioden", "jaar")
_LONG = 120
"""Characters of a header that are shown."""
_NEVER = re.compile(
    "herkomst|westers|migratie|achtergrond|allocht|autocht|nationalit|religi|kerkel|geloof|marok"
    "|turk|surina|antill|aruba|indones|geboren(in|buiten)|geboorteland|buitenland|origin|ethnic"
    "|migration|bornin"
    "|^[ap](nlall|eural|neual|geb(nl|bui)|gb[nl]|wall|nwall?|nwal|westal|antaru|suri|tur|ovnw)"
)


def figure_columns(headers: Sequence[str]) -> FigureColumns | None:
    """Where a table of figures has what; None when this is no header of one."""
    positions, twice = _figures(headers)
    code = _first(headers, _CODES)
    if code is None or not positions:
        return None
    if twice is not None:
        raise FileFaultError(
            "column_twice",
            column=shown(headers[positions[twice[0]]]),
            other=shown(headers[twice[1]]),
            indicator=twice[0],
        )
    name = _first(headers, _NAMES, besides=code)
    if name is None and "wijkenenbuurten" in _names(headers[code]):
        return None  # the one column may as well be that of the names
    if name is None:
        raise FileFaultError("no_name_column")
    kind = INDICATORS[next(iter(positions))].kind
    year = _first(headers, _YEARS)
    columns_in_use = {code, name, year, *positions.values()}
    others = [header.strip() for at, header in enumerate(headers) if at not in columns_in_use]
    never = [header for header in others if _NEVER.search(_key(header, whole=True))]
    return FigureColumns(
        kind=kind,
        headers=[shown(header, _LONG) for header in headers],
        code=code,
        name=name,
        year=year,
        figures={each: at for each, at in positions.items() if INDICATORS[each].kind is kind},
        never=[shown(header, _LONG) for header in never],
        unused=[shown(header, _LONG) for header in others if header and header not in never],
    )


def known_code(headers: Sequence[str]) -> bool:
    """Whether one of these headers is that of the areas' codes."""
    return _first(headers, _CODES) is not None


def _figures(headers: Sequence[str]) -> tuple[dict[str, int], tuple[str, int] | None]:
    positions: dict[str, int] = {}
    twice = None
    for at, header in enumerate(headers):
        names = _names(header)
        for indicator in INDICATORS.values():
            if indicator.code in names or indicator.headers & names:
                if indicator.code in positions:
                    twice = (indicator.code, at)
                positions.setdefault(indicator.code, at)
    return positions, twice


def _first(
    headers: Sequence[str], candidates: Iterable[str], besides: int | None = None
) -> int | None:
    for name in candidates:
        for at, header in enumerate(headers):
            if at != besides and name in _names(header):
                return at
    return None


def _names(header: str) -> set[str]:
    """A header as it stands, its last part without unit and number, and all of it together."""
    return {header.strip().lower(), _key(header), _key(header, whole=True)}


def _key(header: str, *, whole: bool = False) -> str:
    """``Inkomen/Huishoudens tot 120% van sociaal minimum (%)`` as ``huishoudenstot120van…``."""
    text = re.sub(r"\([^)]*\)", "", header)
    text = text if whole else text.rpartition("/")[2]
    text = re.sub(r"^\s*k_|_[0-9]{1,3}\s*$", "", text)
    return re.sub(r"[^a-z0-9]", "", text.lower())
