"""An address finds its buurt; where it lies in two, the person chooses."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.places import (
    AddressAreaFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from voorjebuurt.places.addresses import buurten_at, local_code
from voorjebuurt.places.models import Neighbourhood


@pytest.fixture
def two(session: Session) -> tuple[Neighbourhood, Neighbourhood]:
    """Two buurten, and a postcode that lies in both: numbers 1 and 3 here, 2 there."""
    town = MunicipalityFactory()
    here, there = (
        NeighbourhoodFactory(municipality=town, municipality_id=town.id, name=name, vintage=2024)
        for name in ("Aan de haven", "Binnenstad")
    )
    addresses = PlaceImportFactory(kind="addresses")
    for number, buurt in ((1, here), (2, there), (3, here)):
        AddressAreaFactory(place_import=addresses, number=number, buurt_code=buurt.code)
    return here, there


def test_a_postcode_with_a_number_lies_in_one(
    session: Session, two: tuple[Neighbourhood, Neighbourhood]
) -> None:
    here, there = two
    assert buurten_at(session, "1011 ab", 3) == [here]
    assert local_code(session, "1011AB", 2) == there.code


def test_a_postcode_alone_may_lie_in_two_and_then_is_nowhere_for_certain(
    session: Session, two: tuple[Neighbourhood, Neighbourhood]
) -> None:
    assert buurten_at(session, "1011AB") == list(two)
    assert local_code(session, "1011AB") is None


def test_a_number_that_the_list_does_not_know_counts_as_none(
    session: Session, two: tuple[Neighbourhood, Neighbourhood]
) -> None:
    assert buurten_at(session, "1011AB", 400) == list(two)


@pytest.mark.parametrize("postcode", ["1012AB", "0123AB", "101AB", "1011ABC", "", "x'; --"])
def test_an_unknown_postcode_lies_nowhere(
    session: Session, two: tuple[Neighbourhood, Neighbourhood], postcode: str
) -> None:
    assert buurten_at(session, postcode) == []
    assert local_code(session, postcode, 1) is None


def test_the_newest_list_that_knows_the_postcode_counts(
    session: Session, two: tuple[Neighbourhood, Neighbourhood]
) -> None:
    here, there = two
    newer = PlaceImportFactory(kind="addresses", vintage=2025)
    AddressAreaFactory(place_import=newer, number=1, buurt_code=there.code)
    assert local_code(session, "1011AB", 1) == there.code
    assert local_code(session, "1011AB") == there.code
    newer.rolled_back_at = datetime(2026, 3, 1, tzinfo=UTC)
    session.flush()
    assert local_code(session, "1011AB", 1) == here.code


def test_a_buurt_that_is_not_there_any_more_can_not_be_chosen(
    session: Session, two: tuple[Neighbourhood, Neighbourhood]
) -> None:
    AddressAreaFactory(postcode="1099ZZ", buurt_code="BU00009999")
    assert buurten_at(session, "1099ZZ") == []
    assert local_code(session, "1099ZZ") == "BU00009999"
