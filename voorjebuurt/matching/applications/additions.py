"""What goes with an application beside what it says: who applies, and files."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applicants.service import keep_details
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.models import Application


def application_form(campaign_id: UUID, fund_id: UUID) -> str:
    """The form that files are added to before an application is sent."""
    return f"application:{campaign_id}:{fund_id}"


def completion_form(application_id: UUID) -> str:
    """The form that files are added to when an application is changed or completed."""
    return f"completion:{application_id}"


def add_details(
    session: Session,
    application: Application,
    details: ApplicantDetails | None,
    *,
    form: str,
    actor: Actor,
) -> bool:
    """Put who applies, and the files of a form, with a locked application; whether that is news."""
    is_new = details is not None and keep_details(
        session, application=application, details=details, actor=actor
    )
    count = submit_drafts(
        session,
        form=form,
        owner=Owner(application_id=application.id),
        subject=application_subject(application),
        actor=actor,
    )
    return is_new or count > 0
