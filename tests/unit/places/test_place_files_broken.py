"""A broken file is refused with what was expected, and where."""

import io
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.place_files import (
    ADDRESSES,
    KWB_ROWS,
    LIMITS,
    SES,
    SHAPES,
    STATLINE,
    bomb,
    map_of,
    stream,
    workbook,
    workbook_of_parts,
    workbook_that_laughs,
    workbook_with_cell,
)
from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.places.files.faults import FileFaultError, fault_text
from voorjebuurt.places.files.opening import open_file


def refusal(file: BytesIO, vintage: int = 2024) -> tuple[str, int | None]:
    with pytest.raises(FileFaultError) as error:
        list(open_file(file, LIMITS).records(vintage=vintage))
    texts = [fault_text(error.value.as_json(), language) for language in ("nl", "en")]
    assert all("{" not in text for text in texts)
    return error.value.code, error.value.line


def changed(text: str, old: str, new: str) -> BytesIO:
    assert old in text
    return stream(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "code", "line"),
    [
        (stream(""), "file_empty", None),
        (changed(STATLINE, "18,4", "18,4x"), "not_a_number", 3),
        (changed(STATLINE, "18,4", "1.018,4"), "not_a_number", 3),
        (changed(STATLINE, "18,4", "184,0"), "out_of_range", 3),
        (changed(STATLINE, ";5200;", ";-5200;"), "out_of_range", 3),
        (changed(STATLINE, "WK770100  ", "WK7701"), "not_an_area_code", 3),
        (changed(STATLINE, "WK770100  ", "GM7701"), "area_twice", 3),
        (changed(STATLINE, ";5200;400;18,4", ";5200"), "other_number_of_cells", 3),
        (changed(STATLINE, ";18,4", ";18,4;7"), "other_number_of_cells", 3),
        (changed(STATLINE, '"Oost"', '"Oost'), "quotes_open", 3),
        (stream(STATLINE[:-20]), "no_line_end", 6),
        (stream("\n".join(["x;y;z"] * 30) + "\n"), "no_header", None),
        (changed(STATLINE, "Codering", "Kleur"), "no_header", None),
        (changed(STATLINE, "Wijken en buurten", "Iets"), "no_name_column", 1),
        (
            changed(STATLINE, "Herkomst/Geboren buiten Nederland", "Aantal inwoners"),
            "column_twice",
            1,
        ),
        (stream(STATLINE[1:].replace("Oost", "Oöst"), "cp1252"), "not_utf8", 3),
        (stream(STATLINE, "utf-16"), "not_a_table", None),
        (changed(STATLINE, "Oost", "Oo\0st"), "not_a_table", None),
        (io.BytesIO(SHAPES.encode().replace(b"De Molen", b"O\xf6st")), "not_utf8", None),
        (changed(ADDRESSES, "7701AB;1;", "7701;1;"), "not_a_postcode", 2),
        (changed(ADDRESSES, "7701AB;1;", "7701AB;1a;"), "not_a_house_number", 2),
        (changed(ADDRESSES, ";77010001;", ";77010001X;"), "not_an_area_code", 2),
        (changed(ADDRESSES, ";770100;7701\n7701AC", "\n7701AC"), "other_number_of_cells", 4),
        (changed(ADDRESSES, "Buurt2024", "Buurt2023"), "other_year", None),
        (changed(SHAPES, '"features"', '"dingen"'), "no_features", None),
        (changed(SHAPES, "BU7701AA02", "AA02"), "feature_without_code", None),
        (changed(SHAPES, "BU7701AA02", "BU77010001"), "feature_twice", None),
        (changed(SHAPES, "MultiPolygon", "Point"), "outline_broken", None),
        (changed(SHAPES, "[5.1,52.0,3.5]", '["5.1",52.0]'), "outline_broken", None),
        (changed(SHAPES, "[5.1,52.0,3.5]", "[121000,487000]"), "outline_elsewhere", None),
        (changed(SHAPES, "[5.1,52.0,3.5]", "[NaN,52.0]"), "outline_elsewhere", None),
        (changed(SHAPES, "null}", "nul}"), "feature_broken", None),
        (stream(SHAPES[:-200]), "feature_broken", None),
        (stream(SHAPES.rstrip()[:-1]), "feature_broken", None),
        (stream('{"features":[' + "[" * 100_000), "feature_broken", None),
        (io.BytesIO(b"%PDF-1.7\n%\xe2\xe3"), "not_a_table", None),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not_a_table", None),
        (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1"), "file_is_xls", None),
        (stream("a" * 250_000), "line_too_long", 1),
        (stream("x\n" * 110_000), "no_header", None),
        (stream("x" * 450_000), "file_too_large", None),
        (stream(STATLINE + "\n" * 250_000), "file_too_large", None),
        (stream(STATLINE + '"x";"x";"BU1";1;1;1\n' * 1_000), "not_an_area_code", 8),
        (stream(STATLINE + "\n" * 1_100 + '"x";"x";"BU77010005";1;1;1\n'), "rows_too_many", 1108),
        (stream(ADDRESSES + "7701AB;1;77010001;770100;7701\n" * 12_000), "rows_too_many", 12_001),
        (changed(STATLINE, '"Wijken', '"x";' * 60 + '"Wijken'), "cells_too_many", 1),
        (stream(ADDRESSES + "x;" * 60 + "\n"), "cells_too_many", 7),
        (map_of(1_001), "areas_too_many", None),
        (map_of(1, '"n":' + "9" * 5_000), "feature_broken", None),
        (workbook_with_cell("A900000"), "rows_too_many", 1_001),
        (workbook_with_cell("XFD9"), "cells_too_many", 9),
        (workbook_of_parts(1_001), "workbook_broken", None),
        (bomb(), "unpacked_too_large", None),
        (io.BytesIO(b"PK\x03\x04" + b"x" * 100), "workbook_broken", None),
        (io.BytesIO(workbook(*KWB_ROWS).getvalue()[:-300]), "workbook_broken", None),
    ],
)
def test_a_broken_file_is_refused_with_the_line(file: BytesIO, code: str, line: int | None) -> None:
    assert refusal(file) == (code, line)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_whose_words_grow_and_grow_is_refused(part: str) -> None:
    """Entities within entities: a few hundred bytes that stand for a billion."""
    code, _ = refusal(workbook_that_laughs(part))
    assert code in ("workbook_broken", "no_header")


def test_a_workbook_reads_no_file_of_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("gwb_code;regio;a_inw")
    with pytest.raises(FileFaultError) as error:
        file = workbook_that_laughs("xl/worksheets/sheet1.xml", entity=f'SYSTEM "file://{secret}"')
        list(open_file(file, LIMITS).records(vintage=2024))
    assert "a_inw" not in str(error.value.values)


def test_a_score_that_can_not_be() -> None:
    wrong = changed(SES, '"  -0.100"', '"  -9.100"')
    assert refusal(wrong, vintage=2019) == ("out_of_range", 3)


def test_a_zip_that_is_no_workbook_is_to_be_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("pc6hnr20240801_gwb.csv", ADDRESSES)
    assert refusal(file) == ("file_is_zip", None)


def test_letters_in_a_number_of_a_workbook() -> None:
    wrong = [*KWB_ROWS[:2], [*KWB_ROWS[2][:7], "84oo", *KWB_ROWS[2][8:]]]
    assert refusal(workbook(*wrong)) == ("not_a_number", 5)


def test_addresses_may_be_larger_than_other_files() -> None:
    lines = ["PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024"]
    lines += [f"7701AB;{number};77010001;770100;7701" for number in range(1, 8000)]
    place_file = open_file(stream("\n".join(lines) + "\n"), LIMITS)
    assert len(list(place_file.records(vintage=2024))) == 7999


def test_the_message_names_line_column_and_what_was_expected() -> None:
    with pytest.raises(FileFaultError) as error:
        list(open_file(changed(STATLINE, "18,4", "18,4x"), LIMITS).records(vintage=2024))
    fault = error.value.as_json()
    assert fault_text(fault, "nl").startswith("Regel 3: '18,4x' in kolom 'Inkomen/Huishoudens tot")
    assert fault_text(fault, "nl").endswith(
        "is geen getal. Verwacht: bijvoorbeeld 18,4, of een punt als het cijfer ontbreekt."
    )
    assert fault_text(fault, "en").startswith("Line 3: ")


def test_what_a_file_holds_is_shown_short_and_without_control_characters() -> None:
    with pytest.raises(FileFaultError) as error:
        file = changed(STATLINE, "18,4", "\x1b[31m" + "9" * 400)
        list(open_file(file, LIMITS).records(vintage=2024))
    assert error.value.values["found"] == "�[31m" + "9" * 35 + "…"


def test_every_refusal_has_a_text_in_both_languages() -> None:
    dutch, english = (catalogue(language) for language in ("nl", "en"))
    codes = dutch.keys("file fault")
    assert codes == english.keys("file fault")
    assert all(dutch.text("file fault", code) for code in codes)
    assert all(english.text("file fault", code) for code in codes)
