"""Queries of the check of the books look at the rows they are meant for."""

import re

from sqlalchemy import create_engine, select

from voorjebuurt.payments.models import Payment
from voorjebuurt.payouts.checks import _unbooked_chargeback


def test_a_chargeback_is_held_against_its_own_payment_only() -> None:
    """The payment of the query around is meant; another provider may use the same number."""
    statement = select(Payment.id).where(_unbooked_chargeback)
    sql = str(statement.compile(dialect=create_engine("postgresql+psycopg://").dialect))
    tables = [re.split(r"\s*,\s*", each) for each in re.findall(r"FROM ([\w, ]+?)\s*\n?WHERE", sql)]
    assert sorted(map(sorted, tables)) == [
        ["chargebacks"],
        ["ledger_transactions"],
        ["ledger_transactions"],
        ["payments"],
    ]
