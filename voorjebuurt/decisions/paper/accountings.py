"""An account of the money that came on paper, with the effect that it has online."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.decisions.accounting.service import (
    SpentLine,
    accounting_of,
    take_accounting,
    tell_accounting,
)
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.paper.filings import case_paper_form, has_scan, write_filing
from voorjebuurt.decisions.rules.papers import Paper, PaperKind, checked_paper, moment_of
from voorjebuurt.decisions.rulings.rows import match_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.arrangements import REPORTED, way_of


def register_accounting(
    session: Session,
    *,
    application_id: UUID,
    paper: Paper,
    lines: Sequence[SpentLine],
    story: str,
    actor: Actor,
) -> None:
    """Register how an applicant spent the money, as their paper says; receipts are in its scan.

    It counts from when it came: the term to determine runs from that day, and what was told last
    counts, on paper or on the site. Nobody told the writer that donors read it, so they don't.

    Where no account is asked, a paper answers a question for proof, or is a letter.
    Raises ``DomainError`` at the field or where the applicant could not account either, and
    ``ForbiddenError`` as for an application.
    """
    _, application = locked_application(session, application_id)
    officer_id = impartial_officer(session, application=application, actor=actor)
    if way_of(application.arrangement) not in REPORTED:
        raise DomainError("account_not_asked")
    account = accounting_of(
        session, application, lines=lines, story=story, by=application.applicant_id
    )
    came_at = moment_of(paper, now=clock.now())
    committed_at = match_of(session, application_id).committed_at
    if committed_at is not None and came_at < committed_at:
        raise DomainError("paper_before_money", field="on")
    form = case_paper_form(application_id, PaperKind.ACCOUNTING)
    is_scanned = has_scan(session, form=form, actor=actor)
    filing = write_filing(
        session,
        application,
        PaperKind.ACCOUNTING,
        checked_paper(paper, has_scan=is_scanned),
        received_at=came_at,
        is_scanned=is_scanned,
        overtaken=[],
        officer_id=officer_id,
        actor=actor,
    )
    account.at, account.paper_id = came_at, filing.id
    take_accounting(session, application, account, actor=actor)
    submit_drafts(
        session,
        form=form,
        owner=Owner(application_id=application_id),
        subject=application_subject(application),
        actor=actor,
    )
    tell_accounting(session, application, account)
