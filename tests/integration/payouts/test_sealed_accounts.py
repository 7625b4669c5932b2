"""Account numbers are sealed wherever the database keeps them, and those of before get sealed."""

import hashlib

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain, constraint_of
from tests.support.factories import payouts as make
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts import queries
from voorjebuurt.payouts.bank_files import export_payouts, return_payout
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.iban import grouped
from voorjebuurt.payouts.models import BankFile, Payee
from voorjebuurt.payouts.payee_queries import campaign_payees, whole_iban
from voorjebuurt.payouts.payees import refuse_payee
from voorjebuurt.payouts.seals import (
    iban_of,
    mask_of,
    payees_are_sealed,
    renew_everything,
    seal_everything_plain,
    seal_plain,
)
from voorjebuurt.payouts.tasks import seal_payees
from voorjebuurt.settings import Settings

NEWEST = "another key of at least thirty-two characters"
MASK = "NL91 •••• 4300"

UNSEAL_PAYEES = text("UPDATE payees SET iban = :iban, sealed_iban = NULL, iban_mask = NULL")
UNSEAL_FILES = text("UPDATE bank_files SET content = :content, sealed_content = NULL")


def every_row(session: Session) -> str:
    """Everything that the database holds, as text; bytes as hexadecimal digits."""
    tables = session.scalars(
        text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
    ).all()
    assert {"payees", "bank_files", "mail_messages", "audit_events"} <= set(tables)
    rows = [session.scalars(text(f"SELECT t::text FROM {table} t")).all() for table in tables]
    return "\n".join(row for each in rows for row in each)


def as_before(session: Session, status: str = "exported") -> tuple[make.Payable, bytes]:
    """A payout whose account and bank file are kept as they were before there were seals."""
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, status)
    session.flush()
    content = b""
    if payout.bank_file_id is not None:
        content = certain(
            queries.bank_file_content(session, payout.bank_file_id, sealer=make.SEALER)
        )
        session.execute(UNSEAL_FILES, {"content": content})
    session.execute(UNSEAL_PAYEES, {"iban": make.IBAN})
    session.expire_all()
    return case, content


def test_no_row_of_any_table_holds_a_number_whatever_was_done_with_it(session: Session) -> None:
    whole_way = make.payable_campaign(session)
    make.payout_in(session, whole_way, "executed")
    sent_back = make.payable_campaign(session)
    payout = make.payout_in(session, sent_back, "exported")
    return_payout(session, payout_id=payout.id, reason="AC04", actor=sent_back.anna)
    make.submit(session, sent_back, iban=make.OTHER_IBAN)
    refusal = make.payable_campaign(session)
    payee = make.submit(session, refusal, iban=make.OTHER_IBAN)
    refuse_payee(session, payee_id=payee.id, reason="Naam klopt niet.", actor=refusal.anna)
    session.flush()
    rows = every_row(session)
    assert MASK in rows
    for iban in (make.IBAN, make.OTHER_IBAN):
        for spelling in (iban, grouped(iban), iban.encode().hex(), iban[4:]):
            assert spelling not in rows, spelling


def test_the_bytes_of_a_file_come_back_as_they_were_made(session: Session) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, "released")
    file_id = export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    session.expire_all()
    content = certain(queries.bank_file_content(session, file_id, sealer=make.SEALER))
    assert f"<IBAN>{make.IBAN}</IBAN>".encode() in content
    file = certain(queries.bank_file_by_id(session, file_id))
    assert hashlib.sha256(content).hexdigest() == file.sha256


def test_without_the_key_nothing_opens_and_the_mask_is_still_there(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    with pytest.raises(InvariantError, match="no key"):
        whole_iban(session, payee.id, sealer=Sealer((NEWEST,)))
    assert mask_of(payee) == MASK
    assert [row.iban_mask for row in campaign_payees(session, case.campaign.id)] == [MASK]


def test_what_was_kept_before_there_were_seals_is_read_until_it_is_sealed(session: Session) -> None:
    case, content = as_before(session)
    [row] = campaign_payees(session, case.campaign.id)
    payee = session.get_one(Payee, row.id)
    assert (row.iban_mask, mask_of(payee)) == (MASK, MASK)
    assert iban_of(payee, make.SEALER) == make.IBAN
    file = session.scalars(select(BankFile)).one()
    assert queries.bank_file_content(session, file.id, sealer=make.SEALER) == content
    assert [payout.iban_mask for payout in queries.campaign_payouts(session, case.campaign.id)] == [
        MASK
    ]


def test_a_released_payout_of_before_is_paid_to_the_same_account(session: Session) -> None:
    case, _ = as_before(session, "released")
    file_id = export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    content = certain(queries.bank_file_content(session, file_id, sealer=make.SEALER))
    assert f"<IBAN>{make.IBAN}</IBAN>".encode() in content


def test_filling_seals_each_row_once_and_the_check_tells_until_then(session: Session) -> None:
    _, content = as_before(session)
    before = payees_are_sealed(session)
    assert list(before.differences) == [
        "bank accounts that are kept unsealed: 1",
        "bank files that are kept unsealed: 1",
    ]
    assert seal_plain(session, sealer=make.SEALER) == 2
    assert seal_plain(session, sealer=make.SEALER) == 0
    session.expire_all()
    assert iban_of(session.scalars(select(Payee)).one(), make.SEALER) == make.IBAN
    file = session.scalars(select(BankFile)).one()
    assert queries.bank_file_content(session, file.id, sealer=make.SEALER) == content
    assert make.IBAN not in every_row(session)
    results = {each.name: each for each in check_books(session, in_flight_max_days=10)}
    assert results["payees_are_sealed"].passed
    assert results["payees_are_sealed"].compared == 2


def test_the_timetable_seals_batch_after_batch(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voorjebuurt.payouts.seals.BATCH", 1)
    with fresh_database.writing() as session:
        for _ in range(3):
            make.submit(session, make.payable_campaign(session))
        session.execute(UNSEAL_PAYEES, {"iban": make.IBAN})
    seal_payees(Runtime(fresh_database, settings))
    sealer = Sealer(settings.data_keys)
    with fresh_database.reading() as session:
        payees = session.scalars(select(Payee)).all()
        assert [(payee.iban, iban_of(payee, sealer)) for payee in payees] == [(None, make.IBAN)] * 3
    assert seal_everything_plain(fresh_database, sealer=sealer) == 0


def test_a_new_key_opens_everything_after_renewing_in_batches(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voorjebuurt.payouts.seals.BATCH", 1)
    with fresh_database.writing() as session:
        make.payout_in(session, make.payable_campaign(session), "exported")
        make.payout_in(session, make.payable_campaign(session), "exported")
        files = {
            file_id: queries.bank_file_content(session, file_id, sealer=make.SEALER)
            for file_id in session.scalars(select(BankFile.id))
        }
    both, newest = Sealer((NEWEST, "a key of at least thirty-two characters")), Sealer((NEWEST,))
    assert renew_everything(fresh_database, sealer=both) == (2, 2)
    with fresh_database.reading() as session:
        payees = session.scalars(select(Payee)).all()
        assert [iban_of(payee, newest) for payee in payees] == [make.IBAN] * 2
        for file_id, content in files.items():
            assert queries.bank_file_content(session, file_id, sealer=newest) == content


@pytest.mark.parametrize(
    ("slip", "constraint"),
    [
        ("UPDATE payees SET sealed_iban = iban_mask", "ck_payees_iban_sealed"),
        ("UPDATE payees SET iban_mask = 'NL91ABNA0417164300'", "ck_payees_iban_masked"),
        ("UPDATE payees SET iban_mask = NULL", "ck_payees_iban_kept"),
        ("UPDATE payees SET iban = 'NL91ABNA0417164300'", "ck_payees_iban_kept"),
        ("UPDATE payees SET sealed_iban = NULL, iban_mask = NULL", "ck_payees_iban_kept"),
        ("UPDATE bank_files SET sealed_content = '<Document/>'", "ck_bank_files_content_sealed"),
        ("UPDATE bank_files SET content = 'x'", "ck_bank_files_content_kept"),
    ],
)
def test_the_database_refuses_what_is_not_sealed_or_kept_twice(
    session: Session, slip: str, constraint: str
) -> None:
    make.payout_in(session, make.payable_campaign(session), "exported")
    with pytest.raises(IntegrityError) as error:
        session.execute(text(slip))
    assert constraint_of(error.value) == constraint
