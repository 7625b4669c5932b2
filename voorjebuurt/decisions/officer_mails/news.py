"""What is new for an officer among the work that waits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import TermEvent
from voorjebuurt.decisions.overviews.desks import Desk, is_second_look
from voorjebuurt.decisions.overviews.worklist import own_work
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.inquiries import InquiryTask
from voorjebuurt.decisions.rules.mail_kinds import OfficerMailKind
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rules.views import ViewsStatus
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.matching.applications.states import ApplicationStatus

SOON_DAYS = 7
"""A term that ends within so many days is news."""

_K = OfficerMailKind
_VIEWS_IN = (ViewsStatus.ANSWERED, ViewsStatus.WAIVED)


@dataclass(frozen=True)
class News:
    """One thing to mail about. ``fact`` is its name among the things that somebody was mailed."""

    kind: OfficerMailKind
    fact: str
    number: str
    title: str
    due_on: date
    work: WorkKind


def news_of(works: Sequence[Work], desk: Desk, completions: Mapping[UUID, UUID]) -> list[News]:
    """What an officer may act on, from all ``works`` of the municipality.

    ``completions`` are the latest ones, by application.
    """
    return [
        news
        for work in own_work(works, desk)
        # Nobody is asked to do what none of them may; that its term ends is told.
        for news in (*(() if work.is_stuck else _arrivals(work, completions)), *_ending(work))
    ]


def facts_of(works: Sequence[Work], completions: Mapping[UUID, UUID]) -> frozenset[str]:
    """What any officer may have been mailed about of these, and may be again while they wait."""
    return frozenset(
        news.fact for work in works for news in (*_arrivals(work, completions), *_ending(work))
    )


def latest_completions(session: Session, municipality_id: UUID) -> dict[UUID, UUID]:
    """By application that its applicant completed: the latest time, as the id of its event."""
    statement = (
        select(TermEvent.application_id, TermEvent.id)
        .where(
            TermEvent.municipality_id == municipality_id,
            TermEvent.kind == TermEventKind.COMPLETED,
        )
        .order_by(TermEvent.at)
    )
    return {row.application_id: row.id for row in session.execute(statement)}


def _arrivals(work: Work, completions: Mapping[UUID, UUID]) -> Iterator[News]:
    application_id = work.application_id
    completion = None if application_id is None else completions.get(application_id)
    if work.kind is WorkKind.APPROVE:
        yield _news(_K.PROPOSAL, f"proposal:{work.subject_id}", work)
    elif work.kind in (WorkKind.WORDING, WorkKind.COLLEAGUE, WorkKind.PUBLISH):
        # By its day: what was given back and proposed again is news again.
        yield _news(_K.PROPOSAL, f"{work.kind}:{work.subject_id}:{work.due_on}", work)
    elif work.kind is WorkKind.PENALTY:
        if is_second_look(work):
            yield _news(_K.PROPOSAL, f"penalty:{work.subject_id}:{work.proposed_by}", work)
    elif work.kind is WorkKind.OBJECT and work.proposed_by is not None:
        yield _news(_K.PROPOSAL, f"ruling:{work.subject_id}:{work.proposed_by}", work)
    elif work.kind is WorkKind.OBJECT:
        yield _news(_K.OBJECTION, f"objection:{work.subject_id}", work)
    elif work.kind is WorkKind.VIEWS:
        if work.detail in _VIEWS_IN:
            yield _news(_K.VIEWS, f"views:{work.subject_id}", work)
    elif work.kind is WorkKind.PROOF:
        if work.detail == InquiryTask.ANSWER:
            yield _news(_K.VIEWS, f"proof:{work.subject_id}", work)
    elif work.kind is WorkKind.PLAN:
        yield _news(_K.PLAN, f"plan:{work.subject_id}", work)
    elif work.kind is not WorkKind.DECIDE or work.status != ApplicationStatus.RECEIVED:
        return
    elif completion is not None:
        yield _news(_K.COMPLETION, f"completion:{completion}", work)
    else:
        yield _news(_K.APPLICATION, f"application:{work.application_id}", work)


def _ending(work: Work) -> Iterator[News]:
    if work.days_left <= SOON_DAYS and work.application_id is not None:
        yield _news(_K.TERM, f"term:{work.subject_id}:{work.due_on}", work)


def _news(kind: OfficerMailKind, fact: str, work: Work) -> News:
    return News(kind, fact, work.number, work.title, work.due_on, work.kind)
