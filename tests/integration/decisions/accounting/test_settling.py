"""After the award: accounting, determination, withdrawal, and money that comes back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import account, pay_out
from tests.support.factories.towns import Town, town_divided
from voorjebuurt.decisions.accounting.service import SpentLine
from voorjebuurt.decisions.overviews.reminders import ask_for_accountings
from voorjebuurt.decisions.rulings.proposals import dismiss
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import (
    BANK,
    clawback_receivable,
    credit,
    debit,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import FundPot

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


@pytest.fixture
def case(session: Session) -> Town:
    settling_case = town_divided(session, claim=CLAIM)
    settling_case.send(session, "award", CLAIM)
    return settling_case


def taken(session: Session, case: Town) -> int:
    return session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def test_the_initiator_accounts_and_it_is_determined(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    account(session, case, storage)
    assert case.application.status == "accounted"
    account(session, case, storage, cents=CLAIM - 100)
    refused("determination_not_awarded", case.propose, session, "determination", CLAIM - 1)
    determination = case.send(session, "determination", CLAIM)
    assert (case.application.status, determination.before_cents) == ("determined", CLAIM)
    assert balance(session, payable(case.campaign.id)) == CLAIM
    with pytest.raises(TransitionError):
        account(session, case, storage)


def test_an_account_stands_while_it_is_decided_on(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    account(session, case, storage)
    decision_id = case.propose(session, "lower_determination", CLAIM - 100, "not_done")
    with pytest.raises(DomainError, match="account_being_determined"):
        account(session, case, storage, cents=CLAIM - 200)
    dismiss(session, decision_id=decision_id, reason="Bel eerst.", actor=case.piet)
    account(session, case, storage, cents=CLAIM - 200)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"lines": []}, "account_lines_missing", "lines"),
        ({"lines": [SpentLine(" ", 100)]}, "account_label_wrong", "lines"),
        ({"lines": [SpentLine("Bomen", 0)]}, "account_amount_wrong", "lines"),
        ({"lines": [SpentLine("Bomen", 1)] * 41}, "account_lines_too_many", "lines"),
        ({"story": ""}, "account_story_missing", "story"),
        ({"receipts": [{"name": "bon.pdf", "key": "weg.pdf"}]}, "receipt_gone", "receipts"),
        ({"receipts": [{"name": "b", "key": "../x"}] * 31}, "receipts_too_many", "receipts"),
    ],
)
def test_an_account_is_whole(
    session: Session,
    case: Town,
    storage: FolderStorage,
    fields: dict[str, Any],
    code: str,
    field: str,
) -> None:
    assert refused(code, account, session, case, storage, **fields).field == field
    assert case.application.status == "awarded"


def test_only_the_applicant_accounts_and_what_was_told_stays(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    with pytest.raises(ForbiddenError):
        account(session, case, storage, actor=case.olga)
    account(session, case, storage)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE accountings SET story = ''"))


def test_nothing_to_account_for_before_the_money_is_there(
    session: Session, storage: FolderStorage
) -> None:
    early_case = town_divided(session)
    refused("account_too_early", account, session, early_case, storage)


def test_a_lower_determination_lets_the_difference_go(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    account(session, case, storage, cents=30_000)
    refused(
        "determination_not_lower",
        case.propose,
        session,
        *("lower_determination", CLAIM, "not_done"),
    )
    case.send(session, "lower_determination", 30_000, "not_done")
    assert (case.application.status, case.match(session).match_cents) == ("determined", 30_000)
    assert balance(session, payable(case.campaign.id)) == 30_000
    assert balance(session, municipal_receivable(case.fund.id)) == 30_000
    assert taken(session, case) == 30_000
    refused("clawback_above_overpaid", case.propose, session, "clawback", 1, "overpaid")


def test_what_was_paid_out_is_claimed_back(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    account(session, case, storage, cents=30_000)
    pay_out(session, case)
    case.send(session, "lower_determination", 30_000, "not_done")
    assert case.match(session).match_cents == CLAIM
    refused("clawback_above_overpaid", case.propose, session, "clawback", 20_001, "overpaid")
    case.send(session, "clawback", 12_000, "overpaid")
    assert balance(session, clawback_receivable(case.application.id)) == 12_000
    assert case.application.status == "determined"
    refused("clawback_above_overpaid", case.propose, session, "clawback", 8_001, "overpaid")
    case.send(session, "clawback", 8_000, "overpaid")
    assert taken(session, case) == 30_000


def test_an_award_is_withdrawn_on_a_ground(session: Session, case: Town) -> None:
    refused("ground_missing", case.propose, session, "withdrawal", 0)
    case.send(session, "withdrawal", 0, "false_data")
    assert (case.application.status, case.match(session).match_cents) == ("revoked", 0)
    assert balance(session, payable(case.campaign.id)) == 0
    assert taken(session, case) == 0


def test_a_withdrawn_award_that_was_paid_is_claimed_back(session: Session, case: Town) -> None:
    pay_out(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    assert case.match(session).match_cents == CLAIM
    case.send(session, "clawback", CLAIM, "overpaid")
    assert balance(session, clawback_receivable(case.application.id)) == CLAIM


def test_a_later_gift_does_not_pay_for_a_lower_determination(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    """The campaign was paid out; then a neighbour's late gift made something payable again."""
    account(session, case, storage)
    pay_out(session, case)
    case.campaign.status = "paid_out"
    lines = [debit(BANK, 30_000), credit(payable(case.campaign.id), 30_000)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="late", entries=lines)
    case.send(session, "lower_determination", 30_000, "not_done")
    assert balance(session, payable(case.campaign.id)) == 30_000
    case.send(session, "clawback", 20_000, "overpaid")
    assert balance(session, clawback_receivable(case.application.id)) == 20_000


def test_initiators_are_asked_to_account_and_reminded(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    def asked() -> int:
        keys = select(MailMessage.key).where(MailMessage.template == "accounting_asked")
        return len(session.scalars(keys).all())

    assert ask_for_accountings(session) == 1
    assert ask_for_accountings(session) == 0
    with clock.at(NOW + timedelta(weeks=22)):
        assert ask_for_accountings(session) == 1
    account(session, case, storage)
    with clock.at(NOW + timedelta(weeks=26)):
        assert ask_for_accountings(session) == 0
    assert asked() == 2
