"""A municipality is found under whichever of its names somebody asks for it."""

from itertools import chain

import pytest

from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.places.names import OTHER_NAMES, name_key, slugs_of


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("Den Haag", "'s-Gravenhage"),
        ("’s-gravenhage", "Den Haag"),
        ("den bosch", "'s-Hertogenbosch"),
        ("Hengelo", "Hengelo (O.)"),
        ("Hengelo (O)", "Hengelo"),
        ("Hoofddorp", "Haarlemmermeer"),
        ("sudwest fryslan", "Súdwest-Fryslân"),
        ("Utrecht", "Utrecht"),
    ],
)
def test_two_names_of_one_municipality_are_one(wish: str, place: str) -> None:
    assert name_key(wish) in slugs_of(place)


def test_what_was_written_down_before_there_were_names_is_found() -> None:
    assert slug_of("Den Haag") in slugs_of("'s-Gravenhage")
    assert slug_of("Hengelo (O.)") in slugs_of("Hengelo (O.)")


def test_municipalities_that_look_alike_stay_apart() -> None:
    assert name_key("Utrechtse Heuvelrug") not in slugs_of("Utrecht")
    assert name_key("Rijswijk") not in slugs_of("Den Haag")


def test_no_name_is_of_two_municipalities() -> None:
    slugs = [slug_of(name) for name in chain(OTHER_NAMES, *OTHER_NAMES.values())]
    twice = {slug for slug in slugs if slugs.count(slug) > 1}
    assert twice - {"bergen-op-zoom", "sudwest-fryslan"} == set()
