"""The demo's neighbourhoods: believable figures, imported as official files are."""

import pytest
from sqlalchemy import func, select

from tests.support.place_files import LIMITS
from voorjebuurt.local.demo.place_files import place_files
from voorjebuurt.local.demo.places import load_places, place_named
from voorjebuurt.local.demo.stories import data
from voorjebuurt.places.addresses import buurten_at, local_code
from voorjebuurt.places.figures import figure_used, own_figures, population
from voorjebuurt.places.import_queries import imports
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.places.queries import buurten, municipality_by_slug
from voorjebuurt.places.shapes import shapes_of


@pytest.fixture
def waterlanden(session):
    load_places(session, LIMITS)
    return municipality_by_slug(session, "waterlanden")


def buurt(session, name):
    return session.get(Neighbourhood, place_named(session, name)[1])


def test_every_buurt_has_residents_an_outline_and_postcodes(session, waterlanden):
    residents = population(session, waterlanden.id)
    assert len(residents) == 12
    assert sum(residents.values()) == 30_490
    whole = own_figures(session, ["GM9901"], ["a_inw"])["GM9901", "a_inw"]
    assert whole.value == 30_490
    assert shapes_of(session, waterlanden.id).keys() == residents.keys()
    for place, code in enumerate(sorted(residents)):
        assert local_code(session, f"{8951 + place}AA", 7) == code


def test_a_shared_postcode_lies_in_two(session, waterlanden):
    both = buurten_at(session, "8951ZZ")
    assert [each.name for each in both] == ["Havenkwartier", "Oude Stad"]
    assert [each.name for each in buurten_at(session, "8951ZZ", 3)] == ["Oude Stad"]


def test_the_figures_spread_and_some_fall_back(session, waterlanden):
    by_name = {
        each.name: figure_used(session, code=each.code, indicator="p_hh_120")
        for each in buurten(session)
    }
    values = sorted(each.value for each in by_name.values() if not each.of_parent)
    assert values[0] < 5
    assert values[-1] > 30
    assert {name: each.area_kind for name, each in by_name.items() if each.of_parent} == {
        "Lindenveld": "wijk",
        "Westpolder": "wijk",
        "Vuurtorenbuurt": "gemeente",
    }


def test_loading_again_changes_nothing(session, waterlanden):
    before = session.scalar(select(func.count()).select_from(Neighbourhood))
    load_places(session, LIMITS)
    assert len(imports(session)) == 4
    assert session.scalar(select(func.count()).select_from(Neighbourhood)) == before


def test_the_files_are_always_the_same():
    assert place_files(data("places")) == place_files(data("places"))


def test_nothing_in_them_is_left_out(session, waterlanden):
    assert {row.status for row in imports(session)} == {"done"}
    assert [omission for row in imports(session) for omission in row.report["skipped"]] == []
