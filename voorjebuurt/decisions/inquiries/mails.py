"""What applicants are mailed about proof that is asked for."""

from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.mails import tell
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def proof_asked(session: Session, *, application: Application, inquiry: Inquiry) -> None:
    """What is asked, why, and by when."""
    _tell(
        session,
        application,
        inquiry,
        "proof_asked",
        ground=inquiry.ground,
        cause=inquiry.cause,
        asked=inquiry.asked,
    )


def proof_reminder(session: Session, *, application: Application, inquiry: Inquiry) -> bool:
    """The term to answer ends soon; once for each last day."""
    key = f"proof_reminder:{inquiry.id}:{inquiry.until}"
    return _tell(session, application, inquiry, "proof_reminder", key=key)


def proof_extended(session: Session, *, application: Application, inquiry: Inquiry) -> None:
    """There is more time to answer: why, and until when."""
    key = f"proof_extended:{inquiry.id}:{inquiry.until}"
    _tell(session, application, inquiry, "proof_extended", key=key, reason=inquiry.extension)


def proof_received(session: Session, *, application: Application, inquiry: Inquiry) -> None:
    """The answer came in; what happens next."""
    _tell(
        session,
        application,
        inquiry,
        "proof_received",
        paper_on=clock.noon(inquiry.received_on).isoformat()
        if inquiry.received_on and inquiry.channel != "online"
        else None,
    )


def proof_closed(session: Session, *, application: Application, inquiry: Inquiry) -> None:
    """What was found, in the officer's words, and what can follow."""
    _tell(
        session,
        application,
        inquiry,
        "proof_closed",
        finding=inquiry.finding,
        reason=inquiry.finding_text,
    )


def _tell(
    session: Session,
    application: Application,
    inquiry: Inquiry,
    template: str,
    *,
    key: str = "",
    **context: Any,
) -> bool:
    return tell(
        session,
        application,
        key=key or f"{template}:{inquiry.id}",
        template=template,
        until=clock.noon(inquiry.until).isoformat(),
        **context,
    )
