"""The demo's municipalities as the official files would tell them: made in memory, always alike.

They are imported by the same code as real ones, so that the demo shows what an import brings.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voorjebuurt.local.demo.town import outlines
from voorjebuurt.places.rules import ImportKind

_LAST_NUMBER = 24
"""Each postcode of the demo has the house numbers from 1 to here."""
_KWB = {
    "a_inw": "Bevolking/Aantal inwoners (aantal)",
    "a_hh": "Particuliere huishoudens/Huishoudens totaal (aantal)",
    "p_hh_120": "Inkomen/Huishoudens tot 120% van sociaal minimum (%)",
    "p_hh_li": "Inkomen/40% huishoudens met laagste inkomen (%)",
}
_SES = "SES-WOA/Totaalscore/Gemiddelde score (Getal)"


@dataclass(frozen=True)
class Area:
    """A municipality, district or neighbourhood as CBS would code it."""

    code: str
    kind: str
    parent_code: str
    name: str


@dataclass(frozen=True)
class PlaceFile:
    """A file to import, and how it is called."""

    kind: ImportKind
    filename: str
    content: bytes

    def stream(self) -> io.BytesIO:
        """The content, to be read."""
        return io.BytesIO(self.content)


def areas(municipality: Mapping[str, Any]) -> Iterator[Area]:
    """The areas of one municipality in the demo's data, each district before its neighbourhoods."""
    number = municipality["code"].removeprefix("GM")
    for district, (name, buurten) in enumerate(municipality["districts"].items()):
        wijk = f"{number}{district:02}"
        yield Area(f"WK{wijk}", "wijk", municipality["code"], name)
        for place, buurt in enumerate(buurten, 1):
            yield Area(f"BU{wijk}{place:02}", "buurt", f"WK{wijk}", buurt)


def place_files(place_data: Mapping[str, Any]) -> list[PlaceFile]:
    """Every kind of official file, about all of the demo's municipalities."""
    year = place_data["vintage"]
    return [
        PlaceFile(ImportKind.KWB, f"demo-kwb-{year}.csv", _key_figures(place_data)),
        PlaceFile(ImportKind.SES_WOA, f"demo-ses-woa-{year}.csv", _scores(place_data)),
        PlaceFile(ImportKind.ADDRESSES, f"demo-pc6hnr{year}0801_gwb.csv", _addresses(place_data)),
        PlaceFile(ImportKind.SHAPES, f"demo-buurten-{year}.geojson", _map(place_data)),
    ]


def _key_figures(place_data: Mapping[str, Any]) -> bytes:
    """As StatLine exports them: with a byte order mark, padded codes and decimal commas."""
    header = ["Wijken en buurten", "Regioaanduiding/Codering (code)", *_KWB.values()]
    rows = [
        [area.name, f"{area.code:<10}", *(figures[each] for each in _KWB)]
        for area, figures in _figures(place_data)
    ]
    return b"\xef\xbb\xbf" + _table([header, *rows])


def _scores(place_data: Mapping[str, Any]) -> bytes:
    header = ["Perioden", "Wijken en buurten", "Regiocode (gemeente, wijk, buurt) (code)", _SES]
    rows = [
        [str(place_data["vintage"]), area.name, f"{area.code:<10}", f"{figures['ses_woa']:>8}"]
        for area, figures in _figures(place_data)
    ]
    return _table([header, *rows])


def _addresses(place_data: Mapping[str, Any]) -> bytes:
    """Two postcodes for each neighbourhood, and one that it shares with the next."""
    year = place_data["vintage"]
    rows = [["PC6", "Huisnummer", f"Buurt{year}", f"Wijk{year}", f"Gemeente{year}"]]
    for municipality in place_data["municipality"]:
        buurten = [area for area in areas(municipality) if area.kind == "buurt"]
        for place, buurt in enumerate(buurten):
            digits = municipality["postcode"] + place
            following = buurten[place + 1] if place + 1 < len(buurten) else buurt
            for number in range(1, _LAST_NUMBER + 1):
                neighbour = buurt if number % 2 else following
                for letters, area in (("AA", buurt), ("AB", buurt), ("ZZ", neighbour)):
                    code = area.code.removeprefix("BU")
                    rows.append([f"{digits}{letters}", str(number), code, code[:6], code[:4]])
    return _table(rows)


def _map(place_data: Mapping[str, Any]) -> bytes:
    """Every district is a column of its neighbourhoods."""
    features = []
    for municipality in place_data["municipality"]:
        codes = {area.name: area.code for area in areas(municipality) if area.kind == "buurt"}
        columns = list(municipality["districts"].values())
        features += [
            {
                "type": "Feature",
                "properties": {"buurtcode": codes[name], "naam": name},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for name, ring in outlines(columns, municipality["corner"])
        ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _figures(place_data: Mapping[str, Any]) -> Iterator[tuple[Area, dict[str, str]]]:
    for municipality in place_data["municipality"]:
        whole = Area(municipality["code"], "gemeente", "", municipality["name"])
        inside = list(areas(municipality))
        for area in [whole, *inside]:
            figures = dict(
                zip(place_data["indicators"], municipality["figures"][area.name], strict=True)
            )
            for count in ("a_inw", "a_hh"):
                at = place_data["indicators"].index(count)
                parts = [
                    int(municipality["figures"][part.name][at])
                    for part in inside
                    if part.kind == "buurt" and area.code[2:] == part.code[2:][: len(area.code) - 2]
                ]
                figures[count] = str(sum(parts))
            yield area, figures


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    return "".join(";".join(row) + "\n" for row in rows).encode()
