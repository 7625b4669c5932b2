"""Small official files about an invented municipality, made by hand for tests."""

import io
import zipfile
from itertools import pairwise
from typing import Any

from openpyxl import Workbook

from tests.support.certain import certain
from voorjebuurt.settings import PlaceSettings

LIMITS = PlaceSettings(
    max_bytes=200_000,
    max_address_bytes=400_000,
    max_unpacked_bytes=2_000_000,
    max_rows=1_000,
    max_address_rows=12_000,
    max_cells=50,
)

STATLINE = (
    "\ufeff"
    '"Wijken en buurten";"Regioaanduiding/Gemeentenaam (naam)";'
    '"Regioaanduiding/Codering (code)";"Bevolking/Aantal inwoners (aantal)";'
    '"Bevolking/Herkomst/Geboren buiten Nederland (aantal)";'
    '"Inkomen/Huishoudens tot 120% van sociaal minimum (%)"\n'
    '"Testdam";"Testdam   ";"GM7701    ";8400;900;12,5\n'
    '"Oost";"Testdam   ";"WK770100  ";5200;400;18,4\n'
    '"De Vaart";"Testdam   ";"BU77010001";2600;200;.\n'
    '"De Molen";"Testdam   ";"BU7701AA02";2500;100;  20,8\n'
    '"Elders";"Elders   ";"GM7802    ";100;5;1,0\n'
    '"Bron: CBS"\n'
)
SES = (
    '\ufeff"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";'
    '"SES-WOA/Totaalscore/Gemiddelde score (Getal)"\n'
    '"2019";"Nederland";"NL00      ";"   0.000"\n'
    '"2019";"Testdam";"GM7701    ";"  -0.100"\n'
    '"2019";"De Vaart";"BU77010001";"   0.045"\n'
    '"2018";"De Vaart";"BU77010001";"   0.999"\n'
    '"2019";"De Molen";"BU7701AA02";"       ."\n'
)
ADDRESSES = (
    "PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024\n"
    "7701AB;1;77010001;770100;7701\n"
    "7701AB;2;7701AA02;770100;7701\n"
    "7701AB;2;7701AA02;770100;7701\n"
    "7701AC;10;BU77010001;770100;7701\n"
    "1234AB;10;3630101;36301;363\n"
)
SHAPES = (
    '{"type":"FeatureCollection","name":"buurten","features":['
    '{"type":"Feature","properties":{"buurtcode":"BU77010001","naam":"De Vaart"},'
    '"geometry":{"type":"Polygon","coordinates":'
    "[[[5.0,52.0],[5.1,52.0,3.5],[5.1,52.1234567],[5.0,52.0]]]}},\n"
    '{"type":"Feature","properties":{"statcode":"BU7701AA02","statnaam":"De Molen"},'
    '"geometry":{"type":"MultiPolygon","coordinates":'
    "[[[[5.1,52.0],[5.2,52.0],[5.2,52.1],[5.1,52.0]]]]}},\n"
    '{"type":"Feature","properties":{"buurtcode":"BU77010003"},"geometry":null},'
    '{"type":"Feature","properties":{"buurtcode":"BU77010097","water":"JA"},"geometry":null}'
    "]}\n"
)


def stream(text: str, encoding: str = "utf-8") -> io.BytesIO:
    """The text as a file."""
    return io.BytesIO(text.encode(encoding))


def workbook(*rows: list[Any], title_rows: int = 2) -> io.BytesIO:
    """An xlsx whose header stands below a few rows of other text, on the second sheet."""
    book = Workbook()
    certain(book.active).append(["Toelichting"])
    sheet = book.create_sheet("KWB")
    for number in range(title_rows):
        sheet.append([f"Kerncijfers wijken en buurten {number}"])
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer


KWB_ROWS: list[list[Any]] = [
    ["gwb_code_10", "gwb_code_8", "regio", "gm_naam", "recs", "gwb_code", "ind_wbz", "a_inw",
     "a_nl_all", "p_hh_120", "g_ink_pi"],
    ["NL00", "0", "Nederland", "Nederland", "Land", "NL00", ".", 17000000, 1, 12.0, 30],
    ["GM7701", "7701", "Testdam", "Testdam", "Gemeente", "GM7701", ".", 8400, 1, 12.5, "31,5"],
    ["WK770100", "770100", "Oost", "Testdam", "Wijk", "WK770100", ".", 5200, 1, "18,4", "."],
    ["BU77010001", "77010001", "De Vaart", "Testdam", "Buurt", "BU77010001", ".", 2600.0, 1,
     0.1 + 0.2, "."],
    ["BU7701AA02", "7701AA02", "De Molen", "Testdam", "Buurt", "BU7701AA02", ".", 2500, 1],
]  # fmt: skip


def bomb() -> io.BytesIO:
    """A small workbook that unpacks to far more."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    return buffer


def map_of(areas: int, more: str = '"n":1') -> io.BytesIO:
    """A map of so many areas, each with a property more."""
    features = ",".join(
        f'{{"properties":{{"buurtcode":"BU{number:08}",{more}}},"geometry":null}}'
        for number in range(areas)
    )
    return stream(f'{{"features":[{features}]}}\n')


def workbook_with_cell(name: str) -> io.BytesIO:
    """Figures, and one cell far away: a few bytes that stand for very many empty ones."""
    book = Workbook()
    sheet = certain(book.active)
    for row in KWB_ROWS:
        sheet.append(row)
    sheet[name] = "x"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer


def workbook_of_parts(number: int) -> io.BytesIO:
    """A workbook of so many files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for part in range(number):
            archive.writestr(f"xl/media/{part}.png", "x")
    return buffer


def workbook_that_laughs(part: str, entity: str | None = None) -> io.BytesIO:
    """A workbook with entities in one of its parts: of entities, or one that is given."""
    names = "abcdefghij"
    growth = [f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)]
    entities = [f"<!ENTITY j {entity}>"] if entity else ['<!ENTITY a "ha">', *growth]
    source, target = workbook(*KWB_ROWS), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == part:
                text = text.removeprefix("<?xml version='1.0' encoding='UTF-8'?>")
                root = "workbook" if name.endswith("workbook.xml") else "worksheet"
                text = text.replace("</", "&j;</", 1)
                text = f"<!DOCTYPE {root} [{''.join(entities)}]>{text}"
            new.writestr(name, text)
    return target
