"""Many at one pot, with real commits: the ceiling holds to the cent."""

from uuid import UUID

import pytest
from sqlalchemy import text

from tests.support.at_once import at_once, without_errors
from tests.support.deposits import fund_paid
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.pots import service as pots

CEILING = 100_000


def applications(
    database: Database, number: int, *, prepaid: bool = False, status: str = "live"
) -> list[UUID]:
    """Applications of as many campaigns to one fund of € 1,000."""
    with database.writing() as session, building_in(session):
        fund = closing_fund(prepaid=prepaid)
        if prepaid:
            fund_paid(session, fund_id=fund.id, cents=CEILING, reference="IN")
        return [
            ApplicationFactory(fund=fund, campaign=CampaignFactory(status=status)).id
            for _ in range(number)
        ]


def state(database: Database) -> dict[str, int]:
    """What the pot, its moves, the matches and the ledger say."""
    statements = {
        "taken": "SELECT taken_cents FROM fund_pots",
        "moves": "SELECT coalesce(sum(cents), 0) FROM pot_moves",
        "matches": "SELECT coalesce(sum(match_cents), 0) FROM campaign_matches",
        "payable": "SELECT coalesce(sum(b.balance_cents), 0) FROM ledger_balances b"
        " JOIN ledger_accounts a ON a.id = b.account_id WHERE a.base = 'payable'",
        "reserved": "SELECT coalesce(sum(b.balance_cents), 0) FROM ledger_balances b"
        " JOIN ledger_accounts a ON a.id = b.account_id WHERE a.base = 'fund_reserved'",
    }
    with database.reading() as session:
        return {name: int(session.scalar(text(sql)) or 0) for name, sql in statements.items()}


@pytest.mark.parametrize("prepaid", [False, True])
def test_two_hundred_reservations_at_once_never_pass_the_ceiling(
    fresh_database: Database, prepaid: bool
) -> None:
    """Two hundred ask € 9 each of € 1,000, eight at a time: 111 get it, and a cent is not lost."""
    asking = applications(fresh_database, 8, prepaid=prepaid)
    refusals: list[str] = []

    def ask(worker: int) -> int:
        successes = 0
        for number in range(25):
            try:
                with fresh_database.writing() as session:
                    successes += pots.move(
                        session,
                        application_id=asking[(worker + number) % len(asking)],
                        kind="reserve",
                        key=f"{worker}:{number}",
                        cents=900,
                        actor=SYSTEM,
                    )
            except DomainError as error:
                refusals.append(error.code)
        return successes

    results = at_once(*[lambda n=n: ask(n) for n in range(8)])
    assert sum(without_errors(results)) == 111
    assert refusals == ["ceiling_reached"] * 89
    sums = state(fresh_database)
    assert sums["taken"] == sums["moves"] == sums["matches"] == 99_900
    assert sums["reserved"] == (99_900 if prepaid else 0)


def test_two_officers_at_once_never_pass_the_ceiling(fresh_database: Database) -> None:
    first, other = applications(fresh_database, 2, status="succeeded")

    def award(application_id: UUID) -> str:
        with fresh_database.writing() as session:
            pots.award_match(
                session,
                application_id=application_id,
                cents=60_000,
                key=f"award:{application_id}",
                actor=SYSTEM,
            )
        return "awarded"

    results = at_once(lambda: award(first), lambda: award(other))
    assert results.count("awarded") == 1
    refusal = next(result for result in results if isinstance(result, DomainError))
    assert (refusal.code, refusal.values) == ("ceiling_reached", {"left_cents": 40_000})
    assert state(fresh_database)["payable"] == 60_000


def test_one_award_made_by_two_workers_at_once_is_booked_once(fresh_database: Database) -> None:
    (application_id,) = applications(fresh_database, 1, status="succeeded")

    def award() -> str:
        with fresh_database.writing() as session:
            pots.award_match(
                session, application_id=application_id, cents=50_000, key="award", actor=SYSTEM
            )
        return "awarded"

    assert at_once(*[award] * 4) == ["awarded"] * 4
    sums = state(fresh_database)
    assert sums["payable"] == sums["taken"] == 50_000


def test_award_and_release_at_once_leave_one_of_both(fresh_database: Database) -> None:
    (application_id,) = applications(fresh_database, 1, status="succeeded", prepaid=True)

    def award() -> None:
        with fresh_database.writing() as session:
            pots.award_match(
                session, application_id=application_id, cents=50_000, key="award", actor=SYSTEM
            )

    def release() -> None:
        with fresh_database.writing() as session:
            pots.release_match(session, application_id=application_id, actor=SYSTEM)

    results = at_once(award, release)
    assert sum(isinstance(result, Exception) for result in results) == 1
    sums = state(fresh_database)
    assert sums["taken"] == sums["payable"] in (0, 50_000)
    assert sums["reserved"] == 0
