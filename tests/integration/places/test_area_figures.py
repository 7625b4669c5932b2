"""Which figure counts for an area, where it came from, and from which file."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.places import (
    AreaFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.figures import figure_used, figures_used
from voorjebuurt.places.figures import (
    area_facts,
    imports_behind,
    population,
)
from voorjebuurt.places.models import Municipality, Neighbourhood, PlaceImport
from voorjebuurt.places.queries import buurten

BUURT, WIJK, GEMEENTE = "BU77010101", "WK770101", "GM7701"


@pytest.fixture
def town(session: Session) -> Municipality:
    """A municipality with one wijk and one buurt, of 2024."""
    town = MunicipalityFactory(code=GEMEENTE, name="Testdam")
    area(town, WIJK, GEMEENTE, "Oost")
    area(town, BUURT, WIJK, "De Vaart")
    return town


def area(
    town: Municipality,
    code: str,
    parent: str,
    name: str = "Elders",
    vintage: int = 2024,
    **others: Any,
) -> Neighbourhood:
    kind = "wijk" if code.startswith("WK") else "buurt"
    return NeighbourhoodFactory(
        municipality=town,
        municipality_id=town.id,
        code=code,
        kind=kind,
        parent_code=parent,
        vintage=vintage,
        name=name,
        **others,
    )


def figure(
    code: str, value: Decimal | int | None, indicator: str = "p_hh_120", **of_import: Any
) -> PlaceImport:
    place_import = of_import.pop("by", None) or PlaceImportFactory(**of_import)
    AreaFigureFactory(place_import=place_import, area_code=code, indicator=indicator, value=value)
    return place_import


def test_facts_hold_the_areas_with_their_parents_and_their_own_figures(
    session: Session, town: Municipality
) -> None:
    figure(BUURT, None)
    figure(WIJK, Decimal("18.4"))
    facts = area_facts(session, codes=[BUURT], indicators=["p_hh_120", "ses_woa"])
    assert facts == {
        BUURT: {"parent": WIJK, "values": {"p_hh_120": None, "ses_woa": None}},
        WIJK: {"parent": GEMEENTE, "values": {"p_hh_120": Decimal("18.4"), "ses_woa": None}},
        GEMEENTE: {"values": {"p_hh_120": None, "ses_woa": None}},
    }


def test_facts_of_a_municipality_hold_all_its_areas_of_every_year(
    session: Session, town: Municipality
) -> None:
    area(town, "BU7701AA01", WIJK, vintage=2022)
    other = NeighbourhoodFactory()
    facts = area_facts(session, municipality_id=town.id, indicators=["p_hh_120"])
    assert facts.keys() == {BUURT, "BU7701AA01", WIJK, GEMEENTE}
    assert other.code not in facts


def test_a_code_that_nobody_registered_lies_where_its_code_says(
    session: Session, town: Municipality
) -> None:
    figure("BU77019999", None)
    figure(GEMEENTE, 3)
    value = figure_used(session, code="BU77019999", indicator="p_hh_120")
    assert (certain(value).value, certain(value).area_name) == (Decimal(3), "Testdam")
    assert area_facts(session, codes=["elders"], indicators=["p_hh_120"]) == {
        "elders": {"values": {"p_hh_120": None}}
    }


def test_a_missing_figure_falls_back_and_says_so(session: Session, town: Municipality) -> None:
    figure(GEMEENTE, Decimal("9.1"))
    value = figure_used(session, code=BUURT, indicator="p_hh_120")
    assert (certain(value).area_kind, certain(value).area_name, certain(value).of_parent) == (
        "gemeente",
        "Testdam",
        True,
    )
    figure(WIJK, Decimal("18.4"))
    value = figure_used(session, code=BUURT, indicator="p_hh_120")
    assert (certain(value).area_kind, certain(value).value, certain(value).of_parent) == (
        "wijk",
        Decimal("18.4"),
        True,
    )
    figure(BUURT, Decimal("20.8"))
    value = figure_used(session, code=BUURT, indicator="p_hh_120")
    assert (certain(value).area_code, certain(value).value, certain(value).of_parent) == (
        BUURT,
        Decimal("20.8"),
        False,
    )


def test_no_figure_anywhere_is_none(session: Session, town: Municipality) -> None:
    assert figures_used(session, codes=[BUURT], indicator="p_hh_120") == {BUURT: None}


def test_the_newest_year_that_has_it_counts_and_is_told(
    session: Session, town: Municipality
) -> None:
    figure(BUURT, 12, vintage=2022)
    figure(BUURT, 14, vintage=2023)
    figure(BUURT, None, vintage=2024)
    value = figure_used(session, code=BUURT, indicator="p_hh_120")
    assert (certain(value).value, certain(value).vintage) == (Decimal(14), 2023)


def test_of_two_imports_of_one_year_the_last_one_counts_even_if_it_has_none(
    session: Session, town: Municipality
) -> None:
    early, late = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)
    figure(BUURT, 14, finished_at=late)
    figure(BUURT, 99, finished_at=early)
    assert certain(figure_used(session, code=BUURT, indicator="p_hh_120")).value == 14
    figure(BUURT, None, finished_at=datetime(2026, 2, 3, tzinfo=UTC))
    assert figure_used(session, code=BUURT, indicator="p_hh_120") is None


@pytest.mark.parametrize(
    "changes", [{"rolled_back_at": datetime(2026, 3, 1, tzinfo=UTC)}, {"status": "refused"}]
)
def test_what_was_rolled_back_or_refused_tells_nothing(
    session: Session, town: Municipality, changes: dict[str, Any]
) -> None:
    figure(BUURT, 14, vintage=2023)
    figure(BUURT, 99, vintage=2024, **changes)
    assert certain(figure_used(session, code=BUURT, indicator="p_hh_120")).value == 14


def test_imports_behind_names_the_files_that_were_used_and_no_others(
    session: Session, town: Municipality
) -> None:
    old = figure(WIJK, 10, vintage=2022)
    figure(WIJK, 11, "ses_woa", vintage=2023)
    empty = figure(BUURT, None, vintage=2024)
    new = figure(BUURT, 12, vintage=2023)
    place_imports = imports_behind(session, [BUURT], ["p_hh_120"])
    assert [each.id for each in place_imports] == [old.id, new.id]
    assert empty.id not in {each.id for each in place_imports}
    assert place_imports[0].sha256 == old.sha256


def test_population_is_of_the_buurten_that_can_be_chosen_now(
    session: Session, town: Municipality
) -> None:
    area(town, "BU77010102", WIJK)
    area(town, "BU77010199", WIJK, vintage=2020)
    by = figure(BUURT, 1250, "a_inw")
    figure("BU77010199", 300, "a_inw", by=by)
    assert population(session, town.id) == {BUURT: 1250, "BU77010102": None}


def test_each_municipality_has_its_own_latest_year(session: Session, town: Municipality) -> None:
    newer = NeighbourhoodFactory(vintage=2025, name="Aan Zee")
    assert {buurt.code for buurt in buurten(session)} >= {BUURT, newer.code}


def test_neighbourhoods_of_an_import_that_was_rolled_back_can_not_be_chosen(
    session: Session, town: Municipality
) -> None:
    wrong = PlaceImportFactory(rolled_back_at=datetime(2026, 3, 1, tzinfo=UTC))
    area(town, "BU77010101", WIJK, "Onzin", vintage=2025, import_id=wrong.id)
    assert [buurt.name for buurt in buurten(session, town.id)] == ["De Vaart"]
    figure(WIJK, 5)
    assert certain(figure_used(session, code=BUURT, indicator="p_hh_120")).area_name == "Oost"
