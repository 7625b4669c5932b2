"""Many donors want the same reward in the same moment: never more than there are."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.giving import attempt, paid, pledge, tell
from tests.support.rewards import wish_for
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.rewards.service import stop_reward
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.closing import return_contribution
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.tasks import let_go
from voorjebuurt.pledges.rules import RefundReason

DONORS = 200
STOCK = 10
AT_ONCE = 20
"""As many connections as the site has threads; the others wait for theirs, as they would there."""


@pytest.fixture
def scene(fresh_database: Database) -> tuple[Campaign, Reward]:
    with fresh_database.writing() as session, building_in(session):
        campaign = CampaignFactory(status="live", minimum_cents=5000)
        return campaign, RewardFactory(campaign=campaign, stock=STOCK)


def states(database: Database) -> Counter[str]:
    with database.reading() as session:
        return Counter(session.scalars(select(RewardChoice.state)))


def taken(database: Database, reward: Reward) -> int:
    with database.reading() as session:
        return session.get_one(Reward, reward.id).taken


def press(database: Database, gift: Pledge) -> str:
    """Press the button to pay; whether the reward was still there."""
    try:
        with database.writing() as session:
            attempt(session, gift)
    except DomainError as error:
        return error.code
    return "paying"


def test_two_hundred_at_once_for_ten(
    fresh_database: Database, scene: tuple[Campaign, Reward]
) -> None:
    campaign, reward = scene
    gifts = []
    for number in range(DONORS):
        with fresh_database.writing() as session:
            email = f"gever{number}@voorbeeld.example"
            gifts.append(pledge(session, campaign, email=email, reward=wish_for(reward)))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = Counter(pool.map(partial(press, fresh_database), gifts))
    assert results == {"paying": STOCK, "reward_gone": DONORS - STOCK}
    assert states(fresh_database) == {"hold": STOCK, "wish": DONORS - STOCK}
    assert taken(fresh_database, reward) == STOCK


def test_payments_that_come_after_their_hold_share_what_is_left(
    fresh_database: Database, scene: tuple[Campaign, Reward]
) -> None:
    """Ten were kept and let go; all twenty are paid, in the same moment."""
    campaign, reward = scene
    payments = []
    for _ in range(2):
        for number in range(STOCK):
            with fresh_database.writing() as session:
                email = f"gever{number}@voorbeeld.example"
                gift = pledge(session, campaign, email=email, reward=wish_for(reward))
                payments.append(attempt(session, gift))
        with fresh_database.writing() as session, clock.at(clock.now() + timedelta(hours=1)):
            let_go(session, campaign.id)
    for payment in payments:
        with fresh_database.writing() as session:
            tell(session, payment)

    def book(payment_id: UUID) -> None:
        with fresh_database.writing() as session:
            book_payment(session, payment_id=payment_id)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(book, [payment.id for payment in payments]))
    assert states(fresh_database) == {"grant": STOCK, "shortage": STOCK}
    assert taken(fresh_database, reward) == STOCK


def test_giving_back_letting_go_paying_and_stopping_meet(
    fresh_database: Database, scene: tuple[Campaign, Reward]
) -> None:
    """No deadlock, whatever waits for whatever; and what is counted is what is there."""
    campaign, reward = scene
    stopper = Actor("person", campaign.initiator_id)

    def run(work: Callable[..., object]) -> Callable[[], object]:
        def deed() -> object:
            with fresh_database.writing() as session:
                return work(session)

        return deed

    for number in range(4):
        with fresh_database.writing() as session:
            back, _ = paid(session, campaign, reward=wish_for(reward))
            waiting = pledge(session, campaign, reward=wish_for(reward))
            coming = tell(
                session, attempt(session, pledge(session, campaign, reward=wish_for(reward)))
            )
        deeds = [
            run(
                partial(
                    return_contribution,
                    pledge_id=back.id,
                    reason=RefundReason.DONOR,
                    actor=SYSTEM,
                )
            ),
            run(partial(take_back, token=back.token, actor=GUEST)),
            run(partial(attempt, pledge=waiting)),
            run(partial(book_payment, payment_id=coming.id)),
            run(lambda session: let_go(session, campaign.id)),
        ]
        if number == 3:
            stop = partial(stop_reward, campaign_id=campaign.id, reward_id=reward.id, actor=stopper)
            deeds.append(run(stop))
        results = at_once(*deeds)
        assert not [result for result in results if "deadlock" in str(result)]
    with fresh_database.reading() as session:
        rows = session.scalars(select(RewardChoice.state)).all()
    assert taken(fresh_database, reward) == sum(state in ("hold", "grant") for state in rows)
