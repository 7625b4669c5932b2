"""Two members of staff, or an initiator and staff, at the same payout at once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.at_once import at_once
from tests.support.factories import payouts as make
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import BANK, PAYOUTS_IN_FLIGHT, payable
from voorjebuurt.payouts.bank_files import execute_payout, export_payouts
from voorjebuurt.payouts.models import BankFile, Payee, Payout
from voorjebuurt.payouts.payees import refuse_payee, submit_payee, verify_payee
from voorjebuurt.payouts.proposals import cancel_payout, propose_payout, release_payout
from voorjebuurt.payouts.seals import content_of, iban_of


def prepared(database: Database, status: str | None = None) -> tuple[make.Payable, Payout | None]:
    """A committed case, with a payout in ``status`` or only a verified payee."""
    with database.writing() as session:
        case = make.payable_campaign(session)
        if status is not None:
            return case, make.payout_in(session, case, status)
        make.verified(session, case)
        return case, None


def codes(results: list[object]) -> list[str]:
    """What came of each: ``done``, or the code of the refusal."""
    return sorted(r.code if isinstance(r, DomainError) else "done" for r in results)


EXPORT = {"debtor": make.DEBTOR, "sealer": make.SEALER}


def in_transaction(
    database: Database, service: Callable[..., object], **arguments: Any
) -> Callable[[], object]:
    def deed() -> object:
        with database.writing() as session:
            return service(session, **arguments)

    return deed


def test_two_proposals_at_once_make_one_payout(fresh_database: Database) -> None:
    case, _ = prepared(fresh_database)
    deeds = [
        in_transaction(fresh_database, propose_payout, campaign_id=case.campaign.id, actor=who)
        for who in (case.anna, case.bram)
    ]
    assert codes(at_once(*deeds)) == ["done", "payout_under_way"]


def test_two_releases_at_once_release_once(fresh_database: Database) -> None:
    case, payout = prepared(fresh_database, "proposed")
    with fresh_database.writing() as session:
        carla = make.actor(make.person(session, "Carla Groen"), "staff")
    assert payout is not None
    deeds = [
        in_transaction(fresh_database, release_payout, payout_id=payout.id, actor=who)
        for who in (case.bram, carla)
    ]
    assert codes(at_once(*deeds)) == ["done", "wrong_state"]


def test_a_release_and_a_withdrawal_at_once_do_not_both_win(fresh_database: Database) -> None:
    """Withdrawing is allowed after the release too, so it always ends withdrawn."""
    case, payout = prepared(fresh_database, "proposed")
    assert payout is not None
    results = at_once(
        in_transaction(fresh_database, release_payout, payout_id=payout.id, actor=case.bram),
        in_transaction(
            fresh_database, cancel_payout, payout_id=payout.id, reason="x", actor=case.anna
        ),
    )
    assert codes(results) in (["done", "done"], ["done", "wrong_state"])
    with fresh_database.reading() as session:
        assert session.get_one(Payout, payout.id).status == "cancelled"


def test_two_exports_at_once_make_one_file_and_one_booking(fresh_database: Database) -> None:
    cases = [prepared(fresh_database, "released")[0] for _ in range(3)]
    deeds = [
        in_transaction(fresh_database, export_payouts, **EXPORT, actor=who)
        for who in (cases[0].anna, cases[0].bram)
    ]
    assert codes(at_once(*deeds)) == ["done", "nothing_to_export"]
    with fresh_database.reading() as session:
        assert session.scalars(select(BankFile.payments)).all() == [3]
        assert balance(session, PAYOUTS_IN_FLIGHT) == 270_000


def test_executed_twice_at_once_leaves_the_bank_once(fresh_database: Database) -> None:
    case, payout = prepared(fresh_database, "exported")
    assert payout is not None
    deeds = [
        in_transaction(
            fresh_database,
            execute_payout,
            payout_id=payout.id,
            executed_on=clock.today(),
            remark="",
            actor=who,
        )
        for who in (case.anna, case.bram)
    ]
    assert codes(at_once(*deeds)) == ["done", "wrong_state"]
    with fresh_database.reading() as session:
        assert balance(session, BANK) == -90_000


def test_a_payee_is_decided_on_once(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        case = make.payable_campaign(session)
        payee = make.submit(session, case)
    results = at_once(
        in_transaction(
            fresh_database, verify_payee, payee_id=payee.id, evidence="x", actor=case.anna
        ),
        in_transaction(
            fresh_database, refuse_payee, payee_id=payee.id, reason="x", actor=case.bram
        ),
    )
    assert codes(results) == ["done", "wrong_state"]


@pytest.mark.parametrize("round_number", range(3))
def test_a_changed_iban_and_an_export_at_once_never_pay_the_new_account(
    fresh_database: Database, round_number: int
) -> None:
    """Either the file was first, with the old account, or the payout was withdrawn."""
    case, payout = prepared(fresh_database, "released")
    assert payout is not None
    change = {
        "campaign_id": case.campaign.id,
        "holder": "Een ander",
        "iban": make.OTHER_IBAN,
        "cooling_off_days": 3,
        "sealer": make.SEALER,
        "actor": case.initiator,
    }
    at_once(
        in_transaction(fresh_database, submit_payee, **change),
        in_transaction(fresh_database, export_payouts, **EXPORT, actor=case.anna),
    )
    with fresh_database.reading() as session:
        now = session.get_one(Payout, payout.id)
        assert iban_of(session.get_one(Payee, now.payee_id), make.SEALER) == make.IBAN
        files = [content_of(file, make.SEALER) for file in session.scalars(select(BankFile))]
        assert all(make.OTHER_IBAN.encode() not in content for content in files)
        assert now.status in ("cancelled", "exported")
        assert len(files) == (now.status == "exported")
        cents = balance(session, payable(case.campaign.id))
        assert cents == (90_000 if now.status == "cancelled" else 0)


def test_two_accounts_given_at_once_leave_one_current(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        case = make.payable_campaign(session)
    same = {
        "campaign_id": case.campaign.id,
        "cooling_off_days": 3,
        "sealer": make.SEALER,
        "actor": case.initiator,
    }
    results = at_once(
        in_transaction(fresh_database, submit_payee, holder="A", iban=make.IBAN, **same),
        in_transaction(fresh_database, submit_payee, holder="B", iban=make.OTHER_IBAN, **same),
    )
    assert codes(results) == ["done", "done"]
    with fresh_database.reading() as session:
        statuses = session.scalars(select(Payee.status).order_by(Payee.submitted_at)).all()
    assert sorted(statuses) == ["replaced", "submitted"]
