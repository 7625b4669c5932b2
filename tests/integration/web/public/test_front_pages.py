"""The front page: what it shows, in how many statements, and what it says when there is little."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from tests.support.kept_sums import count_sums
from tests.support.statements import statements
from tests.support.updates import NEWS, publish_update
from voorjebuurt.kernel import clock


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_home_shows_what_lacks_little(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        near = CampaignFactory(status="live", title="Bijna er", goal_cents=120_000)
        PledgeFactory(campaign=near, amount_cents=110_000)
        CampaignFactory(status="draft", title="Nog geheim")
        count_sums(session)

    page = plain(client.get("/").text)

    assert "Bijna genoeg geld" in page
    assert page.count("Bijna er") == 1
    assert "€ 1.100" in page
    assert "Nog geheim" not in page


def test_a_campaign_that_went_live_is_there_at_once(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        CampaignFactory(status="live", title="Net open")
        CampaignFactory(status="succeeded", title="Net gelukt", decided_at=clock.now())

    page = client.get("/").text

    assert "Net open" in page
    assert "Net gelukt" in page
    assert "Nog geen gelukte actie heeft verteld wat ervan kwam" in page
    assert "Wat er samen is gegeven" not in page, "before the first count there are no figures"


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_what_was_given_says_of_what_and_as_of_when(
    client: FlaskClient, committing: Committing, locale: str
) -> None:
    with committing() as session:
        for status, cents in (("paid_out", 1_000_000), ("live", 25_000), ("failed", 99_900)):
            PledgeFactory(campaign=CampaignFactory(status=status), amount_cents=cents)
        count_sums(session)

    page = plain(client.get("/", query_string={"taal": locale}).text)

    assert {"nl": "aan 1 actie die lukte", "en": "to 1 campaign that succeeded"}[locale] in page
    assert {"nl": "€ 10.000", "en": "€10,000"}[locale] in page
    assert {"nl": "€ 250", "en": "€250"}[locale] in page
    assert "999" not in page
    assert {"nl": "Geld dat terugging, telt niet mee", "en": "is not counted"}[locale] in page


def test_what_came_of_it_is_told_with_a_link(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        campaign = CampaignFactory(
            status="succeeded", slug="bomen", decided_at=clock.now() - timedelta(days=3)
        )
        publish_update(session, campaign, NEWS)
        count_sums(session)

    page = client.get("/").text

    assert 'href="/acties/bomen/nieuws/1"' in page
    assert NEWS.title in page
    assert "Ze komen in mei." in page


def test_it_takes_as_many_statements_for_many_campaigns_as_for_few(
    client: FlaskClient, committing: Committing
) -> None:
    def some(number: int) -> None:
        with committing() as session:
            here = NeighbourhoodFactory()
            for _ in range(number):
                for status in ("live", "succeeded", "paid_out"):
                    campaign = CampaignFactory(
                        status=status, neighbourhood=here, decided_at=clock.now()
                    )
                    PledgeFactory(campaign=campaign, amount_cents=70_000)
            count_sums(session)

    counts = []
    for number in (4, 12):
        some(number)
        with statements() as texts:
            assert client.get("/").status_code == 200
        counts.append(len(texts))
    assert counts[0] == counts[1]
    assert counts[1] <= 16


def test_no_statement_of_the_front_page_reads_all_gifts(
    client: FlaskClient, committing: Committing
) -> None:
    """Gifts are read of the campaigns on its cards only."""
    with committing() as session:
        for _ in range(9):
            PledgeFactory(campaign=CampaignFactory(status="live"), amount_cents=70_000)
        count_sums(session)
    with statements() as texts:
        client.get("/")
    of_gifts = [text for text in texts if "FROM pledges" in text]
    assert len(of_gifts) == 1
    assert "campaigns.id IN" in of_gifts[0]
