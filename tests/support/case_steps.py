"""What happens to a decided application in tests: accounting, paying out, objecting."""

from typing import Any

from sqlalchemy.orm import Session

from tests.support.factories.towns import Town
from voorjebuurt.decisions.accounting.receipts import store_receipt
from voorjebuurt.decisions.accounting.service import SpentLine, send_accounting
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.intake.service import object_to_decision
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import RulingDraft, propose_ruling
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
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


COURT = "de rechtbank Noord-Holland, locatie Haarlem"


def heard(session: Session, objection: Objection, actor: Actor) -> None:
    """Who objected was heard, and the report is there."""
    note = StepNote(clock.today(), detail="mr. De Wit", body="De initiatiefnemer lichtte toe.")
    record_step(session, objection_id=objection.id, kind=StepKind.HEARING, note=note, actor=actor)


def draft(outcome: str, new: Replacement | None = None, **fields: Any) -> RulingDraft:
    """A decision on an objection with what it needs."""
    values = {"reason": "De begroting klopte wel.", "court": COURT, **fields}
    return RulingDraft(outcome=outcome, replacement=new, **values)


def ruled(
    session: Session,
    objection: Objection,
    outcome: str,
    new: Replacement | None = None,
    *,
    by: tuple[Actor, Actor],
    **fields: Any,
) -> ObjectionRuling:
    """The objection is decided on by two officers, and that is sent at once."""
    proposer, approver = by
    ruling_id = propose_ruling(
        session, objection_id=objection.id, draft=draft(outcome, new, **fields), actor=proposer
    )
    approve_ruling(session, ruling_id=ruling_id, recall_minutes=0, actor=approver)
    assert send_ruling(session, ruling_id=ruling_id)
    return session.get_one(ObjectionRuling, ruling_id)
