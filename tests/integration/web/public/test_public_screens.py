"""The pages for everybody: home, list, campaign, about."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from tests.support.pages import words
from voorjebuurt.kernel import clock

PUBLIC_STATES = (
    "live", "closing", "near_miss", "succeeded", "failed", "cancelled", "paid_out",
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


PAGES = (
    "/",
    "/acties",
    "/hoe-werkt-het",
    "/over",
    "/contact",
    "/privacy",
    "/toegankelijkheid",
    "/voorwaarden",
    "/mijn/acties/nieuw",
)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_pages_work_without_any_data(client: FlaskClient, locale: str) -> None:
    for path in PAGES:
        page = client.get(path, query_string={"taal": locale})

        assert page.status_code == 200, path
        assert f'<html lang="{locale}"' in page.text
        assert page.text.count("<h1") == 1, path


def test_filters_combine_in_the_address(client: FlaskClient, committing: Committing) -> None:
    with committing():
        here = NeighbourhoodFactory(name="Bloemenbuurt")
        CampaignFactory(status="live", title="Bomen hier", neighbourhood=here)
        CampaignFactory(status="live", title="Bomen daar")
        CampaignFactory(status="live", title="Voetbal hier", neighbourhood=here, theme="sport")

    page = client.get(
        "/acties", query_string={"buurt": here.code, "thema": "groen", "zoek": "boom"}
    ).text

    assert "1 actie gevonden" in page
    assert "Bomen hier" in page
    assert "Bomen daar" not in page
    assert "Voetbal hier" not in page
    assert 'value="boom"' in page
    assert f'<option selected value="{here.code}">' in page


def test_nothing_found_is_no_dead_end(client: FlaskClient) -> None:
    page = client.get("/acties?zoek=zwembad").text

    assert "0 acties gevonden" in page
    assert "/acties?toon=alle" in page


ODD = (
    "pagina=0",
    "pagina=-1",
    "pagina=1e9",
    "pagina=٣",
    "pagina=99999999999",
    "pagina=",
    "zoek=%27%3B--",
    "zoek=%21+%7C+%26+%3A*",
    "zoek=" + "a" * 3000,
    "zoek=a&zoek=b",
    "zoek=%ff%fe",
    "buurt=%27",
    "buurt[]=1",
    "thema=x",
    "toon=x",
    "volgorde=x",
    "volgorde=past",
)


def test_an_odd_address_still_shows_the_list(client: FlaskClient, committing: Committing) -> None:
    with committing():
        CampaignFactory(status="live")

    for query in ODD:
        assert client.get(f"/acties?{query}").status_code == 200, query


def test_words_that_are_too_many_to_look_for_are_counted_and_kept(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        CampaignFactory(status="live")
    page = client.get("/acties", query_string={"zoek": "boom" * 100}).text
    assert "U schreef 400 tekens. Maak er hoogstens 200 van." in page
    assert "boom" * 100 in page
    assert "maxlength" not in page


def test_the_list_has_pages(client: FlaskClient, committing: Committing) -> None:
    with committing():
        here = NeighbourhoodFactory()
        for _ in range(13):
            CampaignFactory(status="live", neighbourhood=here)

    first = client.get(f"/acties?buurt={here.code}").text
    last = client.get(f"/acties?buurt={here.code}&pagina=2").text

    assert first.count("vjb-card__title") == 12
    assert last.count("vjb-card__title") == 1
    assert f"/acties?buurt={here.code}&amp;pagina=2" in first
    assert f'href="/acties?buurt={here.code}"' in last


def test_a_running_campaign_tells_everything_a_donor_asks(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="live", slug="bomen", needs="Handen op zaterdag")
        PledgeFactory(campaign=campaign, name="Els", message="Mooi <b>plan</b>")
        PledgeFactory(campaign=campaign, name="Jan Geheim", name_public=False)

    page = plain(client.get("/acties/bomen").text)

    assert 'href="/acties/bomen/geef"' in page
    assert "€ 50" in page
    assert "Mooi &lt;b&gt;plan&lt;/b&gt;" in page
    assert "Jan Geheim" not in page
    assert "Iemand uit de buurt" in page
    assert "<strong>zes bomen</strong>" in page
    assert "Er verdwijnt een parkeerplek" in page
    assert "Handen op zaterdag" in page
    assert "minder dan € 1.000" in " ".join(page.replace("<bdi>", "").replace("</bdi>", "").split())


@pytest.mark.parametrize("status", PUBLIC_STATES)
def test_every_state_has_an_honest_page(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    banners = {
        "closing": "De laatste dag is voorbij",
        "near_miss": "Bijna genoeg opgehaald",
        "succeeded": "Er is genoeg geld opgehaald!",
        "paid_out": "overgemaakt naar de groep",
        "failed": "Het minimum is niet gehaald",
        "cancelled": "Deze actie is gestopt",
    }
    reason = {"failed": "campaign_failed", "cancelled": "campaign_cancelled"}.get(status)
    with committing():
        campaign = CampaignFactory(status=status, slug="bomen")
        PledgeFactory(
            campaign=campaign,
            amount_cents=4_200,
            status="refunding" if reason else "booked",
            refund_reason=reason,
        )

    page = plain(client.get("/acties/bomen").text)

    assert "€ 42" in page
    assert ("/acties/bomen/geef" in page) is (status == "live")
    if status in banners:
        assert banners[status] in page
    if reason:
        assert "krijgt alles terug" in page


def test_enough_below_the_goal_says_what_was_needed(
    client: FlaskClient, committing: Committing
) -> None:
    """“81 %” beside “there is enough” is of the goal, and the minimum was less."""
    with committing():
        campaign = CampaignFactory(
            status="succeeded", slug="bomen", goal_cents=100_000, minimum_cents=80_000
        )
        PledgeFactory(campaign=campaign, amount_cents=81_000, status="booked")
    page = words(client.get("/acties/bomen"))
    assert "Van het doel 81%" in page
    assert "minstens € 800 was nodig" in page
    assert "gaat door vanaf" not in page
    assert "Er was minstens € 800 nodig. Het doel was € 1.000." in page


def test_a_paused_campaign_and_one_past_its_deadline_take_no_gifts(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        CampaignFactory(status="live", slug="stil", pledges_stopped_at=clock.now())
        CampaignFactory(status="live", slug="laat", deadline_on=clock.today() - timedelta(days=1))

    assert "Geven staat even stil" in client.get("/acties/stil").text
    assert "De laatste dag is voorbij" in client.get("/acties/laat").text
    for slug in ("stil", "laat"):
        assert f"/acties/{slug}/geef" not in client.get(f"/acties/{slug}").text


def test_what_is_not_live_is_not_there(client: FlaskClient, committing: Committing) -> None:
    statuses = ("draft", "submitted", "returned", "rejected", "withdrawn")
    with committing():
        for status in statuses:
            CampaignFactory(status=status, slug=status)

    for slug in statuses:
        assert client.get(f"/acties/{slug}").status_code == 404, slug


def test_a_picture_that_is_not_there_is_404(client: FlaskClient) -> None:
    absent = "0" * 32 + "-480x320-480.jpg"
    for name in ("x.jpg", "..%2f..%2fsecret_key", "a.exe", absent):
        assert client.get(f"/beelden/{name}").status_code == 404, name
