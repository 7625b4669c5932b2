"""Files that come with an objection, or with what completes it: part of the case, for good."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.rows import objection_subject
from voorjebuurt.kernel.actor import Actor


def objection_form(decision_id: UUID) -> str:
    """The form that files are added to before an objection to a decision is sent."""
    return f"objection:{decision_id}"


def objection_answer_form(objection_id: UUID) -> str:
    """The form that files are added to when an objection is completed."""
    return f"objection_completion:{objection_id}"


def submit_files(session: Session, objection: Objection, form: str, actor: Actor) -> int:
    """Make what was added to a form part of a held objection; returns how many files there were.

    Raises ``DomainError`` (field ``attachments``) while the scanner refuses one of them.
    """
    owner = Owner(application_id=objection.application_id, objection_id=objection.id)
    return submit_drafts(
        session, form=form, owner=owner, subject=objection_subject(objection), actor=actor
    )
