"""Needs of campaigns, and offers for them."""

from datetime import UTC, datetime, timedelta

import factory

from tests.support.factories.base import Factory
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import LONG_AGO
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_token, token_hash


class NeedFactory(Factory[Need]):
    """Eight pairs of hands on a day in a month."""

    class Meta:
        model = Need
        exclude = ("campaign",)

    campaign = factory.SubFactory(CampaignFactory, status="live")
    campaign_id = factory.SelfAttribute("campaign.id")
    kind = "hands"
    title = factory.Sequence(lambda number: f"Helpen planten {number}")
    number = 8
    on_day = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    added_at = LONG_AGO


class NeedOfferFactory(Factory[NeedOffer]):
    """Two people who would like to help; their address is confirmed."""

    class Meta:
        model = NeedOffer
        exclude = ("need",)

    need = factory.SubFactory(NeedFactory)
    need_id = factory.SelfAttribute("need.id")
    state = "offer"
    number = 2
    email = factory.Sequence(lambda number: f"helper{number}@voorbeeld.example")
    name = "Bram Bos"
    message = "Wij nemen een schep mee."
    locale = "nl"
    token_hash = factory.LazyFunction(lambda: token_hash(new_token()))
    offered_at = datetime(2026, 2, 1, 10, 0, tzinfo=UTC)
    confirmed_at = factory.LazyAttribute(
        lambda row: None if row.state == "attempt" else datetime(2026, 2, 1, 10, 5, tzinfo=UTC)
    )
