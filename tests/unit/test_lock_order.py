"""What the look at the order of locks calls a fault."""

from uuid import UUID

import pytest

from tests.support.lock_order import Locks

FIRST, SECOND = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        (["campaigns", "applications", "funds", "fund_pots"], None),
        (["campaigns", "campaign_matches", "fund_pots", "campaign_matches"], None),
        (["funds", "campaigns"], "campaigns after funds"),
        (["fund_pots", "applications"], "applications after fund_pots"),
    ],
)
def test_a_fund_comes_after_campaigns(tables: list[str], fault: str | None) -> None:
    locks = Locks()
    *_, last = [locks.take(table, str(n), [UUID(int=n)]) for n, table in enumerate(tables)]
    assert last == fault


def test_campaigns_come_in_the_order_of_their_ids() -> None:
    locks = Locks()
    assert locks.take("campaigns", "b", [SECOND]) is None
    assert locks.take("campaigns", "a", [FIRST]) == "a campaign after one with a higher id"
    assert locks.take("campaigns", "b", [SECOND]) is None, "it is locks already"
