"""``voorjebuurt keys renew``, as an operator runs it."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select, text

from tests.support.factories import payouts as make
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.seals import iban_of

NEW = "another-key-of-at-least-thirty-two-characters"


def test_renewing_seals_accounts_of_before_and_all_others_with_the_newest_key(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> None:
    old = "an-old-key-of-at-least-thirty-two-characters"
    with fresh_database.writing() as session:
        case = make.payable_campaign(session)
        make.payout_in(session, case, "exported", Sealer((old,)))
        before = make.submit(session, make.payable_campaign(session), sealer=Sealer((old,)))
        unseal = "UPDATE payees SET iban = :iban, sealed_iban = NULL, iban_mask = NULL"
        session.execute(text(f"{unseal} WHERE id = :id"), {"iban": make.IBAN, "id": before.id})
    result = subprocess.run(
        [sys.executable, "-m", "voorjebuurt", "keys", "renew"],
        capture_output=True,
        text=True,
        timeout=60,
        env={
            "PATH": os.environ["PATH"],
            "VJB_ENV": "test",
            "VJB_HOME": str(tmp_path),
            "DATABASE_URL": fresh_database_url,
            "DATA_KEYS": f"{NEW} {old}",
        },
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "Accounts and bank files that were not sealed before: 1.",
        "Sealed with the newest key: secrets 0, accounts 2, bank files 1.",
    ]
    with fresh_database.reading() as session:
        payees = session.scalars(select(Payee)).all()
        assert [iban_of(payee, Sealer((NEW,))) for payee in payees] == [make.IBAN] * 2
