"""The demo's neighbourhoods: believable figures, imported as official files are."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.figures import figure_used
from tests.support.place_files import LIMITS
from voorjebuurt.local.demo.place_files import place_files
from voorjebuurt.local.demo.places import load_places, place_named
from voorjebuurt.local.demo.stories import data
from voorjebuurt.places.addresses import buurten_at, local_code
from voorjebuurt.places.figures import own_figures, population
from voorjebuurt.places.import_queries import imports
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.places.queries import buurten, municipality_by_slug
from voorjebuurt.places.shapes import shapes_of


@pytest.fixture
def waterlanden(session: Session) -> Municipality | None:
    load_places(session, LIMITS)
    return municipality_by_slug(session, "waterlanden")


def buurt(session: Session, name: str) -> Neighbourhood | None:
    return session.get(Neighbourhood, place_named(session, name)[1])


def test_every_buurt_has_residents_an_outline_and_postcodes(
    session: Session, waterlanden: Municipality | None
) -> None:
    residents = population(session, certain(waterlanden).id)
    assert len(residents) == 12
    assert sum(certain(number) for number in residents.values()) == 30_490
    whole = own_figures(session, ["GM9901"], ["a_inw"])["GM9901", "a_inw"]
    assert whole.value == 30_490
    assert shapes_of(session, certain(waterlanden).id).keys() == residents.keys()
    for place, code in enumerate(sorted(residents)):
        assert local_code(session, f"{8951 + place}AA", 7) == code


def test_a_shared_postcode_lies_in_two(session: Session, waterlanden: Municipality | None) -> None:
    both = buurten_at(session, "8951ZZ")
    assert [each.name for each in both] == ["Havenkwartier", "Oude Stad"]
    assert [each.name for each in buurten_at(session, "8951ZZ", 3)] == ["Oude Stad"]


def test_the_figures_spread_and_some_fall_back(
    session: Session, waterlanden: Municipality | None
) -> None:
    by_name = {
        each.name: figure_used(session, code=each.code, indicator="p_hh_120")
        for each in buurten(session)
    }
    values = sorted(certain(each).value for each in by_name.values() if not certain(each).of_parent)
    assert values[0] < 5
    assert values[-1] > 30
    assert {
        name: certain(each).area_kind for name, each in by_name.items() if certain(each).of_parent
    } == {
        "Lindenveld": "wijk",
        "Westpolder": "wijk",
        "Vuurtorenbuurt": "gemeente",
    }


def test_loading_again_changes_nothing(session: Session, waterlanden: Municipality | None) -> None:
    before = session.scalar(select(func.count()).select_from(Neighbourhood))
    load_places(session, LIMITS)
    assert len(imports(session)) == 4
    assert session.scalar(select(func.count()).select_from(Neighbourhood)) == before


def test_the_files_are_always_the_same() -> None:
    assert place_files(data("places")) == place_files(data("places"))


def test_nothing_in_them_is_left_out(session: Session, waterlanden: Municipality | None) -> None:
    assert {row.status for row in imports(session)} == {"done"}
    assert [omission for row in imports(session) for omission in row.report["skipped"]] == []
