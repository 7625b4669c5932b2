"""What a campaign's page says is as certain as it is, in every state and for both kinds."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from tests.support.kept_sums import count_sums
from tests.support.live_funds import follow, give
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Fund
from voorjebuurt.pledges.models import CampaignMatch

RATIO = {"base": {"kind": "ratio", "ratio": "1/2"}, "ceiling_cents": 4_000}
NL = {"Accept-Language": "nl"}
OVER = ("closing", "near_miss", "succeeded", "paid_out", "failed", "cancelled")


def page_of(client: FlaskClient, slug: str) -> str:
    return words(client.get(f"/acties/{slug}", headers=NL))


@pytest.fixture
def scene(committing: Committing) -> tuple[Fund, Campaign]:
    """€ 30 from a neighbour, and € 15 that a live fund reserved for it."""
    with committing():
        fund = open_fund(RATIO, name="Buurtfonds Zuid")
        campaign = CampaignFactory(status="live", title="Bomen", slug="bomen")
        ApplicationFactory(fund=fund, campaign=campaign)
    with committing() as session:
        give(session, session.get_one(Campaign, campaign.id), 3_000, "a")
    with committing() as session:
        follow(session, session.get_one(Fund, fund.id))
    return fund, campaign


def ends(committing: Committing, campaign: Campaign, status: str, match: str) -> None:
    with committing() as session:
        session.get_one(Campaign, campaign.id).status = status
        for row in session.query(CampaignMatch).filter_by(campaign_id=campaign.id):
            row.status = match


def test_money_that_nobody_decided_on_is_reserved_and_no_more(
    client: FlaskClient, committing: Committing, scene: tuple[Fund, Campaign]
) -> None:
    ends(committing, scene[1], "succeeded", "fixed")
    page = page_of(client, "bomen")
    assert "De gemeente heeft € 15 gereserveerd. Zij beslist daar nog over." in page
    assert "€ 15 gereserveerd door de gemeente" in page
    assert "toegekend" not in page
    assert "Het is gelukt" not in page


def test_after_the_decision_it_is_granted(
    client: FlaskClient, committing: Committing, scene: tuple[Fund, Campaign]
) -> None:
    ends(committing, scene[1], "succeeded", "awarded")
    page = page_of(client, "bomen")
    assert "De gemeente kende € 15 toe." in page
    assert "€ 15 toegekend door de gemeente" in page
    assert "gereserveerd" not in page


def test_a_campaign_that_keeps_what_comes_is_over_and_not_full(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="succeeded", kind="keep_what_comes", slug="bankje")
        PledgeFactory(campaign=campaign, amount_cents=4_200, status="booked")
    page = page_of(client, "bankje")
    assert "De actie is afgelopen" in page
    assert "genoeg geld" not in page


@pytest.mark.parametrize("status", OVER)
def test_nothing_is_to_go_when_a_campaign_is_over(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    with committing():
        CampaignFactory(status="live", slug="nu", goal_cents=120_000)
        CampaignFactory(status=status, slug="toen", goal_cents=120_000)
    assert "€ 1.200 te gaan" in page_of(client, "nu")
    assert "te gaan" not in page_of(client, "toen")


@pytest.mark.parametrize("status", OVER)
def test_the_form_of_a_gift_does_not_open_when_a_campaign_is_over(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    with committing():
        CampaignFactory(status=status, slug="toen", title="Bomen van toen")
    answer = client.get("/acties/toen/geef", headers=NL)
    page = words(answer)
    heading = "Deze actie is gestopt" if status == "cancelled" else "U kunt niet meer geven"
    assert heading in page
    assert ("De laatste dag is voorbij" in page) is (status != "cancelled")
    assert "Bomen van toen" in page
    assert 'name="amount"' not in answer.get_data(as_text=True)


def test_nor_while_giving_is_paused(client: FlaskClient, committing: Committing) -> None:
    with committing():
        CampaignFactory(status="live", slug="stil", pledges_stopped_at=clock.now())
    answer = client.get("/acties/stil/geef", headers=NL)
    assert "Geven staat even stil" in words(answer)
    assert 'name="amount"' not in answer.get_data(as_text=True)


def test_a_donor_without_a_name_is_called_as_the_form_promised(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="live", slug="bomen")
        PledgeFactory(campaign=campaign, name="Jan", name_public=False, status="booked")
    assert "laat ‘Iemand uit de buurt’ zien" in words(client.get("/acties/bomen/geef", headers=NL))
    page = page_of(client, "bomen")
    assert "Iemand uit de buurt" in page
    assert "Een buur" not in page


def test_a_live_fund_lists_the_campaigns_that_it_helps(
    client: FlaskClient, scene: tuple[Fund, Campaign]
) -> None:
    page = words(client.get(f"/fondsen/{scene[0].slug}", headers=NL))
    assert "Acties die dit fonds helpt" in page
    assert "Bomen € 15 toegekend, als de actie lukt" in page


def test_the_front_page_counts_campaigns_that_one_can_give_to(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        place = campaign.municipality_id
        PledgeFactory(campaign=campaign, status="booked", amount_cents=2_500)
        CampaignFactory(status="closing", municipality_id=place)
        CampaignFactory(status="live", municipality_id=place, pledges_stopped_at=clock.now())
        count_sums(session)
    assert "Voor acties die nog lopen € 25" in words(client.get("/", headers=NL))
