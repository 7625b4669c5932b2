"""The page of a gift that was never paid, once who it was from is forgotten."""

from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.pledges.erasing.detaching import detach_donor


def test_it_says_so_and_offers_neither_to_pay_nor_to_change(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        new_gift, dead_gift = (PledgeFactory(campaign=campaign, status="open") for _ in range(2))
        PaymentFactory(pledge=dead_gift, status="expired")
        for pledge in (new_gift, dead_gift):
            detach_donor(session, pledge)
    for pledge in (new_gift, dead_gift):
        page = client.get(f"/giften/{pledge.token}")
        assert page.status_code == 200
        assert "Deze gift is niet betaald" in page.text
        assert f"/acties/{campaign.slug}" in page.text
        assert f"gift={pledge.token}" not in page.text
        answer = client.post(f"/giften/{pledge.token}/betalen", follow_redirects=True)
        assert "Wij bewaren niet meer van wie deze gift was" in answer.text
        form = client.get(f"/acties/{campaign.slug}/geef?gift={pledge.token}")
        assert form.status_code == 302, "it can't be changed"
