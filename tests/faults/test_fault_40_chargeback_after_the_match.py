"""Fault 40: a bank takes a gift back, and the campaign is below its goal after all was decided.

An amount that two officers decided stays, and one of them gets a task: it can be determined lower.
What a live fund awarded follows from its rule: before it is paid out it is computed again.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held, payable
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.pledges.models import CampaignMatch


@pytest.mark.parametrize("make_fund", [open_fund, closing_fund])
def test_fault_40_chargeback_after_the_match_was_decided(
    world: World, make_fund: Callable[[], Fund]
) -> None:
    campaign = world.campaign(minimum_cents=3_000, goal_cents=9_000)
    with world.database.writing() as session, building_in(session):
        application_id = ApplicationFactory(fund=make_fund(), campaign=campaign).id
    donor = world.paid(campaign)
    world.paid(campaign, cents=3_000)
    world.come(certain(campaign.closes_at) + timedelta(minutes=5))
    assert world.status(campaign.id) == "succeeded"
    with world.database.writing() as session:
        pots.award_match(
            session, application_id=application_id, cents=4_000, key="award", actor=SYSTEM
        )
    world.sandbox.charge_back(certain(world.payment(donor).provider_id))
    world.come(certain(campaign.closes_at) + timedelta(hours=2))

    assert world.status(campaign.id) == "succeeded"
    with world.database.reading() as session:
        match = session.get_one(CampaignMatch, application_id)
        by_rule = make_fund is open_fund
        assert (match.status, match.match_cents) == ("committed", 3_000 if by_rule else 4_000)
        # € 80 of the crowd and the match, less what the bank took with the tip's share.
        assert balance(session, payable(campaign.id)) == (6_000 if by_rule else 7_000)
        assert balance(session, held(campaign.id)) == 0
    mails = [
        "campaign_won",
        "payee_asked",
        "crowd_changed",
        "gift_charged_back",
        *["receipt", "campaign_won_donor"] * 2,
        *(["match_amount_fixed"] * 2 + ["accounting_asked"] if make_fund is open_fund else []),
    ]
    looked_at = [] if make_fund is open_fund else ["match_after_decision"]
    assert_sound(world, mails=mails, alerts=["chargeback", *looked_at])
