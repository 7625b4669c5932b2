"""Making and ending a secret link to a calendar of terms, and reading by one."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.calendars.models import CalendarFeed
from voorjebuurt.decisions.cases.absences import absent_officers
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.people.appointments.powers import role_ended_since
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import officer_grant
from voorjebuurt.people.service import locked_person, person_subject
from voorjebuurt.people.teams.queries import shared_teams

READS_AN_HOUR = 60
"""A calendar program reads every quarter of an hour at most; several devices share a link."""
_TERMS = frozenset(WorkKind) - {
    *(WorkKind.ALERT, WorkKind.POST, WorkKind.RECALL),
    *(WorkKind.WORDING, WorkKind.COLLEAGUE, WorkKind.PUBLISH),
}
"""Work with a last day that the law, the fund or a court gives."""


class Scope(StrEnum):
    """Whose terms a calendar has: of the officer's own cases, or of the whole municipality."""

    OWN = "own"
    ALL = "all"


def make_feed(session: Session, *, municipality_id: UUID, scope: Scope, actor: Actor) -> str:
    """Make a link for an officer of the municipality; returns its secret, which is not kept.

    The link of before ends. Raises ``ForbiddenError`` ``only_officers``.
    """
    person_id = officer_of(session, municipality_id=municipality_id, actor=actor)
    # Of two presses at once one waits, and ends what the other made.
    locked_person(session, person_id)
    _end(session, person_id, municipality_id, scope)
    secret = new_token()
    session.add(
        CalendarFeed(
            person_id=person_id,
            municipality_id=municipality_id,
            scope=scope.value,
            token_hash=token_hash(secret),
            made_at=clock.now(),
        )
    )
    session.flush()
    _record(session, Action.PERSON_CALENDAR_SHARED, municipality_id, scope, actor)
    return secret


def end_feed(session: Session, *, municipality_id: UUID, scope: Scope, actor: Actor) -> None:
    """End the link: it reads nothing any longer. Ending what is not there is a no-op."""
    person_id = officer_of(session, municipality_id=municipality_id, actor=actor)
    locked_person(session, person_id)
    if _end(session, person_id, municipality_id, scope):
        _record(session, Action.PERSON_CALENDAR_ENDED, municipality_id, scope, actor)


def feeds_of(session: Session, person_id: UUID) -> Sequence[CalendarFeed]:
    """The links of somebody that work, the oldest first."""
    statement = select(CalendarFeed).where(
        CalendarFeed.person_id == person_id, CalendarFeed.ended_at.is_(None)
    )
    return session.scalars(statement.order_by(CalendarFeed.made_at, CalendarFeed.id)).all()


def feed_by_secret(session: Session, secret: str) -> tuple[CalendarFeed, Person] | None:
    """The link with this secret and whose it is, while they are an officer there.

    None once it was ended, the role ended, or the person is blocked: whoever asks learns nothing.
    """
    row = session.execute(
        select(CalendarFeed, Person)
        .join(Person, Person.id == CalendarFeed.person_id)
        .where(
            CalendarFeed.token_hash == token_hash(secret),
            CalendarFeed.ended_at.is_(None),
            Person.blocked_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    feed, person = row.CalendarFeed, row.Person
    is_officer = officer_grant(session, person.id, feed.municipality_id) is not None
    # Who lost the role and got it again makes a new link: the old one may be anywhere by then.
    if not is_officer or role_ended_since(
        session,
        person_id=person.id,
        municipality_id=feed.municipality_id,
        moment=feed.made_at,
    ):
        return None
    return feed, person


def count_read(session: Session, feed: CalendarFeed) -> bool:
    """Count one reading; whether it is one of the first ``READS_AN_HOUR`` of this hour."""
    hits = counters.count(session, key=f"calendar:{feed.id}", seconds=3600, amount=1)
    return hits <= READS_AN_HOUR


def terms_of(session: Session, feed: CalendarFeed) -> list[Work]:
    """What has a last day, the earliest first: of the officer's own cases, those they stand in for
    and those of their teams that nobody handles; or of the municipality whoever may do it.
    """
    works = [work for work in all_work(session, feed.municipality_id) if work.kind in _TERMS]
    if feed.scope == Scope.OWN:
        own = absent_officers(session, feed.person_id, feed.municipality_id) | {feed.person_id}
        teams = shared_teams(session, own, feed.municipality_id)
        works = [
            work
            for work in works
            if work.assigned_to in own or (work.assigned_to is None and work.team_id in teams)
        ]
    return sorted(works, key=lambda work: (work.due_on, work.number, work.kind))


def _end(session: Session, person_id: UUID, municipality_id: UUID, scope: Scope) -> bool:
    statement = (
        update(CalendarFeed)
        .where(
            CalendarFeed.person_id == person_id,
            CalendarFeed.municipality_id == municipality_id,
            CalendarFeed.scope == scope.value,
            CalendarFeed.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
        .returning(CalendarFeed.id)
    )
    return bool(session.scalars(statement).all())


def _record(
    session: Session, action: Action, municipality_id: UUID, scope: Scope, actor: Actor
) -> None:
    if actor.person_id is not None:
        audit.record(
            session,
            actor=actor,
            action=action,
            subject=person_subject(actor.person_id, municipality_id),
            detail={"scope": scope.value},
        )
