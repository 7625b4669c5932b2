"""Who gets money back reads that the reward which was chosen with it goes too."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.giving import (
    give_back,
    own_refund,
    paid,
    refund_facts,
    taken,
    tell_chargeback,
    tell_refund,
)
from tests.support.near_misses import ask, finish, in_time, nearly
from tests.support.rewards import wish_for
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import render
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.near_miss import mails
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rules import Answer
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rules import RefundReason


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


@pytest.fixture
def reward(session: Session, campaign: Campaign) -> Reward:
    reward: Reward = RewardFactory(campaign=campaign, stock=5, title="Een zelfgebakken taart")
    session.flush()
    return reward


def text_of(session: Session, template: str) -> str:
    session.flush()
    statement = select(MailMessage).where(MailMessage.template == template)
    message = session.scalars(statement).one()
    _, text, _ = render(
        template,
        locale=message.locale,
        platform_name="Voor je Buurt",
        base_url="https://site.example",
        context=message.context,
    )
    return text


GONE = "U koos een beloning bij uw gift: Een zelfgebakken taart. Die vervalt."


def test_both_mails_of_a_refund_name_the_reward_that_goes_too(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift, payment = paid(session, campaign, reward=wish_for(reward))
    give_back(session, gift, RefundReason.DONOR_CHOICE)
    tell_refund(session, payment, refund_facts("refunded", refund=own_refund(session, payment)))
    assert GONE in text_of(session, "refund_asked").replace("**", "")
    assert GONE in text_of(session, "refunded").replace("**", "")


def test_what_a_bank_takes_takes_the_reward_along(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    _, payment = paid(session, campaign, reward=wish_for(reward))
    tell_chargeback(session, payment, taken())
    assert GONE in text_of(session, "gift_charged_back").replace("**", "")


def test_who_chose_none_or_keeps_it_reads_nothing_of_it(
    session: Session, campaign: Campaign, reward: Reward
) -> None:
    gift, _ = paid(session, campaign)
    give_back(session, gift, RefundReason.DONOR_CHOICE)
    assert "beloning" not in text_of(session, "refund_asked")
    _, keeper = paid(session, campaign, email="bram@buurt.example", reward=wish_for(reward))
    tell_chargeback(session, keeper, taken(cents=1_000))
    assert "beloning" not in text_of(session, "gift_charged_back")


def test_who_kept_a_gift_for_a_changed_plan_reads_of_the_reward(session: Session) -> None:
    case = nearly(session)
    reward = RewardFactory(campaign=case.campaign, title="Een zelfgebakken taart")
    session.flush()
    choice: dict[str, Any] = {"state": "grant", "chosen_at": clock.now(), "recipient": "Noor"}
    session.add(RewardChoice(pledge_id=case.first.id, reward_id=reward.id, **choice))
    ask(session, case)
    for gift in (case.first, case.second):
        with clock.at(in_time(case)):
            answer_gift(session, token=gift.token, answer=Answer.KEEP, actor=GUEST)
    assert finish(session, case)
    near_miss = session.scalars(select(NearMiss)).one()
    for gift in (case.first, case.second):
        mails.kept(session, pledge=gift, campaign=case.campaign, near_miss=near_miss)
    first, second = mails_of(session, "near_miss_kept")
    assert {"Een zelfgebakken taart" in words_of(each) for each in (first, second)} == {True, False}
