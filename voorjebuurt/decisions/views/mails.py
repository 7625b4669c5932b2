"""What applicants are mailed about an intention and their views."""

from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.mails import tell
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def views_asked(session: Session, *, application: Application, intention: Intention) -> None:
    """What is intended, that it is no decision, and by when views can be given."""
    _tell(session, application, intention, "views_asked")


def views_reminder(session: Session, *, application: Application, intention: Intention) -> bool:
    """The term to give views ends soon; once for each last day."""
    key = f"views_reminder:{intention.id}:{intention.until}"
    return _tell(session, application, intention, "views_reminder", key=key)


def views_extended(session: Session, *, application: Application, intention: Intention) -> None:
    """There is more time to give views: why, and until when."""
    _tell(
        session,
        application,
        intention,
        "views_extended",
        key=f"views_extended:{intention.id}:{intention.until}",
        reason=intention.extension,
    )


def views_received(session: Session, *, application: Application, intention: Intention) -> None:
    """The views came in, or it was said that there are none; what happens next."""
    _tell(session, application, intention, "views_received", has_views=bool(intention.answer))


def intention_dropped(session: Session, *, application: Application, intention: Intention) -> None:
    """It is not intended any longer: why."""
    _tell(session, application, intention, "intention_dropped", reason=intention.drop_reason)


def _tell(
    session: Session,
    application: Application,
    intention: Intention,
    template: str,
    *,
    key: str = "",
    **context: Any,
) -> bool:
    return tell(
        session,
        application,
        key=key or f"{template}:{intention.id}",
        template=template,
        kind=intention.kind,
        until=clock.noon(intention.until).isoformat(),
        **context,
    )
