"""Campaigns by neighbourhood on the list of campaigns: counted by code, listed, and on a map."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.fixtures_site import Committing
from tests.support.place_files import LIMITS
from voorjebuurt.campaigns.queries import neighbourhood_counts
from voorjebuurt.local.demo.places import load_places, place_named
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.web.public.areas import MOST, shown_areas


def test_the_list_draws_the_towns_with_a_link_and_a_number(
    committing: Committing, client: FlaskClient
) -> None:
    with committing() as session:
        load_places(session, LIMITS)
        place = session.get(Neighbourhood, place_named(session, "Molenwijk")[1])
        for _ in range(2):
            CampaignFactory(status="live", neighbourhood=place)
    page = client.get("/acties").text
    assert page.count("vjb-town__link") == 15
    match = re.search(
        rf'<a class="vjb-town__link" href="[^"]*buurt={certain(place).code}".*?</a>', page, re.S
    )
    assert "<title>Molenwijk</title>" in certain(match)[0]
    assert "vjb-town__area--2" in certain(match)[0]
    assert re.search(r"<text[^>]*>2</text>", certain(match)[0])
    assert (
        'aria-hidden="true"' in certain(re.search(r'<svg class="vjb-town__drawing"[^>]*>', page))[0]
    )
    matches = re.findall(
        rf'<li><a class="vjb-map__area" href="[^"]*buurt={certain(place).code}"', page
    )
    assert len(matches) == 1


def test_a_campaign_counts_where_it_is_after_the_next_years_division(session: Session) -> None:
    town = MunicipalityFactory()

    def buurt(code: str, vintage: int, name: str) -> Neighbourhood:
        return NeighbourhoodFactory(
            municipality=town, municipality_id=town.id, code=code, vintage=vintage, name=name
        )

    here, elsewhere = buurt("BU88880001", 2024, "Oude naam"), buurt("BU88880002", 2024, "Opgeheven")
    buurt("BU88880003", 2024, "Leeg")
    buurt("BU88880001", 2025, "Nieuwe naam")
    for place in (here, elsewhere):
        CampaignFactory(status="live", neighbourhood=place)
    counts = {row.code: (row.name, row.campaigns) for row in neighbourhood_counts(session)}
    assert counts == {"BU88880001": ("Nieuwe naam", 1), "BU88880002": ("Opgeheven", 1)}


def test_of_very_many_neighbourhoods_only_those_with_a_campaign_are_listed(
    session: Session,
) -> None:
    town = MunicipalityFactory()
    for number in range(MOST + 1):
        NeighbourhoodFactory(
            municipality=town, municipality_id=town.id, code=f"BU8888{number:04}", vintage=2024
        )
    areas = neighbourhood_counts(session)
    assert len(areas) == MOST + 1
    assert list(shown_areas(areas)) == []
    assert len(shown_areas(areas[:MOST])) == MOST
