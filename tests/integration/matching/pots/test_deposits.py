"""Money on the bank statement is booked, and taken out of the books, by two people."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.deposits import colleague, fund_paid, paid_back
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund
from tests.support.factories.people import RoleGrantFactory
from tests.support.giving import alerts, balances
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import Application, Fund, FundDeposit
from voorjebuurt.matching.pots import corrections, deposits
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.matching.pots.deposit_entries import enter_fund_deposit
from voorjebuurt.matching.pots.deposit_queries import deposit, waiting_deposit_count
from voorjebuurt.payouts.match_checks import check_matches
from voorjebuurt.payouts.staff_news import news_for_staff
from voorjebuurt.pledges.models import CampaignMatch

CEILING = 100_000


def enter(
    session: Session, fund: Fund, actor: Actor, cents: int = 40_000, reference: str = "IN-1"
) -> UUID:
    return enter_fund_deposit(
        session,
        fund_id=fund.id,
        cents=cents,
        reference=reference,
        received_on=clock.today(),
        actor=actor,
    )


def taken_back(session: Session, deposit_id: UUID) -> None:
    asker, other = colleague(), colleague()
    deposits.dispute_deposit(
        session, deposit_id=deposit_id, reason="Van een ander fonds.", actor=asker
    )
    deposits.reverse_deposit(session, deposit_id=deposit_id, actor=other)


def awarded(session: Session, fund: Fund, cents: int) -> Application:
    application: Application = ApplicationFactory(
        fund=fund, campaign=CampaignFactory(status="succeeded")
    )
    key = f"award:{application.id}"
    pots.award_match(session, application_id=application.id, cents=cents, key=key, actor=SYSTEM)
    return application


def status(session: Session, application: Application) -> str:
    session.flush()
    return session.get_one(CampaignMatch, application.id, populate_existing=True).status


def sound(session: Session) -> bool:
    return all(result.passed for result in check_matches(session))


def test_who_entered_it_does_not_book_it_and_nothing_is_booked_before(session: Session) -> None:
    fund, anna, bram = closing_fund(prepaid=True), colleague(), colleague()
    deposit_id = enter(session, fund, anna)
    assert balances(session, BANK, fund_free(fund.id)) == (0, 0)
    with pytest.raises(ForbiddenError, match="own_deposit"):
        deposits.book_deposit(session, deposit_id=deposit_id, actor=anna)
    deposits.book_deposit(session, deposit_id=deposit_id, actor=bram)
    assert balances(session, BANK, fund_free(fund.id)) == (40_000, 40_000)
    with pytest.raises(TransitionError):
        deposits.book_deposit(session, deposit_id=deposit_id, actor=colleague())
    assert sound(session)


def test_whose_role_came_from_who_entered_it_is_no_second_person(session: Session) -> None:
    fund, anna, bram = closing_fund(prepaid=True), colleague(), colleague()
    RoleGrantFactory(
        person_id=bram.person_id,
        role="staff",
        granted_at=clock.now() - timedelta(days=3),
        granted_by=anna.person_id,
    )
    deposit_id = enter(session, fund, anna)
    with pytest.raises(ForbiddenError, match="role_from_deposit_enterer"):
        deposits.book_deposit(session, deposit_id=deposit_id, actor=bram)


def test_the_database_books_no_municipal_money_that_one_person_saw(session: Session) -> None:
    fund, anna = closing_fund(prepaid=True), colleague()
    deposit_id = enter(session, fund, anna)
    entries = [debit(BANK, 40_000), credit(fund_free(fund.id), 40_000)]
    with pytest.raises(IntegrityError, match="no deposit of two people"), session.begin_nested():
        post(
            session,
            kind=BookingKind.FUND_PREPAID,
            key=f"deposit:{deposit_id}:booked",
            entries=entries,
        )
    with pytest.raises(IntegrityError, match="two_people"), session.begin_nested():
        session.execute(
            text(
                "UPDATE fund_deposits SET status = 'booked', booked_at = now(),"
                " booked_by = entered_by"
            )
        )


def test_an_entry_that_is_wrong_is_dismissed_and_its_reference_can_be_entered_again(
    session: Session,
) -> None:
    fund, anna = closing_fund(prepaid=True), colleague()
    deposit_id = enter(session, fund, anna)
    with pytest.raises(DomainError, match="receipt_known"):
        enter(session, fund, anna)
    with pytest.raises(DomainError, match="reason_needed"):
        deposits.dismiss_deposit(session, deposit_id=deposit_id, reason=" ", actor=anna)
    deposits.dismiss_deposit(session, deposit_id=deposit_id, reason="Verkeerd.", actor=anna)
    enter(session, fund, anna)
    assert balances(session, BANK) == (0,)
    assert waiting_deposit_count(session) == 1


def test_more_than_the_ceiling_is_paid_beforehand_only_with_a_reason(session: Session) -> None:
    fund, anna = closing_fund(prepaid=True), colleague()
    fund_paid(session, fund_id=fund.id, cents=CEILING - 1, reference="IN-0")
    with pytest.raises(DomainError) as error:
        enter(session, fund, anna, cents=3)
    assert (error.value.field, error.value.values) == ("above_ceiling", {"above_cents": 2})
    enter(session, fund, anna, cents=1)


def test_a_day_that_is_still_to_come_is_refused_at_the_field(session: Session) -> None:
    fund = closing_fund(prepaid=True)
    with pytest.raises(DomainError) as error:
        enter_fund_deposit(
            session,
            fund_id=fund.id,
            cents=1,
            reference="IN-1",
            received_on=clock.today() + timedelta(days=1),
            actor=colleague(),
        )
    assert (error.value.code, error.value.field) == ("received_in_future", "received_on")


def test_a_booking_is_taken_back_by_two_and_leaves_both_to_be_seen(session: Session) -> None:
    fund = closing_fund(prepaid=True)
    deposit_id = fund_paid(session, fund_id=fund.id, cents=40_000, reference="IN-1")
    asker = colleague()
    with pytest.raises(TransitionError):
        deposits.reverse_deposit(session, deposit_id=deposit_id, actor=asker)
    deposits.dispute_deposit(session, deposit_id=deposit_id, reason="Niet van ons.", actor=asker)
    with pytest.raises(ForbiddenError, match="own_deposit"):
        deposits.reverse_deposit(session, deposit_id=deposit_id, actor=asker)
    assert balances(session, BANK, fund_free(fund.id)) == (40_000, 40_000)
    deposits.reverse_deposit(session, deposit_id=deposit_id, actor=colleague())
    assert balances(session, BANK, fund_free(fund.id)) == (0, 0)
    assert sound(session)
    row = deposit(session, deposit_id)
    assert row is not None
    assert (row.status, row.remark) == ("reversed", "Niet van ons.")
    # What really came in, under the same reference.
    fund_paid(session, fund_id=fund.id, cents=4_000, reference="IN-1")
    assert balances(session, BANK, fund_free(fund.id)) == (4_000, 4_000)


def test_a_booking_that_was_right_stays(session: Session) -> None:
    fund = closing_fund(prepaid=True)
    deposit_id = fund_paid(session, fund_id=fund.id, cents=40_000, reference="IN-1")
    deposits.dispute_deposit(session, deposit_id=deposit_id, reason="Twijfel.", actor=colleague())
    deposits.uphold_deposit(session, deposit_id=deposit_id, actor=colleague())
    assert session.get_one(FundDeposit, deposit_id).status == "booked"
    assert balances(session, BANK) == (40_000,)
    taken_back(session, deposit_id)
    assert balances(session, BANK) == (0,)


def test_money_that_campaigns_have_a_claim_on_is_not_taken_back(session: Session) -> None:
    fund = closing_fund(prepaid=True)
    deposit_id = fund_paid(session, fund_id=fund.id, cents=40_000, reference="IN-1")
    awarded(session, fund, 30_000)
    with pytest.raises(DomainError) as error:
        taken_back(session, deposit_id)
    assert (error.value.code, error.value.values) == ("deposit_spoken_for", {"left_cents": 10_000})


def test_what_the_municipality_did_not_pay_after_all_it_owes_again(session: Session) -> None:
    fund = closing_fund()
    first, second = awarded(session, fund, 10_000), awarded(session, fund, 10_000)
    fund_paid(session, fund_id=fund.id, cents=10_000, reference="G-1")
    mistake = fund_paid(session, fund_id=fund.id, cents=10_000, reference="G-2")
    assert (status(session, first), status(session, second)) == ("received", "received")
    taken_back(session, mistake)
    assert (status(session, first), status(session, second)) == ("received", "committed")
    assert balances(session, municipal_receivable(fund.id), BANK) == (10_000, 10_000)
    assert sound(session)


@pytest.mark.parametrize("prepaid", [True, False])
def test_what_an_initiator_did_not_pay_back_after_all_is_owed_again(
    session: Session, prepaid: bool
) -> None:
    fund = closing_fund(prepaid=prepaid)
    if prepaid:
        fund_paid(session, fund_id=fund.id, cents=30_000, reference="IN-1")
    application = awarded(session, fund, 20_000)
    out = [debit(payable(application.campaign_id), 20_000), credit(BANK, 20_000)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="out", entries=out)
    corrections.claw_back(
        session, application_id=application.id, cents=5_000, key="claw", actor=SYSTEM
    )
    mistake = paid_back(session, application_id=application.id, cents=5_000, reference="TB-1")
    assert balances(session, clawback_receivable(application.id)) == (0,)
    taken_back(session, mistake)
    assert balances(session, clawback_receivable(application.id)) == (5_000,)
    assert sound(session)


def test_what_waits_is_news_for_everybody_of_staff_but_who_entered_it(session: Session) -> None:
    fund, anna = closing_fund(prepaid=True), colleague()
    deposit_id = enter(session, fund, anna)
    (news,) = [item for item in news_for_staff(session) if item.kind == "deposit"]
    assert (news.title, news.amount_cents) == (fund.name, 40_000)
    assert list(news.not_for) == [anna.person_id]
    deposits.book_deposit(session, deposit_id=deposit_id, actor=colleague())
    assert [item for item in news_for_staff(session) if item.kind == "deposit"] == []


def of_one_place() -> tuple[Fund, Fund]:
    """Two funds of one municipality."""
    first = closing_fund(prepaid=True)
    second = closing_fund(prepaid=True, municipality=None, municipality_id=first.municipality_id)
    return first, second


def part(
    session: Session, fund: Fund, cents: int, line_cents: int | None, actor: Actor | None = None
) -> UUID:
    return enter_fund_deposit(
        session,
        fund_id=fund.id,
        cents=cents,
        reference="IN-1",
        received_on=clock.today(),
        line_cents=line_cents,
        actor=actor or colleague(),
    )


def test_one_line_of_the_statement_is_not_entered_for_two_funds(session: Session) -> None:
    first, second = of_one_place()
    deposit_id = enter(session, first, colleague())
    with pytest.raises(DomainError) as error:
        enter(session, second, colleague())
    assert (error.value.code, error.value.field) == ("line_entered_elsewhere", "reference")
    with pytest.raises(DomainError, match="line_entered_elsewhere"):
        part(session, second, 10_000, 50_000)
    enter(session, closing_fund(prepaid=True), colleague())
    deposits.dismiss_deposit(session, deposit_id=deposit_id, reason="Verdeeld.", actor=colleague())
    enter(session, second, colleague())


def test_a_line_that_is_divided_adds_up(session: Session) -> None:
    first, second = of_one_place()
    with pytest.raises(DomainError, match="line_not_divided"):
        part(session, first, 40_000, 40_000)
    deposit_id = part(session, first, 30_000, 50_000)
    for cents, line_cents, code in (
        (20_000, 60_000, "line_differs"),
        (20_000, None, "line_differs"),
        (20_001, 50_000, "line_parts_too_high"),
    ):
        with pytest.raises(DomainError, match=code):
            part(session, second, cents, line_cents)
    other_id = part(session, second, 20_000, 50_000)
    for each in (deposit_id, other_id):
        deposits.book_deposit(session, deposit_id=each, actor=colleague())
    assert balances(session, BANK) == (50_000,)
    row = deposit(session, other_id)
    assert row is not None
    assert row.line_cents == 50_000
    assert sound(session)


def test_the_database_lets_no_line_be_more_than_it_is(session: Session) -> None:
    first, second = of_one_place()
    part(session, first, 30_000, 50_000)
    copy = text(
        "INSERT INTO fund_deposits (id, kind, status, fund_id, municipality_id, cents, line_cents,"
        " reference, received_on, entered_at, entered_by)"
        " SELECT gen_random_uuid(), kind, status, :fund, municipality_id, :cents, line_cents,"
        " reference, received_on, entered_at, entered_by FROM fund_deposits"
    )
    with pytest.raises(IntegrityError, match="for more than it is"), session.begin_nested():
        session.execute(copy, {"fund": second.id, "cents": 20_001})
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE fund_deposits SET line_cents = 90000"))
    session.execute(copy, {"fund": second.id, "cents": 20_000})


@pytest.mark.parametrize("is_paid_out", [True, False])
def test_arrears_that_are_taken_back_after_the_payout_are_an_alert(
    session: Session, *, is_paid_out: bool
) -> None:
    fund = closing_fund()
    application = awarded(session, fund, 40_000)
    deposit_id = fund_paid(session, fund_id=fund.id, cents=40_000, reference="TB-1")
    assert status(session, application) == "received"
    if is_paid_out:
        post(
            session,
            kind=BookingKind.PAYOUT_EXPORTED,
            key=f"test:{application.id}",
            entries=[debit(payable(application.campaign_id), 40_000), credit(BANK, 40_000)],
            campaign_id=application.campaign_id,
        )
    taken_back(session, deposit_id)
    assert status(session, application) == "committed"
    assert alerts(session) == (["match_not_covered"] if is_paid_out else [])
