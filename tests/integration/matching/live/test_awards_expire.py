"""An award whose campaign does not succeed ends by itself: let go once, and asked for by nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.case_steps import account
from tests.support.factories.towns import Town, town_divided
from voorjebuurt.decisions.accounting.queries import accountings_to_come, accountings_to_determine
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.rulings.preview import possible_kinds
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import fund_free, fund_reserved, payable
from voorjebuurt.matching.funds.queries import fund_row
from voorjebuurt.matching.live.campaign_end import campaigns_to_settle, settle_campaign

CLAIM = 50_000
NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def award(session: Session, *, end: str) -> Town:
    """€ 500 awarded while the campaign ran, which then came to this end."""
    case = town_divided(session, claim=CLAIM, prepaid=True, paid_in=100_000)
    case.campaign.status = "live"
    case.send(session, "award", CLAIM)
    assert case.application.status == "awarded"
    case.campaign.status = end
    session.flush()
    return case


def releases(session: Session) -> int:
    statement = select(func.count()).where(
        LedgerTransaction.kind == BookingKind.MATCH_RELEASED.value
    )
    return session.scalar(statement) or 0


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_an_award_of_a_campaign_that_did_not_succeed_expires(session: Session, end: str) -> None:
    case = award(session, end=end)
    before = releases(session)
    assert campaigns_to_settle(session) == [case.campaign.id]
    for _ in range(2):
        assert settle_campaign(session, campaign_id=case.campaign.id)
    assert case.application.status == "expired"
    assert (case.match(session).status, case.match(session).net_cents) == ("released", 0)
    assert releases(session) == before + 1
    assert balance(session, fund_reserved(case.application.id)) == 0
    assert balance(session, fund_free(case.fund.id)) == 100_000
    assert balance(session, payable(case.campaign.id)) == 0
    row = fund_row(session, case.fund.id)
    assert row is not None
    assert row.net_cents == 0
    assert campaigns_to_settle(session) == []


def test_nobody_is_asked_for_anything_after_it(session: Session, tmp_path: Path) -> None:
    case = award(session, end="failed")
    settle_campaign(session, campaign_id=case.campaign.id)
    place = case.fund.municipality_id
    assert all_work(session, place) == []
    assert accountings_to_come(session, place) == accountings_to_determine(session, place) == {}
    assert possible_kinds(case.application, live=False) == []
    with pytest.raises(DomainError, match="account_too_early"):
        account(session, case, FolderStorage(tmp_path))


def test_an_award_that_was_let_go_before_expires_with_the_next_sweep(session: Session) -> None:
    """Of campaigns that ended before awards could expire the money was let go already."""
    case = award(session, end="failed")
    settle_campaign(session, campaign_id=case.campaign.id)
    case.application.status = "awarded"
    session.flush()
    before = releases(session)
    assert campaigns_to_settle(session) == [case.campaign.id]
    settle_campaign(session, campaign_id=case.campaign.id)
    assert (case.application.status, releases(session)) == ("expired", before)


def test_a_campaign_that_succeeds_keeps_its_award(session: Session) -> None:
    case = award(session, end="succeeded")
    settle_campaign(session, campaign_id=case.campaign.id)
    assert (case.application.status, case.match(session).status) == ("awarded", "committed")
