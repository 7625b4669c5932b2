"""Municipalities and neighbourhoods."""

import factory

from tests.factories.base import Factory
from voorjebuurt.places.models import Municipality, Neighbourhood


class MunicipalityFactory(Factory):
    """A municipality with a code of its own."""

    class Meta:
        model = Municipality

    code = factory.Sequence(lambda number: f"GM{number % 9000 + 1000}")
    slug = factory.Sequence(lambda number: f"gemeente-{number}")
    name = factory.Sequence(lambda number: f"Gemeente {number}")


class NeighbourhoodFactory(Factory):
    """A buurt of a municipality."""

    class Meta:
        model = Neighbourhood
        exclude = ("municipality",)

    municipality = factory.SubFactory(MunicipalityFactory)
    municipality_id = factory.SelfAttribute("municipality.id")
    code = factory.Sequence(lambda number: f"BU{number:08d}")
    kind = "buurt"
    parent_code = factory.Sequence(lambda number: f"WK{number:06d}")
    vintage = 2026
    name = factory.Sequence(lambda number: f"Buurt {number}")
