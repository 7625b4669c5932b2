"""Two windows accept help at once: never more than is asked for."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.needs import NeedFactory, NeedOfferFactory
from voorjebuurt.campaigns.needs.models import Need
from voorjebuurt.campaigns.needs.offers import answer_offer
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError


def test_no_more_is_accepted_than_is_asked_for(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, UUID, Actor, list[UUID]]:
        campaign = CampaignFactory(status="live")
        need = NeedFactory(campaign=campaign, number=5)
        rows = [NeedOfferFactory(need=need, number=1) for _ in range(12)]
        session.flush()
        initiator = Actor("person", campaign.initiator_id)
        return campaign.id, need.id, initiator, [row.id for row in rows]

    campaign_id, need_id, initiator, offer_ids = build(scene)
    deeds: list[Callable[[], object]] = [
        alone(
            partial(
                answer_offer,
                campaign_id=campaign_id,
                offer_id=offer_id,
                accepts=True,
                text="",
                actor=initiator,
            )
        )
        for offer_id in offer_ids
    ]
    results = at_once(*deeds)
    refusals = [result for result in results if isinstance(result, DomainError)]
    assert [error.code for error in refusals] == ["need_full"] * 7
    assert results.count(None) == 5
    with fresh_database.reading() as session:
        assert session.get_one(Need, need_id).taken == 5
