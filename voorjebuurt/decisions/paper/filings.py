"""The row of a paper: written with its trail, its confirmation and the letter to post."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import drafts
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.papers import Paper, PaperKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.models import Application

Filing = PaperFiling
"""The row, as screens read it."""


def application_paper_form(campaign_id: UUID, fund_id: UUID) -> str:
    """The form that the scan of an application is added to."""
    return f"paper_application:{campaign_id}:{fund_id}"


def case_paper_form(application_id: UUID, kind: PaperKind) -> str:
    """The form that the scan of a completion or withdrawal is added to."""
    return f"paper_{kind}:{application_id}"


def has_scan(session: Session, *, form: str, actor: Actor) -> bool:
    """Whether the officer added a file to a form that is not sent yet."""
    return bool(drafts(session, form=form, person_id=actor.person_id))


def write_filing(
    session: Session,
    application: Application,
    kind: PaperKind,
    paper: Paper,
    *,
    received_at: datetime,
    is_scanned: bool,
    overtaken: list[str],
    officer_id: UUID,
    actor: Actor,
) -> PaperFiling:
    """Write down a checked paper of a held application, and post its confirmation.

    ``overtaken``: the numbers of applications that were there already and came in after it.
    """
    filing = PaperFiling(
        application_id=application.id,
        municipality_id=application.municipality_id,
        kind=kind.value,
        received_at=received_at,
        has_time=paper.at is not None,
        signer=paper.signer,
        has_scan=is_scanned,
        no_scan_reason="" if is_scanned else paper.no_scan_reason,
        note=paper.note,
        overtaken=len(overtaken),
        registered_at=max(clock.now(), received_at),
        registered_by=officer_id,
    )
    session.add(filing)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_PAPER_REGISTERED,
        subject=application_subject(application),
        reason=paper.note or None,
        detail={
            "paper": kind.value,
            "received_at": received_at.isoformat(),
            "signer": paper.signer,
            "scan": is_scanned,
            "overtaken": overtaken,
        },
    )
    mailing = Mailing(LetterKind.PAPER_CONFIRMATION, filing.id, application.number)
    ask_to_post(session, mailing, application=application)
    return filing


def filings_of(session: Session, application_id: UUID) -> list[PaperFiling]:
    """What came on paper about an application, in the order in which it was registered."""
    statement = select(PaperFiling).where(PaperFiling.application_id == application_id)
    return list(session.scalars(statement.order_by(PaperFiling.registered_at, PaperFiling.id)))
