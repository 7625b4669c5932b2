"""Gifts as rows, for screens and queries; the real way is tested with the payments."""

from datetime import UTC, datetime

import factory

from tests.support.factories.base import Factory
from tests.support.factories.campaigns import CampaignFactory
from voorjebuurt.kernel.ids import new_token
from voorjebuurt.pledges.models import HiddenWords, Pledge


class PledgeFactory(Factory[Pledge]):
    """A booked gift of € 25 by somebody who shows their name."""

    class Meta:
        model = Pledge
        exclude = ("campaign",)

    campaign = factory.SubFactory(CampaignFactory, status="live")
    campaign_id = factory.SelfAttribute("campaign.id")
    municipality_id = factory.SelfAttribute("campaign.municipality_id")
    token = factory.LazyFunction(new_token)
    email = factory.Sequence(lambda number: f"gever{number}@voorbeeld.example")
    name = factory.Sequence(lambda number: f"Gever {number}")
    name_public = True
    locale = "nl"
    amount_cents = 2_500
    tip_cents = 0
    status = "booked"
    created_at = datetime(2026, 2, 1, 10, 0, tzinfo=UTC)
    booked_at = factory.LazyAttribute(
        lambda row: None if row.status == "open" else datetime(2026, 2, 1, 10, 5, tzinfo=UTC)
    )


class HiddenWordsFactory(Factory[HiddenWords]):
    """A message that staff keep off the page."""

    class Meta:
        model = HiddenWords
        exclude = ("pledge",)

    pledge_id = factory.SelfAttribute("pledge.id")
    part = "message"
    reason = "Dit kwetst iemand."
    hidden_at = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
