"""Official files are read as they are."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import pytest

from tests.support.place_files import (
    ADDRESSES,
    KWB_ROWS,
    LIMITS,
    SES,
    SHAPES,
    STATLINE,
    stream,
    workbook,
)
from voorjebuurt.places.files.columns import INDICATORS, FigureColumns
from voorjebuurt.places.files.items import (
    AreaFigures,
    AreaShape,
    Item,
    PostcodeAddress,
    SkippedLine,
    Why,
)
from voorjebuurt.places.files.opening import OpenedFile, open_file


def read(file: BytesIO, vintage: int = 2024) -> tuple[OpenedFile, list[Item]]:
    place_file = open_file(file, LIMITS)
    return place_file, list(place_file.records(vintage=vintage))


def figures_of(record: Item) -> Mapping[str, Decimal | None]:
    """Of what is an area with figures."""
    assert isinstance(record, AreaFigures)
    return record.figures


def code_of(record: Item) -> str:
    """The area of what was not skipped."""
    assert not isinstance(record, SkippedLine)
    return record.code


def figure_columns(place_file: OpenedFile) -> FigureColumns:
    """The columns of a table of figures."""
    assert isinstance(place_file.columns, FigureColumns)
    return place_file.columns


def test_statline_csv_with_byte_order_mark_padding_and_decimal_comma() -> None:
    place_file, records = read(stream(STATLINE))
    assert place_file.kind == "kwb"
    assert records[0] == AreaFigures(
        2, "GM7701", "Testdam", {"a_inw": Decimal(8400), "p_hh_120": Decimal("12.5")}
    )
    assert [figures_of(each)["p_hh_120"] for each in records[1:4]] == [
        Decimal("18.4"),
        None,
        Decimal("20.8"),
    ]
    assert [code_of(each) for each in records] == [
        "GM7701", "WK770100", "BU77010001", "BU7701AA02", "GM7802",
    ]  # fmt: skip


def test_figures_about_origin_are_never_taken_and_named() -> None:
    place_file, records = read(stream(STATLINE))
    assert figure_columns(place_file).never == [
        "Bevolking/Herkomst/Geboren buiten Nederland (aantal)"
    ]
    assert figure_columns(place_file).unused == ["Regioaanduiding/Gemeentenaam (naam)"]
    assert {each for record in records for each in figures_of(record)} == {"a_inw", "p_hh_120"}


@pytest.mark.parametrize(
    "header",
    ["a_nl_all", "a_eur_al", "a_neu_al", "p_geb_nl", "a_w_all", "p_nw_all", "a_marok", "p_ant_aru",
     "a_suri", "a_tur", "p_ov_nw", "Nationaliteit/Niet-Nederlands (aantal)", "Kerkelijke gezindte",
     "HerkomstlandNederland_17", "Niet-westers totaal (%)", "Turkije_21"],
)  # fmt: skip
def test_every_header_about_origin_nationality_or_religion_is_known_as_such(header: str) -> None:
    place_file, _ = read(workbook(["gwb_code", "regio", "a_inw", header], ["GM7701", "T", 1, 5]))
    assert figure_columns(place_file).never
    assert set(figure_columns(place_file).figures) == {"a_inw"}


def test_no_indicator_is_about_a_persons_origin() -> None:
    assert INDICATORS.keys() == {
        "a_inw", "a_hh", "p_hh_li", "p_hh_hi", "p_hh_lkk", "p_hh_osm", "p_hh_110", "p_hh_120",
        "g_ink_pi", "ses_woa",
    }  # fmt: skip


def test_workbook_with_its_header_further_down_on_another_sheet() -> None:
    place_file, records = read(workbook(*KWB_ROWS))
    assert place_file.kind == "kwb"
    assert records[0] == SkippedLine(4, Why.COUNTRY)
    assert figures_of(records[1]) == {
        "a_inw": Decimal(8400),
        "p_hh_120": Decimal("12.5"),
        "g_ink_pi": Decimal("31.5"),
    }
    assert records[3] == AreaFigures(
        7, "BU77010001", "De Vaart",
        {"a_inw": Decimal(2600), "p_hh_120": Decimal("0.3"), "g_ink_pi": None},
    )  # fmt: skip
    assert figures_of(records[4]) == {"a_inw": Decimal(2500), "p_hh_120": None, "g_ink_pi": None}


def test_headers_of_statlines_data_service() -> None:
    text = (
        "WijkenEnBuurten;Gemeentenaam_1;Codering_3;AantalInwoners_5;"
        "k_40HuishoudensMetLaagsteInkomen_76;HuishoudensTot110VanSociaalMinimum_80\n"
        "De Vaart;Testdam;BU77010001;2600;44.1;9.5\n"
    )
    _, (record,) = read(stream(text))
    assert isinstance(record, AreaFigures)
    assert record.name == "De Vaart"
    assert record.figures == {"a_inw": 2600, "p_hh_li": Decimal("44.1"), "p_hh_110": Decimal("9.5")}


def test_ses_woa_with_quotes_padding_decimal_point_and_other_years() -> None:
    place_file, records = read(stream(SES), vintage=2019)
    assert place_file.kind == "ses_woa"
    assert [each for each in records if isinstance(each, SkippedLine)] == [
        SkippedLine(2, Why.COUNTRY),
        SkippedLine(5, Why.YEAR),
    ]
    figures = [each.figures["ses_woa"] for each in records if isinstance(each, AreaFigures)]
    assert figures == [Decimal("-0.100"), Decimal("0.045"), None]


def test_addresses_with_codes_without_prefix_and_leading_zeros() -> None:
    place_file, records = read(stream(ADDRESSES))
    assert place_file.kind == "addresses"
    assert records[0] == PostcodeAddress(2, "BU77010001", "7701AB", 1)
    assert code_of(records[1]) == "BU7701AA02"
    assert code_of(records[-1]) == "BU03630101"


def test_map_with_outlines_in_two_dimensions_to_a_tenth_of_a_metre() -> None:
    place_file, records = read(stream(SHAPES))
    assert place_file.kind == "shapes"
    assert records[0] == AreaShape(
        1,
        "BU77010001",
        {
            "type": "Polygon",
            "coordinates": [[[5.0, 52.0], [5.1, 52.0], [5.1, 52.123457], [5.0, 52.0]]],
        },
    )
    assert code_of(records[1]) == "BU7701AA02"
    assert records[2:] == [SkippedLine(3, Why.NO_OUTLINE), SkippedLine(4, Why.WATER)]


def test_a_map_is_read_feature_by_feature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voorjebuurt.places.files.features._CHUNK", 7)
    _, records = read(stream(SHAPES.replace("De Vaart", "Café")))
    assert len(records) == 4


def test_comma_separated_with_official_short_names() -> None:
    text = 'regiocode,naam,a_inw,p_hh_120\nBU7701AA02,"Molen, De",2500,20.8\n'
    _, (record,) = read(stream(text))
    assert record == AreaFigures(
        2, "BU7701AA02", "Molen, De", {"a_inw": Decimal(2500), "p_hh_120": Decimal("20.8")}
    )
