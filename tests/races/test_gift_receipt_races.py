"""Several workers number receipts at once: each gift once, and no number is skipped."""

from sqlalchemy import select

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import paid
from voorjebuurt.kernel.db import Database
from voorjebuurt.pledges.gift_receipts.models import GiftReceipt
from voorjebuurt.pledges.gift_receipts.numbering import number_gift_receipts

GIFTS = 12


def test_numbers_have_no_gap_and_no_double(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        campaign = CampaignFactory(status="live")
        for _ in range(GIFTS):
            paid(session, campaign)

    def number() -> int:
        with fresh_database.writing() as session:
            return number_gift_receipts(session, limit=5)

    counts = without_errors(at_once(*[number] * 4))
    assert sum(counts) == GIFTS
    with fresh_database.reading() as session:
        numbers = session.scalars(select(GiftReceipt.number).order_by(GiftReceipt.number)).all()
    assert numbers == list(range(1, GIFTS + 1))
