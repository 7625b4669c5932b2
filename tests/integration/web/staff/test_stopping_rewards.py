"""Staff take a reward off a page that may not offer it."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.rewards import RewardFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import plain, rows
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel.db import Database

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def reward(committing: Committing) -> Reward:
    with committing():
        return RewardFactory(title="Iets dat niet mag")


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        person = with_role(session, "staff", "Anna Bakker")
        person.locale = "en"
    return signed_in(person)


def test_a_reward_is_stopped_with_a_reason(
    staff: FlaskClient, client: FlaskClient, reward: Reward, fresh_database: Database
) -> None:
    address = f"/beheer/acties/{reward.campaign_id}/beloningen"
    answer = staff.post(address, data={"reward": str(reward.id), "reason": ""}, headers=ENGLISH)
    assert "Enter a reason." in plain(answer.text)
    for _ in range(2):
        data = {"reward": str(reward.id), "reason": "Dit is drank."}
        staff.post(address, data=data, headers=ENGLISH)
    (row,) = rows(fresh_database, Reward)
    assert row.stopped_at is not None
    with fresh_database.reading() as session:
        slug = session.get_one(Campaign, reward.campaign_id).slug
    assert "Iets dat niet mag" not in client.get(f"/acties/{slug}").text
    words = plain(staff.get(address, headers=ENGLISH).text)
    assert "There is no reward that can be stopped." in words
