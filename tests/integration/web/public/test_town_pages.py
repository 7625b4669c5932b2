"""The page of a municipality: its own campaigns only, its map, its feed, and the list of it."""

import re

from flask.testing import FlaskClient

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from tests.support.kept_sums import count_sums
from tests.support.place_files import LIMITS
from tests.support.statements import statements
from voorjebuurt.kernel import clock
from voorjebuurt.local.demo.places import load_places, place_named
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.web.public.town_maps import MOST_LISTED

SPOT = re.compile(r'<a class="vjb-spot" href="([^"]*)" aria-label="([^"]*)"')


def demo_town(committing: Committing, *names: str) -> None:
    """The demo's municipalities, with a live campaign in each of these neighbourhoods."""
    with committing() as session:
        load_places(session, LIMITS)
        for name in names:
            place = session.get(Neighbourhood, place_named(session, name)[1])
            CampaignFactory(status="live", title=f"Plan in {name}", neighbourhood=place)
        count_sums(session)


def test_it_shows_its_own_campaigns_and_money_and_no_other(
    client: FlaskClient, committing: Committing
) -> None:
    demo_town(committing, "Molenwijk", "Vuurtorenbuurt")

    page = client.get("/gemeenten/waterlanden").text

    assert "Plan in Molenwijk" in page
    assert "Vuurtorenbuurt" not in page
    assert 'href="/gemeenten/waterlanden/acties.atom"' in page
    assert 'href="/waar-het-geld-heen-ging/waterlanden"' not in page, "nothing was given yet"
    assert client.get("/gemeenten/nergens").status_code == 404


def test_the_map_and_the_list_lead_to_the_same_and_can_be_reached_by_keyboard(
    client: FlaskClient, committing: Committing
) -> None:
    demo_town(committing, "Molenwijk", "Molenwijk", "De Vaart")

    page = client.get("/gemeenten/waterlanden").text

    spots = dict(SPOT.findall(page))
    assert sorted(spots.values()) == ["De Vaart: 1 actie", "Molenwijk: 2 acties"]
    for href in spots:
        assert page.count(f'<a class="vjb-map__area" href="{href}"') == 1
    assert "tabindex" not in certain(re.search(r"<svg class=\"vjb-atlas.*?</svg>", page, re.S))[0]
    assert page.count('class="vjb-map__area vjb-map__area--empty"') == 10


def test_a_district_brings_the_map_nearer(client: FlaskClient, committing: Committing) -> None:
    demo_town(committing, "Molenwijk", "Bloemenbuurt")
    whole = client.get("/gemeenten/waterlanden").text
    link = certain(re.search(r'href="([^"]*wijk=WK\w+#kaart)">Oost', whole))[1]

    near = client.get(link.partition("#")[0]).text

    assert list(dict(SPOT.findall(near)).values()) == ["Molenwijk: 1 actie"]
    assert near.count("vjb-spot__name--near") == 3
    assert "Bloemenbuurt" not in certain(re.search(r'id="kaart".*?</section>', near, re.S))[0]
    odd = client.get("/gemeenten/waterlanden", query_string={"wijk": "<b>'"})
    assert odd.status_code == 200
    assert len(SPOT.findall(odd.text)) == 2


def test_a_large_municipality_stays_a_light_page(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        town = MunicipalityFactory(slug="groot", name="Groot")
        place = {"municipality": town, "municipality_id": town.id, "vintage": 2024}
        for number in range(MOST_LISTED + 5):
            here = NeighbourhoodFactory(**place, code=f"BU8888{number:04}", name=f"B{number}")
        CampaignFactory(status="live", neighbourhood=here)

    page = client.get("/gemeenten/groot").text

    assert page.count('class="vjb-map__area"') == 1
    assert "vjb-map__area--empty" not in page


def test_a_municipality_without_campaigns_says_so(
    client: FlaskClient, committing: Committing
) -> None:
    demo_town(committing)
    page = client.get("/gemeenten/duinmeer?taal=en").text
    assert "No campaign here yet" in page
    assert "What was given together" not in page


def test_its_list_is_narrowed_to_it_and_says_so(
    client: FlaskClient, committing: Committing
) -> None:
    demo_town(committing, "Molenwijk", "Vuurtorenbuurt")

    page = client.get("/acties?gemeente=duinmeer").text

    assert "Plan in Vuurtorenbuurt" in page
    assert "Plan in Molenwijk" not in page
    assert '<option selected value="duinmeer">' in page
    assert re.search(r'<a class="vjb-chip" href="/acties">Duinmeer', page)
    assert 'href="/gemeenten/duinmeer/acties.atom"' in page
    assert "Molenwijk" not in page, "only its own neighbourhoods can be chosen"
    for odd in ("nergens", "x" * 300, "<b>"):
        assert client.get("/acties", query_string={"gemeente": odd}).status_code == 200


def test_it_takes_as_many_statements_for_many_campaigns_as_for_few(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        here = NeighbourhoodFactory(municipality=MunicipalityFactory(slug="hier", name="Hier"))
    counts = []
    for number in (3, 9):
        with committing() as session:
            for _ in range(number):
                for status in ("live", "paid_out"):
                    campaign = CampaignFactory(
                        status=status,
                        neighbourhood_id=here.id,
                        municipality_id=here.municipality_id,
                        decided_at=clock.now(),
                    )
                    PledgeFactory(campaign=campaign, amount_cents=70_000)
            count_sums(session)
        with statements() as texts:
            assert client.get("/gemeenten/hier").status_code == 200
        counts.append(len(texts))
    assert counts[0] == counts[1]
    assert counts[1] <= 16
