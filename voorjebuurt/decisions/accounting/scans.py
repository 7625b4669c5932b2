"""Receipts go past the virus scanner as attachments do: each has an attachment beside it.

The two are told to be the same file by their bytes: a receipt's key begins its checksum.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import KEY_STEM, drafts, receipts_form
from voorjebuurt.attachments.rules import MediaType
from voorjebuurt.attachments.service import Owner, Place, keep_known, remove_draft, submit_drafts
from voorjebuurt.decisions.rules.accounting import MAX_RECEIPTS
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.storage import Storage
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.models import Application

_DRAFTS = 2 * MAX_RECEIPTS
"""Also those that were taken away again before the account was sent."""


def scan_receipt(
    session: Session,
    *,
    application_id: UUID,
    campaign_id: UUID,
    receipt: Mapping[str, str],
    data: bytes,
    storage: Storage,
    has_scanner: bool,
    actor: Actor,
) -> None:
    """Let the scanner look at a receipt that was stored just now (``storage``: of attachments)."""
    keep_known(
        session,
        place=Place(receipts_form(application_id), campaign_id),
        data=data,
        filename=receipt["name"],
        kind=MediaType(receipt["key"].rpartition(".")[2]),
        storage=storage,
        max_files=_DRAFTS,
        has_scanner=has_scanner,
        actor=actor,
    )


def submit_receipts(
    session: Session,
    application: Application,
    receipts: Sequence[Mapping[str, str]],
    actor: Actor,
) -> None:
    """Make the scans of these receipts part of the case; others that were added go.

    Raises ``DomainError`` (field ``receipts``) while the scanner refuses one of them.
    """
    form = receipts_form(application.id)
    stems = {receipt["key"][:KEY_STEM] for receipt in receipts}
    for row in drafts(session, form=form, person_id=actor.person_id):
        if row.sha256[:KEY_STEM] not in stems:
            place = Place(form, application.campaign_id)
            remove_draft(session, attachment_id=row.id, place=place, actor=actor)
    submit_drafts(
        session,
        form=form,
        owner=Owner(application_id=application.id),
        subject=application_subject(application),
        actor=actor,
        field="receipts",
    )
