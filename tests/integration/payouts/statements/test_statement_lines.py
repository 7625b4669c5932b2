"""The lines of a campaign's money are the ledger's, to the cent, in every state."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import close, give_back, paid, taken, tell_chargeback
from tests.support.promised import from_the_start
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ledger.kinds import BookingKind as Kind
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import chargeback_receivable, held, payable
from voorjebuurt.payouts.bank_files import return_payout
from voorjebuurt.payouts.statements.queries import Statement, statement_of


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5_000, goal_cents=20_000)


def lines(statement: Statement) -> dict[Kind, tuple[int, int]]:
    return {line.kind: (line.number, line.cents) for line in statement.lines}


def agreeing(session: Session, campaign: Campaign) -> Statement:
    """The statement, held against the balances of the campaign's accounts."""
    statement = statement_of(session, campaign.id)
    on_accounts = balance(session, held(campaign.id)) + balance(session, payable(campaign.id))
    assert statement.rest_cents == on_accounts
    assert statement.money_cents - statement.payout_cents == statement.rest_cents
    return statement


def test_gifts_without_what_was_extra_for_the_platform(
    session: Session, campaign: Campaign
) -> None:
    paid(session, campaign, amount_cents=5_001)
    paid(session, campaign, amount_cents=2_500, email="ali@voorbeeld.example")
    statement = agreeing(session, campaign)
    assert lines(statement) == {Kind.PAYMENT_PAID: (2, 7_501)}
    assert statement.money_cents == 7_501


def test_what_went_back_and_what_a_bank_took(session: Session, campaign: Campaign) -> None:
    gift, _ = paid(session, campaign)
    _, payment = paid(session, campaign, email="ali@voorbeeld.example")
    paid(session, campaign, email="bo@voorbeeld.example")
    give_back(session, gift)
    tell_chargeback(session, payment, taken())
    statement = agreeing(session, campaign)
    assert lines(statement) == {
        Kind.PAYMENT_PAID: (3, 15_000),
        Kind.REFUND_ASKED: (1, -5_000),
        Kind.CHARGEBACK: (1, -5_000),
    }
    assert statement.money_cents == 5_000


def test_the_success_adds_and_takes_nothing(session: Session, campaign: Campaign) -> None:
    paid(session, campaign)
    before = agreeing(session, campaign)
    close(session, campaign)
    assert agreeing(session, campaign) == before


def test_a_campaign_that_failed_has_nothing_left(session: Session, campaign: Campaign) -> None:
    with from_the_start(session):
        campaign.minimum_cents = 20_000
    gift, _ = paid(session, campaign)
    close(session, campaign, wins=False)
    session.refresh(gift)
    assert agreeing(session, campaign).money_cents in (0, 5_000)
    assert agreeing(session, campaign).payout_cents == 0


@pytest.mark.parametrize(
    ("status", "number", "out"),
    [("proposed", 0, 0), ("released", 0, 0), ("exported", 1, 90_000), ("executed", 1, 90_000)],
)
def test_a_payout_stands_on_it_from_the_bank_file_on(
    session: Session, status: str, number: int, out: int
) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, status)
    statement = agreeing(session, case.campaign)
    assert (len(statement.payouts), statement.payout_cents) == (number, out)
    assert statement.rest_cents == 90_000 - out
    assert statement.money_cents == 90_000
    for row in statement.payouts:
        assert (row.reference, row.amount_cents) == (payout.end_to_end_id, 90_000)
        assert row.iban_mask.startswith("NL91")
        assert "ABNA" not in row.iban_mask
        assert (row.executed_on is not None) == (status == "executed")


def test_a_payout_that_came_back_is_owed_again(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "executed")
    return_payout(session, payout_id=payout.id, reason="AC04", actor=case.anna)
    session.flush()
    statement = agreeing(session, case.campaign)
    assert lines(statement)[Kind.PAYOUT_RETURNED] == (1, 90_000)
    assert (statement.payout_cents, statement.rest_cents) == (0, 90_000)
    assert [row.status for row in statement.payouts] == ["returned"]
    assert statement.payouts[0].returned_at is not None


def test_what_a_bank_took_after_the_payout_stands_apart(
    session: Session, campaign: Campaign
) -> None:
    _, payment = paid(session, campaign)
    paid(session, campaign, email="ali@voorbeeld.example")
    close(session, campaign)
    initiator = Actor("person", campaign.initiator_id)
    staff = [make.actor(make.person(session, name), "staff") for name in ("Anna", "Bram")]
    case = make.Payable(campaign, initiator, *staff)
    with clock.at(clock.now()):
        make.payout_in(session, case, "executed")
    tell_chargeback(session, payment, taken())
    statement = agreeing(session, campaign)
    assert statement.receivable_cents == balance(session, chargeback_receivable(campaign.id)) > 0
    assert statement.payout_cents == 10_000
