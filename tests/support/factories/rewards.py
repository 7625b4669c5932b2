"""Rewards of campaigns."""

from datetime import timedelta

import factory

from tests.support.factories.base import Factory
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import LONG_AGO
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel import clock


class RewardFactory(Factory[Reward]):
    """A pot of honey for a gift of € 25 and more, to be picked up; there are ten."""

    class Meta:
        model = Reward
        exclude = ("campaign",)

    campaign = factory.SubFactory(CampaignFactory, status="live")
    campaign_id = factory.SelfAttribute("campaign.id")
    title = factory.Sequence(lambda number: f"Pot buurthoning {number}")
    description = "Van de bijen op het dak."
    min_cents = 2_500
    stock = 10
    delivery = "pickup"
    place = factory.LazyAttribute(
        lambda row: "Op de oogstdag, Rozenplein 1" if row.delivery == "pickup" else ""
    )
    deliver_by = factory.LazyFunction(lambda: clock.today() + timedelta(days=90))
    added_at = LONG_AGO
