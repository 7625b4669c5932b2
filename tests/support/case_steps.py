"""What happens to a decided application in tests: accounting, paying out, objecting."""

from typing import Any

from sqlalchemy.orm import Session

from tests.support.factories.towns import Town
from voorjebuurt.decisions.accounting.receipts import store_receipt
from voorjebuurt.decisions.accounting.service import SpentLine, send_accounting
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objections.service import object_to_decision
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import BANK, credit, debit, payable
from voorjebuurt.ledger.service import post

CLAIM = 50_000
"""What the applications of these tests were awarded, in eurocents."""


def account(
    session: Session, case: Town, storage: FolderStorage, cents: int = CLAIM, **fields: Any
) -> None:
    receipt = store_receipt(storage, b"%PDF-1.4 bon", filename="bon.pdf", max_bytes=1000)
    values = {
        "lines": [SpentLine("Bomen", cents)],
        "story": "Wij plantten zes bomen.",
        "receipts": [receipt],
        "actor": case.initiator,
        **fields,
    }
    send_accounting(session, application_id=case.application.id, storage=storage, **values)


def pay_out(session: Session, case: Town, cents: int = CLAIM) -> None:
    """The money leaves the house, as a payout does."""
    lines = [debit(payable(case.campaign.id), cents), credit(BANK, cents)]
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key=f"out:{case.application.id}",
        entries=lines,
    )


def objected(session: Session, case: Town, decision: Decision, **fields: Any) -> Objection:
    values = {"grounds": "Ik ben het niet eens.", "actor": case.initiator, **fields}
    objection_id = object_to_decision(session, decision_id=decision.id, **values)
    return session.get_one(Objection, objection_id)
