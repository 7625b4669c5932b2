"""Papers that officers register, with their scans."""

from datetime import date, time, timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.attached_files import PDF
from voorjebuurt.attachments.rules import Limits
from voorjebuurt.attachments.service import Place, keep_draft
from voorjebuurt.decisions.paper.applications import register_application
from voorjebuurt.decisions.paper.filings import application_paper_form
from voorjebuurt.decisions.rules.papers import Paper
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.applications.service import Statement
from voorjebuurt.matching.models import Application

LIMITS = Limits(5_000_000, 50_000_000, 5)
STATEMENT = Statement("De hele straat.", ["Jongeren"], False, "")


def paper(days_ago: int = 0, at: time | None = None, **changes: Any) -> Paper:
    """A paper that came in so many days ago, signed, without a scan for a reason."""
    values = {"signer": "Noor de Wit", "no_scan_reason": "Te groot voor de scanner.", **changes}
    return Paper(day(days_ago), at, **values)


def day(days_ago: int) -> date:
    """So many days before today."""
    return clock.today() - timedelta(days=days_ago)


def scanned(session: Session, form: str, campaign_id: UUID, actor: Actor) -> None:
    """The officer added a scan to a form."""
    keep_draft(
        session,
        place=Place(form, campaign_id),
        data=PDF,
        filename="scan.pdf",
        storage=FolderStorage(Path(gettempdir()) / "papers"),
        limits=LIMITS,
        has_scanner=False,
        actor=actor,
    )


def scan_of_application(session: Session, campaign_id: UUID, fund_id: UUID, actor: Actor) -> None:
    """The same for an application."""
    scanned(session, application_paper_form(campaign_id, fund_id), campaign_id, actor)


def on_paper(
    session: Session,
    fund_id: UUID,
    campaign_id: UUID,
    actor: Actor,
    what: Paper | None = None,
    **changes: Any,
) -> Application:
    """An application that an officer registered; ``changes`` are of who applies."""
    application_id = register_application(
        session,
        fund_id=fund_id,
        campaign_id=campaign_id,
        paper=what or paper(),
        statement=STATEMENT,
        details=details(**{"electronic": False, **changes}),
        actor=actor,
    )
    return session.get_one(Application, application_id)
