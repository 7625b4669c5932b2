"""Rewards of every kind, chosen with gifts in every state, for the pages that show them."""

from typing import Any

from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_NAME, LONG_TITLE, LONG_WORD, MILLIONS, Values
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rewards import RewardFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import ChoiceState


def reward_values(session: Session, campaigns: dict[Any, Campaign]) -> dict[str, list[Values]]:
    """Some left, all gone, stopped, without a limit; to be picked up and to be sent."""
    by_state = {str(state): campaign for state, campaign in campaigns.items()}
    gifts: list[Pledge] = []
    for status in ("draft", "live", "succeeded"):
        campaign = by_state[status]
        long_terms = {"title": LONG_TITLE[:80], "description": LONG_WORD, "campaign": campaign}
        RewardFactory(**long_terms, min_cents=MILLIONS, stock=None, place=LONG_NAME)
        RewardFactory(campaign=campaign, stopped_at=clock.now())
        card = RewardFactory(campaign=campaign, delivery="post", stock=2, min_cents=100)
        if status == "draft":
            continue
        for state in ChoiceState:
            gift = PledgeFactory(
                campaign=campaign,
                name=LONG_NAME,
                status="open" if state in (ChoiceState.WISH, ChoiceState.HOLD) else "booked",
            )
            gifts.append(gift)
            session.add(
                RewardChoice(
                    pledge_id=gift.id,
                    reward_id=card.id,
                    state=state.value,
                    hold_until=clock.now() if state is ChoiceState.HOLD else None,
                    chosen_at=clock.now(),
                    recipient=LONG_NAME,
                    street=LONG_WORD,
                    postcode="1234 AB",
                    town=LONG_WORD,
                    delivered_at=clock.now() if state is ChoiceState.GRANT else None,
                )
            )
            session.flush()
    shortages = [gift for number, gift in enumerate(gifts) if number % len(ChoiceState) == 3]
    editable = [{"campaign_id": by_state[s].id} for s in ("draft", "submitted", "live")]
    public = [{"campaign_id": by_state[s].id} for s in ("live", "succeeded", "failed")]
    return {
        "public.show_gift": [{"token": gift.token} for gift in gifts],
        "public.take_gift_back": [{"token": gift.token} for gift in shortages[:1]],
        "resident.edit_rewards": [*editable, *public[1:]],
        "resident.list_deliveries": public,
        "staff.stop_reward": public,
    }
