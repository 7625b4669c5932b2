"""The list of an account done by staff, as quickly as the database allows."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.queries import payee_check_form
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.payouts.checking import tick_item
from voorjebuurt.payouts.checklist.rules import WITH_PROOF, CheckItem, Verdict
from voorjebuurt.payouts.models import Payee


def add_proof(session: Session, payee_id: UUID, item: CheckItem, by: Actor) -> UUID:
    """A file that staff added to one item of the list."""
    payee, number = session.get_one(Payee, payee_id), new_id()
    session.add(
        Attachment(
            id=number,
            uploader_id=by.person_id,
            campaign_id=payee.campaign_id,
            form=payee_check_form(payee_id, item),
            payee_id=payee_id,
            name="uittreksel.pdf",
            media_type="application/pdf",
            size=1,
            sha256=sha256(number.bytes).hexdigest(),
            key=f"{number.hex}.bin",
            scan="clean",
            added_at=clock.now(),
            submitted_at=clock.now(),
        )
    )
    session.flush()
    return number


def complete_checklist(
    session: Session, payee_id: UUID, by: Actor, *, without: CheckItem | None = None
) -> None:
    """Everything looked at and found right, but for one item perhaps."""
    for item in CheckItem:
        if item == without:
            continue
        if item in WITH_PROOF:
            add_proof(session, payee_id, item, by)
        tick_item(
            session,
            payee_id=payee_id,
            item=item,
            verdict=Verdict.FIT,
            note="Gezien.",
            actor=by,
        )
