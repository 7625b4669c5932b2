"""Gifts of before there were claims get theirs at the update, and only once."""

import runpy
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt import paths
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import MatchClaim, Pledge

FILE = paths.MIGRATIONS / "versions" / "0024_claim_earlier_gifts.py"


@pytest.fixture
def update(session: Session) -> Callable[[], Sequence[MatchClaim]]:
    """Does what the migration does, here."""
    migration = runpy.run_path(str(FILE))

    def run() -> Sequence[MatchClaim]:
        session.flush()
        for name in ("NAME_DONORS", "MARK_INITIATORS", "CLAIM"):
            session.execute(text(migration[name]))
        session.expire_all()
        return session.scalars(select(MatchClaim).order_by(MatchClaim.seq)).all()

    return run


def gift(campaign: Campaign, *, back: int = 0, **fields: Any) -> Pledge:
    """A gift as it was booked before."""
    pledge = PledgeFactory(campaign=campaign, **fields)
    PaymentFactory(
        pledge=pledge,
        status="paid",
        booked_as="contribution",
        booked_at=pledge.booked_at,
        received_cents=pledge.amount_cents,
        refunded_cents=back,
    )
    return pledge


def test_gifts_that_count_are_claimed_for_what_is_left_of_them(
    session: Session, update: Callable[[], Sequence[MatchClaim]]
) -> None:
    campaign = CampaignFactory(status="live")
    whole, part = gift(campaign), gift(campaign, back=1_000)
    gift(campaign, back=2_500)
    gift(campaign, status="refunded")
    gift(CampaignFactory(status="failed"))
    claims = update()
    assert [(claim.pledge_id, claim.amount_cents) for claim in claims] == [
        (whole.id, 2_500),
        (part.id, 1_500),
    ]
    assert update() == claims


def test_one_address_is_one_donor_and_the_initiator_is_not_matched(
    session: Session, update: Callable[[], Sequence[MatchClaim]]
) -> None:
    campaign = CampaignFactory(status="live")
    initiator = session.get_one(Person, campaign.initiator_id)
    for email in ("els@voorbeeld.example", "Els@voorbeeld.example", initiator.email):
        gift(campaign, email=email)
    claims = update()
    assert len({claim.donor_key for claim in claims}) == 2
    assert [claim.matchable for claim in claims] == [True, True, False]
    assert not any("@" in claim.donor_key for claim in claims)
