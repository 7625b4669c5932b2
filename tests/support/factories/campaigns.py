"""Campaigns in any state."""

from datetime import timedelta

import factory
from sqlalchemy.orm import object_session

from tests.support.certain import certain
from tests.support.factories.base import Factory
from tests.support.factories.people import LONG_AGO, PersonFactory
from tests.support.factories.places import NeighbourhoodFactory
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.kernel import clock

NEVER_SUBMITTED = (CampaignStatus.DRAFT,)


def _two_lines(row: Campaign, create: bool, value: object, **_: object) -> None:
    """Two budget lines that make € 1,200 together."""
    if create:
        row.budget.append(BudgetLine(position=1, label="Zes bomen", amount_cents=90_000))
        row.budget.append(BudgetLine(position=2, label="Aarde", amount_cents=30_000))
        certain(object_session(row)).flush()


class CampaignFactory(Factory[Campaign]):
    """A whole pitch of € 1,200; ``CampaignFactory(status="live")`` is one that runs.

    Its last day is thirty days from today unless ``deadline_on`` says otherwise.
    """

    class Meta:
        model = Campaign
        exclude = ("neighbourhood", "initiator")

    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    initiator = factory.SubFactory(PersonFactory)

    slug = factory.Sequence(lambda number: f"actie-{number}")
    municipality_id = factory.SelfAttribute("neighbourhood.municipality_id")
    neighbourhood_id = factory.SelfAttribute("neighbourhood.id")
    initiator_id = factory.SelfAttribute("initiator.id")
    group_name = "Buurtgroep De Bloem"
    status = "draft"
    theme = "green"
    title = factory.Sequence(lambda number: f"Bomen op het plein {number}")
    summary = "Het plein is nu grijs en heet. Wij planten bomen."
    for_whom = "Voor de kinderen en ouderen in onze straat."
    location = "Rozenplein"
    story = "Wij willen **zes bomen** planten.\n\nDan is er schaduw in de zomer."
    worse_off = "Er verdwijnt een parkeerplek. Daarover praten wij met de straat."
    leftovers = "Wij kopen er planten van."
    goal_cents = 120_000
    minimum_cents = 100_000
    deadline_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    created_at = LONG_AGO
    submitted_at = factory.LazyAttribute(
        lambda row: None if row.status in NEVER_SUBMITTED else LONG_AGO
    )
    opened_at = factory.LazyAttribute(lambda row: LONG_AGO if row.status in PUBLIC else None)
    closes_at = factory.LazyAttribute(
        lambda row: clock.end_of_day(row.deadline_on) if row.status in PUBLIC else None
    )

    lines = factory.PostGeneration(_two_lines)
