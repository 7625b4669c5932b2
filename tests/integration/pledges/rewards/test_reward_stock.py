"""A reward is kept while its donor pays, given when the gift counts, and free again after that."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.giving import (
    BOUNDS,
    SECRET,
    attempt,
    give_back,
    paid,
    pledge,
    refund_facts,
    taken,
    tell,
    tell_chargeback,
    tell_refund,
)
from tests.support.rewards import HOME, state_of, taken_of, wish_for
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.choosing import release_unpaid
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import Address, RewardWish
from voorjebuurt.pledges.rewards.stock import campaigns_with_old_holds, let_go_of_campaign
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.pledges.service import change_pledge


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


@pytest.fixture
def reward(session: Session, campaign: Campaign) -> Reward:
    reward: Reward = RewardFactory(campaign=campaign, stock=1)
    session.flush()
    return reward


def details(amount_cents: int = 5000, name: str = "Noor Visser") -> PledgeDetails:
    email = "noor@voorbeeld.example"
    return PledgeDetails(amount_cents, 200, email, name, True, "", None, address_key(SECRET, email))


def change(session: Session, gift: Pledge, wish: RewardWish | None, cents: int = 5000) -> Pledge:
    return change_pledge(
        session,
        token=gift.token,
        details=details(cents),
        bounds=BOUNDS,
        actor=GUEST,
        reward=wish,
    )


def test_choosing_keeps_nothing_and_paying_does(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    assert (state_of(session, gift), taken_of(session, reward)) == ("wish", 0)
    attempt(session, gift)
    assert (state_of(session, gift), taken_of(session, reward)) == ("hold", 1)


def test_a_gift_that_counts_has_its_reward(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift, _ = paid(session, campaign, reward=wish_for(reward))
    assert (state_of(session, gift), taken_of(session, reward)) == ("grant", 1)
    own = certain(certain(gift_by_token(session, gift.token)).reward)
    assert (own.title, own.state, own.delivered_at) == (reward.title, "grant", None)


def test_the_last_one_is_not_chosen_while_somebody_pays_for_it(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    attempt(session, pledge(session, campaign, reward=wish_for(reward)))
    with pytest.raises(DomainError, match="reward_gone") as refusal:
        pledge(session, campaign, email="bram@voorbeeld.example", reward=wish_for(reward))
    assert refusal.value.field == "reward"


def test_who_chose_before_and_pays_later_is_told_before_paying(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    late = pledge(session, campaign, email="bram@voorbeeld.example", reward=wish_for(reward))
    attempt(session, pledge(session, campaign, reward=wish_for(reward)))
    with pytest.raises(DomainError, match="reward_gone"):
        attempt(session, late)


def test_pressing_again_neither_takes_two_nor_keeps_it_longer(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    attempt(session, gift)
    until = session.get_one(RewardChoice, gift.id).hold_until
    with clock.at(clock.now() + timedelta(minutes=10)):
        attempt(session, gift)
    session.expire_all()
    assert session.get_one(RewardChoice, gift.id).hold_until == until
    assert taken_of(session, reward) == 1


def test_it_is_free_again_when_nobody_paid_in_twenty_minutes(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    slow = pledge(session, campaign, reward=wish_for(reward))
    attempt(session, slow)
    with clock.at(clock.now() + timedelta(minutes=19)):
        assert not campaigns_with_old_holds(session)
    with clock.at(clock.now() + timedelta(minutes=20, seconds=1)):
        quick, _ = paid(session, campaign, email="bram@voorbeeld.example", reward=wish_for(reward))
    assert (state_of(session, slow), state_of(session, quick)) == ("release", "grant")
    assert taken_of(session, reward) == 1


def test_the_sweep_lets_go_what_is_kept_too_long(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    attempt(session, gift)
    with clock.at(clock.now() + timedelta(minutes=21)):
        assert campaigns_with_old_holds(session) == [campaign.id]
        let_go_of_campaign(session, campaign.id)
        assert not campaigns_with_old_holds(session)
    assert (state_of(session, gift), taken_of(session, reward)) == ("release", 0)


def test_what_the_provider_says_is_paid_is_kept_until_it_is_booked(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    payment = tell(session, attempt(session, gift))
    with clock.at(clock.now() + timedelta(hours=2)):
        assert not campaigns_with_old_holds(session)
        book_payment(session, payment_id=payment.id)
    assert state_of(session, gift) == "grant"


@pytest.mark.parametrize("status", ["failed", "canceled", "expired"])
def test_it_is_free_again_when_the_payment_comes_to_nothing(
    session: Session, campaign: Campaign, reward: Reward, status: str
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    payment = tell(session, attempt(session, gift), status)
    release_unpaid(session, pledge_id=payment.pledge_id)
    release_unpaid(session, pledge_id=payment.pledge_id)
    assert (state_of(session, gift), taken_of(session, reward)) == ("release", 0)
    attempt(session, gift)
    assert (state_of(session, gift), taken_of(session, reward)) == ("hold", 1)


def test_the_news_of_an_old_attempt_lets_nothing_go_of_a_new_one(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    tell(session, attempt(session, gift), "failed")
    attempt(session, gift)
    release_unpaid(session, pledge_id=gift.id)
    assert (state_of(session, gift), taken_of(session, reward)) == ("hold", 1)


def test_a_gift_that_is_paid_too_late_for_its_reward_counts_without_it(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    slow = pledge(session, campaign, reward=wish_for(reward))
    payment = attempt(session, slow)
    with clock.at(clock.now() + timedelta(minutes=30)):
        paid(session, campaign, email="bram@voorbeeld.example", reward=wish_for(reward))
        tell(session, payment)
        book_payment(session, payment_id=payment.id)
    assert (slow.status, state_of(session, slow)) == ("booked", "shortage")
    assert taken_of(session, reward) == 1


def test_a_gift_that_is_paid_late_has_what_is_left(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    slow = pledge(session, campaign, reward=wish_for(reward))
    payment = attempt(session, slow)
    with clock.at(clock.now() + timedelta(days=2)):
        let_go_of_campaign(session, campaign.id)
        tell(session, payment)
        book_payment(session, payment_id=payment.id)
    assert (state_of(session, slow), taken_of(session, reward)) == ("grant", 1)


def test_a_gift_that_goes_back_frees_its_reward_and_its_address(
    session: Session, campaign: Campaign
) -> None:
    reward = RewardFactory(campaign=campaign, stock=1, delivery="post")
    gift, _ = paid(session, campaign, reward=wish_for(reward))
    assert session.get_one(RewardChoice, gift.id).street == HOME.street
    give_back(session, gift, RefundReason.DONOR)
    assert (state_of(session, gift), taken_of(session, reward)) == ("release", 0)
    assert session.get_one(RewardChoice, gift.id).street == ""


def test_a_refund_in_the_dashboard_frees_it(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift, payment = paid(session, campaign, reward=wish_for(reward))
    tell_refund(session, payment, refund_facts("refunded"))
    assert (state_of(session, gift), taken_of(session, reward)) == ("release", 0)


def test_a_chargeback_frees_it_and_its_reversal_takes_what_is_left(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift, payment = paid(session, campaign, reward=wish_for(reward))
    tell_chargeback(session, payment, taken())
    assert (state_of(session, gift), taken_of(session, reward)) == ("release", 0)
    tell_chargeback(session, payment, taken(given_back=True))
    assert (state_of(session, gift), taken_of(session, reward)) == ("grant", 1)


def test_what_was_delivered_stays_given(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift, payment = paid(session, campaign, reward=wish_for(reward))
    session.get_one(RewardChoice, gift.id).delivered_at = clock.now()
    session.flush()
    tell_chargeback(session, payment, taken())
    assert (state_of(session, gift), taken_of(session, reward)) == ("grant", 1)


def test_another_choice_or_none_frees_what_was_kept(session: Session, campaign: Campaign) -> None:
    first, second = (RewardFactory(campaign=campaign, stock=1) for _ in range(2))
    gift = pledge(session, campaign, reward=wish_for(first))
    tell(session, attempt(session, gift), "failed")
    assert change(session, gift, wish_for(second)).id == gift.id
    assert (taken_of(session, first), state_of(session, gift)) == (0, "wish")
    change(session, gift, None)
    assert state_of(session, gift) is None


def test_a_gift_of_another_amount_takes_its_own_choice_along(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    tell(session, attempt(session, gift), "failed")
    release_unpaid(session, pledge_id=gift.id)
    other = change(session, gift, wish_for(reward), cents=7000)
    assert other.id != gift.id
    assert state_of(session, other) == "wish"


@pytest.mark.parametrize(
    ("wish", "cents", "code", "field"),
    [
        ({}, 2400, "reward_gift_too_low", "reward"),
        ({"recipient": ""}, 5000, "reward_name_missing", "name"),
        ({"address": Address("", "1234 AB", "Bloemendam")}, 5000, "reward_street_missing", None),
        ({"address": Address("Plein 1", "", "Bloemendam")}, 5000, "reward_postcode_missing", None),
        ({"address": Address("Plein 1", "1234 AB", "")}, 5000, "reward_town_missing", None),
    ],
)
def test_what_is_wrong_with_a_choice_is_told_at_its_field(
    session: Session,
    campaign: Campaign,
    wish: dict[str, Any],
    cents: int,
    code: str,
    field: str | None,
) -> None:
    reward = RewardFactory(campaign=campaign, delivery="post")
    with pytest.raises(DomainError, match=code) as refusal:
        pledge(session, campaign, amount_cents=cents, reward=replace(wish_for(reward), **wish))
    assert refusal.value.field == (field or code.removesuffix("_missing"))


def test_what_is_picked_up_keeps_no_address(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, reward=wish_for(reward))
    choice = session.get_one(RewardChoice, gift.id)
    assert (choice.recipient, choice.street, choice.town) == ("Noor Visser", "", "")


def test_a_reward_of_another_campaign_or_one_that_stopped_is_refused(
    session: Session, campaign: Campaign
) -> None:
    for reward in (
        RewardFactory(),
        RewardFactory(campaign=campaign, stopped_at=clock.now()),
    ):
        with pytest.raises(DomainError, match="reward_gone"):
            pledge(session, campaign, reward=wish_for(reward))


def test_the_database_itself_sells_no_more_than_there_are(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    other = pledge(session, campaign, email="bram@voorbeeld.example", reward=wish_for(reward))
    paid(session, campaign, reward=wish_for(reward))
    statement = update(RewardChoice).where(RewardChoice.pledge_id == other.id)
    with pytest.raises(IntegrityError, match="ck_rewards_stock"), session.begin_nested():
        session.execute(statement.values(state="grant"))


@pytest.mark.parametrize(
    "change", [{"min_cents": 100}, {"title": "Iets anders"}, {"stock": 5}, {"stock": None}]
)
def test_the_database_itself_keeps_what_was_promised(
    session: Session, reward: Reward, change: dict[str, object]
) -> None:
    with (
        pytest.raises(IntegrityError, match="a reward stays as it was promised"),
        session.begin_nested(),
    ):
        session.execute(update(Reward).where(Reward.id == reward.id).values(change))


def test_the_database_itself_refuses_a_reward_for_a_larger_gift(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift = pledge(session, campaign, amount_cents=1000)
    choice = RewardChoice(
        pledge_id=gift.id, reward_id=reward.id, state="grant", chosen_at=clock.now()
    )
    with pytest.raises(IntegrityError, match="large enough"), session.begin_nested():
        session.add(choice)
        session.flush()
