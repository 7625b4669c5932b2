"""Fault 39: two gifts, or two officers, reach for the last of a fund's money at once."""

from itertools import chain
from uuid import UUID

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from tests.support.live_funds import cents
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application, FundPot
from voorjebuurt.matching.pots import service as pots


def applications(world: World, campaigns: list[Campaign], ceiling: int) -> tuple[UUID, list[UUID]]:
    """Admitted applications of these campaigns to one live fund."""
    with world.database.writing() as session, building_in(session):
        fund = open_fund({"ceiling_cents": ceiling})
        return fund.id, [
            ApplicationFactory(fund=fund, campaign=campaign).id for campaign in campaigns
        ]


def test_fault_39_two_gifts_at_once(world: World) -> None:
    """Of € 60 that are left, two gifts of € 50 get € 50 and € 10."""
    campaigns = [world.campaign(), world.campaign()]
    fund_id, application_ids = applications(world, campaigns, 6_000)
    donors = [world.giving(campaign) for campaign in campaigns]
    for donor in donors:
        world.sandbox.pay(donor.checkout())
    at_once(world.work_and_report, world.work_and_report)
    world.work()
    with world.database.reading() as session:
        pot = session.get_one(FundPot, fund_id)
        matches = [
            cents(session, session.get_one(Application, application_id))
            for application_id in application_ids
        ]
        assert (pot.taken_cents, sorted(chain(*matches))) == (6_000, [1_000, 5_000])
    assert_sound(world, mails=["receipt"] * 2)


def test_fault_39_two_officers_at_once(world: World) -> None:
    """Both award € 50 of the € 60 that are left: one is told that € 10 is all there is."""
    campaigns = [world.campaign(), world.campaign()]
    fund_id, application_ids = applications(world, campaigns, 6_000)

    def award(application_id: UUID) -> str:
        with world.database.writing() as session:
            pots.award_match(
                session,
                application_id=application_id,
                cents=5_000,
                key=f"award:{application_id}",
                actor=SYSTEM,
            )
        return "awarded"

    results = at_once(
        *[
            lambda application_id=application_id: award(application_id)
            for application_id in application_ids
        ]
    )
    world.work()
    assert results.count("awarded") == 1
    (refusal,) = [result for result in results if isinstance(result, DomainError)]
    assert (refusal.code, refusal.values) == ("ceiling_reached", {"left_cents": 1_000})
    with world.database.reading() as session:
        assert session.get_one(FundPot, fund_id).taken_cents == 5_000
    assert_sound(world)
