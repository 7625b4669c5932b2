"""Slices of real CBS files, if they are beside the project; what is counted in them is a fact."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.places import MunicipalityFactory
from tests.support.figures import figure_used
from tests.support.source import SHARED
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.places.addresses import buurten_at, local_code
from voorjebuurt.places.figures import imports_behind, own_figures, population
from voorjebuurt.places.imports import ask_import, start_import, take_file
from voorjebuurt.places.models import Municipality, Neighbourhood, PlaceImport
from voorjebuurt.places.projection import drawing
from voorjebuurt.places.queries import buurten
from voorjebuurt.places.rules import ImportKind
from voorjebuurt.places.shapes import shapes_of
from voorjebuurt.settings import Settings

SLICES = SHARED / "cbs"

pytestmark = pytest.mark.skipif(not SLICES.is_dir(), reason=f"no CBS slices in {SLICES}")


@pytest.fixture
def amsterdam(session: Session) -> Municipality:
    return MunicipalityFactory(code="GM0363", name="Amsterdam", slug="amsterdam")


@pytest.fixture
def take(
    session: Session, settings: Settings, amsterdam: Municipality
) -> Callable[..., PlaceImport]:
    """Imports a slice, or another file."""

    def run(name: str, kind: str, vintage: int, folder: Path = SLICES) -> PlaceImport:
        path = folder / name
        with path.open("rb") as file:
            place_import = ask_import(
                session,
                kind=ImportKind(kind),
                vintage=vintage,
                source="CBS",
                filename=name,
                sha256=hashlib.file_digest(file, "sha256").hexdigest(),
                actor=SYSTEM,
            )
            start_import(session, import_id=place_import.id)
            return take_file(
                session, import_id=place_import.id, stream=file, limits=settings.places
            )

    return run


def test_key_figures_of_income_and_of_residents(
    session: Session, amsterdam: Municipality, take: Callable[..., PlaceImport]
) -> None:
    income = take("amsterdam_kwb2023_income_raw.csv", "kwb", 2023)
    assert income.report["read"] == 628
    assert income.report["skipped"] == []
    assert income.report["taken"]["areas"] == 1 + 110 + 517
    assert income.report["taken"]["neighbourhoods"] == 110 + 517
    people = take("amsterdam_kwb2024_population_raw.csv", "kwb", 2024)
    assert people.report["columns"]["taken"] == {"a_inw": "Population_Total"}
    assert set(people.report["columns"]["empty"]) == {
        "g_ink_pi", "p_hh_li", "p_hh_hi", "p_hh_lkk", "p_hh_120",
    }  # fmt: skip
    assert {buurt.vintage for buurt in buurten(session, amsterdam.id)} == {2024}
    assert len(buurten(session, amsterdam.id)) == 517
    own = own_figures(session, ["GM0363", "WK0363AA", "BU0363AA01"], ["p_hh_120", "a_inw"])
    assert {key: figure.value for key, figure in own.items()} == {
        ("GM0363", "a_inw"): 931298,
        ("GM0363", "p_hh_120"): Decimal("18.4"),
        ("WK0363AA", "a_inw"): 9180,
        ("WK0363AA", "p_hh_120"): Decimal("18.3"),
        ("BU0363AA01", "a_inw"): 345,
        ("BU0363AA01", "p_hh_120"): Decimal("20.8"),
    }
    assert sum(each or 0 for each in population(session, amsterdam.id).values()) > 900_000
    files = imports_behind(session, ["BU0363AA01"], ["p_hh_120", "a_inw"])
    assert [(each.vintage, each.id) for each in files] == [(2023, income.id), (2024, people.id)]


def test_a_buurt_without_a_figure_falls_back_to_its_wijk(
    session: Session, amsterdam: Municipality, take: Callable[..., PlaceImport]
) -> None:
    take("amsterdam_kwb2023_income_raw.csv", "kwb", 2023)
    codes = [buurt.code for buurt in buurten(session, amsterdam.id)]
    own = own_figures(session, codes, ["p_hh_120"])
    without = [code for code in codes if (code, "p_hh_120") not in own]
    assert 0 < len(without) < len(codes)
    values = [figure_used(session, code=code, indicator="p_hh_120") for code in without]
    assert {certain(each).area_kind for each in values} <= {"wijk", "gemeente"}
    assert all(certain(each).of_parent for each in values)


def test_the_tidy_table_says_the_same_under_the_official_short_names(
    session: Session, take: Callable[..., PlaceImport]
) -> None:
    take("amsterdam_kwb2023_income_raw.csv", "kwb", 2023)
    names = ["p_hh_li", "p_hh_hi", "p_hh_lkk", "p_hh_120"]
    codes = session.scalars(select(Neighbourhood.code)).all()
    raw = {key: each.value for key, each in own_figures(session, codes, names).items()}
    take("amsterdam_buurten_tidy.csv", "kwb", 2024)
    tidy = {key: each.value for key, each in own_figures(session, codes, names).items()}
    assert len(raw) > 1500
    assert tidy == raw


def test_ses_woa_scores_have_the_codes_of_their_own_year(
    session: Session, amsterdam: Municipality, take: Callable[..., PlaceImport]
) -> None:
    place_import = take("amsterdam_ses_woa_2019_statline_raw.csv", "ses_woa", 2019)
    assert place_import.report["taken"]["areas"] == 1 + 99 + 479
    kinds = dict(
        session.execute(select(Neighbourhood.kind, func.count()).group_by(Neighbourhood.kind)).all()
    )
    assert kinds == {"wijk": 99, "buurt": 479}
    codes = session.scalars(select(Neighbourhood.code).where(Neighbourhood.kind == "buurt")).all()
    assert len(codes) - len(own_figures(session, codes, ["ses_woa"])) == 89


def test_outlines_and_the_map_of_them(
    session: Session, amsterdam: Municipality, take: Callable[..., PlaceImport]
) -> None:
    take("amsterdam_kwb2023_income_raw.csv", "kwb", 2023)
    assert take("amsterdam_buurten_simplified.geojson", "shapes", 2024).report["taken"] == {
        "shapes": 518
    }
    assert take("amsterdam_zuidoost_simplified.geojson", "shapes", 2024).report["taken"] == {
        "shapes": 46
    }
    shapes = shapes_of(session, amsterdam.id)
    assert len(shapes) == 517
    assert "BU0363MK06" not in shapes
    picture = drawing(shapes)
    assert 300 < certain(picture).height < 700
    assert all(outline.d.startswith("M") for outline in certain(picture).outlines.values())


def test_postcodes_that_lie_in_two_buurten(
    session: Session, amsterdam: Municipality, take: Callable[..., PlaceImport], tmp_path: Path
) -> None:
    """The slice has no house numbers and is not CBS's own file: it is written as one here."""
    take("amsterdam_kwb2023_income_raw.csv", "kwb", 2023)
    lines = (SLICES / "amsterdam_pc6_naar_buurt.csv").read_text().splitlines()[1:]
    cells = [line.rsplit(",", 4) for line in lines]
    pairs = [(each[0], each[-1]) for each in cells if each[-1]]
    assert (len(lines), len(lines) - len(pairs)) == (18360, 1075)
    where = defaultdict(list)
    rows = ["PC6;Huisnummer;Buurt2023;Wijk2023;Gemeente2023"]
    for postcode, code in pairs:
        where[postcode].append(code)
        bare = code[2:].lstrip("0")
        rows.append(f"{postcode};{len(where[postcode])};{bare};{bare[:-2]};363")
    (tmp_path / "pc6hnr20230801_gwb.csv").write_text("\n".join(rows) + "\n")
    place_import = take("pc6hnr20230801_gwb.csv", "addresses", 2023, tmp_path)
    assert place_import.report["taken"] == {"addresses": 18360 - 1075}
    two = {postcode: codes for postcode, codes in where.items() if len(set(codes)) > 1}
    for postcode, codes in two.items():
        assert {buurt.code for buurt in buurten_at(session, postcode)} <= set(codes)
        assert local_code(session, postcode) is None
        assert local_code(session, postcode, 2) == codes[1]
    assert 10 <= len(two) <= 17
    assert local_code(session, "1011AB") == "BU0363AF01"
