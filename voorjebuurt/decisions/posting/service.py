"""A decision that is sent to who wants paper becomes a letter to post; an officer ticks it off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.posting.models import PostedDecision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.matching.applicants.service import details_of
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person


@dataclass(frozen=True)
class Posting:
    """A letter to post, or that was posted: where to, and when."""

    decision_id: UUID
    number: str
    address: str
    due_at: datetime
    posted_at: datetime | None
    posted_by: UUID | None


def ask_to_post(session: Session, *, decision: Decision, application: Application) -> bool:
    """Ask officers to post the letter of a decision that is sent, unless its applicant agreed to
    get it electronically (or was never asked); returns whether it is to be posted.
    """
    address = postal_address(session, application)
    if address is None:
        return False
    session.add(
        PostedDecision(
            decision_id=decision.id,
            application_id=application.id,
            municipality_id=application.municipality_id,
            address=address,
            due_at=clock.now(),
        )
    )
    session.flush()
    return True


def postal_address(session: Session, application: Application) -> str | None:
    """The address that letters are posted to, in lines; None where they go electronically."""
    details = details_of(session, application.id)
    if details is None or details.electronic:
        return None
    applicant = session.get_one(Person, application.applicant_id)
    name = details.signer or applicant.name
    addressee = [details.organisation, name] if details.organisation else [name]
    return "\n".join([*addressee, *details.address_lines])


def note_posting(session: Session, *, decision_id: UUID, actor: Actor) -> bool:
    """An officer posted the letter; returns whether that is news.

    Raises ``NotFoundError`` where none is to be posted.
    """
    row = session.get(PostedDecision, decision_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("decision_not_found")
    officer_id = officer_of(session, municipality_id=row.municipality_id, actor=actor)
    if row.posted_at is not None:
        return False
    row.posted_at, row.posted_by = clock.now(), officer_id
    application = session.get_one(Application, row.application_id)
    decision = session.get_one(Decision, decision_id)
    audit.record(
        session,
        actor=actor,
        action=Action.DECISION_POSTED,
        subject=application_subject(application),
        detail={"decision": decision.number},
    )
    return True


def with_postings(cases: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Those of these applications with a letter to post, with its decision and moment."""
    return (
        cases.add_columns(PostedDecision.decision_id, PostedDecision.due_at)
        .join(PostedDecision, PostedDecision.application_id == Application.id)
        .where(PostedDecision.posted_at.is_(None))
    )


def posting_of(session: Session, decision_id: UUID) -> Posting | None:
    """The letter of one decision on paper, if it goes by post."""
    statement = (
        select(
            PostedDecision.decision_id,
            Decision.number,
            PostedDecision.address,
            PostedDecision.due_at,
            PostedDecision.posted_at,
            PostedDecision.posted_by,
        )
        .join(Decision, Decision.id == PostedDecision.decision_id)
        .where(PostedDecision.decision_id == decision_id)
    )
    row = session.execute(statement).one_or_none()
    return Posting(*row) if row else None
