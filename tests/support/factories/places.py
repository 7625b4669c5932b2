"""Municipalities and neighbourhoods."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import factory

from tests.support.factories.base import Factory
from voorjebuurt.places.models import (
    AddressArea,
    AreaFigure,
    Municipality,
    Neighbourhood,
    PlaceImport,
)


class MunicipalityFactory(Factory[Municipality]):
    """A municipality with a code of its own."""

    class Meta:
        model = Municipality

    code = factory.Sequence(lambda number: f"GM{number % 9000 + 1000}")
    slug = factory.Sequence(lambda number: f"gemeente-{number}")
    name = factory.Sequence(lambda number: f"Gemeente {number}")


class NeighbourhoodFactory(Factory[Neighbourhood]):
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


class PlaceImportFactory(Factory[PlaceImport]):
    """A finished import of key figures; each later one is finished a minute later."""

    class Meta:
        model = PlaceImport

    kind = "kwb"
    vintage = 2024
    source = "Centraal Bureau voor de Statistiek"
    filename = factory.Sequence(lambda number: f"kwb-{number}.csv")
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    status = "done"
    progress = 100
    asked_at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    finished_at = factory.Sequence(
        lambda number: datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(minutes=number)
    )


class AreaFigureFactory(Factory[AreaFigure]):
    """A figure of an area, from an import of its own unless told otherwise."""

    class Meta:
        model = AreaFigure
        exclude = ("place_import",)

    place_import = factory.SubFactory(PlaceImportFactory)
    import_id = factory.SelfAttribute("place_import.id")
    area_code = factory.Sequence(lambda number: f"BU{number:08d}")
    indicator = "p_hh_120"
    value = Decimal("12.5")


class AddressAreaFactory(Factory[AddressArea]):
    """An address in a buurt, from an import of its own unless told otherwise."""

    class Meta:
        model = AddressArea
        exclude = ("place_import",)

    place_import = factory.SubFactory(PlaceImportFactory, kind="addresses")
    import_id = factory.SelfAttribute("place_import.id")
    postcode = "1011AB"
    number = factory.Sequence(lambda number: number + 1)
    buurt_code = factory.Sequence(lambda number: f"BU{number:08d}")
