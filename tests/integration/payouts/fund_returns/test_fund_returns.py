"""What is left of a settled fund goes back to its municipality, by two people and the bank."""

from datetime import timedelta
from uuid import UUID

import pytest
from lxml import etree
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.deposits import colleague, fund_paid
from tests.support.factories import payouts as make
from tests.support.factories.matching import closing_fund
from tests.support.giving import balances
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.rules import BANK, PAYOUTS_IN_FLIGHT, fund_free
from voorjebuurt.matching.models import Fund
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fund_returns.execution import execute_return, refuse_return
from voorjebuurt.payouts.fund_returns.queries import fund_rests, fund_returns_in_file
from voorjebuurt.payouts.fund_returns.service import (
    cancel_return,
    propose_return,
    release_return,
)
from voorjebuurt.payouts.models import FundReturn
from voorjebuurt.payouts.queries import bank_file_content
from voorjebuurt.payouts.seals import renew_return_seals
from voorjebuurt.payouts.staff_news import StaffNews, news_for_staff
from voorjebuurt.payouts.waiting import desk_counts

IBAN = "NL91 ABNA 0417 1643 00"


def settled_fund(session: Session, cents: int = 30_000) -> Fund:
    fund: Fund = closing_fund(prepaid=True)
    fund_paid(session, fund_id=fund.id, cents=cents, reference="IN-1")
    fund.status = "settled"
    session.flush()
    return fund


def propose(session: Session, fund: Fund, actor: Actor, iban: str = IBAN) -> UUID:
    return propose_return(
        session,
        fund_id=fund.id,
        holder="Gemeente Waterlanden",
        iban=iban,
        sealer=make.SEALER,
        actor=actor,
    )


def returns_in_news(session: Session) -> list[StaffNews]:
    return [item for item in news_for_staff(session) if item.fact.startswith("fund_return:")]


def test_a_proposal_is_news_for_who_can_release_it_and_counts_until_the_bank_has_it(
    session: Session,
) -> None:
    fund, anna = settled_fund(session), colleague()
    return_id = propose(session, fund, anna)
    (news,) = returns_in_news(session)
    assert (news.kind, news.title, news.amount_cents) == ("payout", fund.name, 30_000)
    assert list(news.not_for) == [anna.person_id]
    assert desk_counts(session).returns == 1
    release_return(session, return_id=return_id, actor=colleague())
    assert returns_in_news(session) == []
    assert desk_counts(session).returns == 1, "it waits for a bank file"
    assert desk_counts(session).any
    cancel_return(session, return_id=return_id, reason="Toch niet.", actor=anna)
    assert desk_counts(session).returns == 0


def released(session: Session, fund: Fund) -> UUID:
    return_id = propose(session, fund, colleague())
    release_return(session, return_id=return_id, actor=colleague())
    return return_id


def exported(session: Session, fund: Fund) -> tuple[UUID, UUID]:
    return_id = released(session, fund)
    file_id = export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=colleague())
    return return_id, file_id


def sound(session: Session) -> bool:
    session.flush()
    return all(check.passed for check in check_books(session, in_flight_max_days=30))


def test_all_that_is_left_goes_back_by_two_people_and_the_bank(session: Session) -> None:
    fund, anna = settled_fund(session), colleague()
    assert [rest.free_cents for rest in fund_rests(session)] == [30_000]
    return_id = propose(session, fund, anna)
    assert fund_rests(session) == []
    with pytest.raises(ForbiddenError, match="own_proposal"):
        release_return(session, return_id=return_id, actor=anna)
    release_return(session, return_id=return_id, actor=colleague())
    assert balances(session, fund_free(fund.id)) == (30_000,)
    file_id = export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=anna)
    assert balances(session, fund_free(fund.id), PAYOUTS_IN_FLIGHT, BANK) == (0, 30_000, 30_000)
    assert sound(session)
    content = bank_file_content(session, file_id, sealer=make.SEALER)
    assert content is not None
    file = etree.fromstring(content)
    values = {element.tag.rpartition("}")[2]: element.text for element in file.iter()}
    assert (values["IBAN"], values["CtrlSum"]) == ("NL91ABNA0417164300", "300.00")
    assert [row.id for row in fund_returns_in_file(session, file_id)] == [return_id]
    execute_return(session, return_id=return_id, executed_on=clock.today(), remark="", actor=anna)
    assert balances(session, fund_free(fund.id), PAYOUTS_IN_FLIGHT, BANK) == (0, 0, 0)
    assert sound(session)


def test_it_goes_into_one_file_with_payouts(session: Session) -> None:
    fund = settled_fund(session)
    return_id = released(session, fund)
    payout = make.payout_in(session, make.payable_campaign(session), "released")
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=colleague())
    row = session.get_one(FundReturn, return_id)
    assert payout.bank_file_id == row.bank_file_id
    assert payout.bank_file_id is not None
    assert balances(session, PAYOUTS_IN_FLIGHT) == (120_000,)
    assert sound(session)


@pytest.mark.parametrize("at_bank", [False, True])
def test_what_the_bank_sends_back_is_free_in_the_fund_again(
    session: Session, at_bank: bool
) -> None:
    fund = settled_fund(session)
    return_id, _ = exported(session, fund)
    if at_bank:
        execute_return(
            session, return_id=return_id, executed_on=clock.today(), remark="", actor=colleague()
        )
    refuse_return(session, return_id=return_id, reason="Rekening is op.", actor=colleague())
    assert balances(session, fund_free(fund.id), PAYOUTS_IN_FLIGHT, BANK) == (30_000, 0, 30_000)
    assert sound(session)
    propose(session, fund, colleague())


def test_only_what_is_left_of_a_fund_where_all_is_decided_goes_back(session: Session) -> None:
    anna = colleague()
    open_fund = closing_fund(prepaid=True)
    fund_paid(session, fund_id=open_fund.id, cents=1_000, reference="IN-1")
    with pytest.raises(DomainError, match="fund_not_settled"):
        propose(session, open_fund, anna)
    empty = closing_fund(prepaid=True)
    empty.status = "settled"
    session.flush()
    with pytest.raises(DomainError, match="nothing_to_return"):
        propose(session, empty, anna)
    fund = settled_fund(session)
    propose(session, fund, anna)
    with pytest.raises(DomainError, match="return_under_way"):
        propose(session, fund, colleague())


def test_a_wrong_account_is_refused_at_the_field(session: Session) -> None:
    fund = settled_fund(session)
    with pytest.raises(DomainError) as error:
        propose(session, fund, colleague(), iban="NL91 ABNA 0417 1643 01")
    assert (error.value.code, error.value.field) == ("iban_invalid", "iban")


def test_what_was_cancelled_can_be_proposed_again(session: Session) -> None:
    fund = settled_fund(session)
    return_id = propose(session, fund, colleague())
    with pytest.raises(DomainError, match="reason_needed"):
        cancel_return(session, return_id=return_id, reason=" ", actor=colleague())
    cancel_return(session, return_id=return_id, reason="Andere rekening.", actor=colleague())
    assert [rest.fund_id for rest in fund_rests(session)] == [fund.id]
    propose(session, fund, colleague())


def test_a_day_before_the_file_or_still_to_come_is_refused(session: Session) -> None:
    fund = settled_fund(session)
    return_id, _ = exported(session, fund)
    for days, code in ((-1, "executed_before_export"), (1, "executed_in_future")):
        with pytest.raises(DomainError, match=code):
            execute_return(
                session,
                return_id=return_id,
                executed_on=clock.today() + timedelta(days=days),
                remark="",
                actor=colleague(),
            )


def test_the_database_refuses_one_person_for_both_steps_and_a_plain_account(
    session: Session,
) -> None:
    propose(session, settled_fund(session), colleague())
    for change, name in (
        ("released_by = proposed_by", "four_eyes"),
        ("sealed_iban = 'NL91ABNA0417164300'", "iban_sealed"),
    ):
        with pytest.raises(IntegrityError, match=name), session.begin_nested():
            session.execute(text(f"UPDATE fund_returns SET {change}"))


def test_a_new_key_seals_its_account_too(session: Session) -> None:
    return_id = propose(session, settled_fund(session), colleague())
    keys = ("another key of at least thirty-two signs", "a key of at least thirty-two characters")
    assert renew_return_seals(session, sealer=Sealer(keys), after=UUID(int=0)) == [return_id]
    row = session.get_one(FundReturn, return_id)
    assert Sealer(keys[:1]).open(row.sealed_iban) == "NL91ABNA0417164300"


@pytest.mark.parametrize(
    "change", ["amount_cents = amount_cents + 1", "status = 'returned'", "status = 'cancelled'"]
)
def test_one_that_is_not_what_left_the_fund_is_named(session: Session, change: str) -> None:
    fund = settled_fund(session)
    return_id, _ = exported(session, fund)
    execute_return(
        session, return_id=return_id, executed_on=clock.today(), remark="", actor=colleague()
    )
    assert sound(session)
    session.execute(text("ALTER TABLE fund_returns DISABLE TRIGGER USER"))
    session.execute(text(f"UPDATE fund_returns SET {change}"))
    results = check_books(session, in_flight_max_days=30)
    assert [result.name for result in results if not result.passed] == ["returns_are_booked"]
