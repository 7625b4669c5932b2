"""One mail to one officer, of what is new since the mail before.

At once means: within minutes, and within an hour of such a mail together in the next one. A daily
summary has what its reader did not choose to get at once. Terms that are wanted at once come in the
reminder of ``decisions.overviews.reminders``, on its days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.officer_mails.news import News, facts_of, latest_completions, news_of
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.worklist import desk_of
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.mail_kinds import OfficerMailKind, at_once, cadences
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.bundles import MAX_LINES, may_follow, new_facts
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import officers
from voorjebuurt.places.models import Municipality

TEMPLATE = "officer_news"


@dataclass(frozen=True)
class Waiting:
    """Everything that waits in one municipality, and the latest completions there."""

    works: Sequence[Work]
    completions: Mapping[UUID, UUID]


def places_by_officer(session: Session) -> dict[UUID, list[UUID]]:
    """The municipalities of every officer."""
    places: dict[UUID, list[UUID]] = {}
    for officer in officers(session):
        places.setdefault(officer.id, []).append(officer.municipality_id)
    return places


def waiting_in(session: Session, municipality_id: UUID) -> Waiting:
    """What waits in a municipality now."""
    works = all_work(session, municipality_id)
    return Waiting(works, latest_completions(session, municipality_id))


def waiting_facts(session: Session) -> frozenset[str]:
    """Everything that officers of any municipality may be mailed about now."""
    facts: set[str] = set()
    for municipality_id in session.scalars(select(Municipality.id)).all():
        waiting = waiting_in(session, municipality_id)
        facts |= facts_of(waiting.works, waiting.completions)
    return frozenset(facts)


def mail_officer(
    session: Session, *, officer_id: UUID, waiting: Mapping[UUID, Waiting], cadence: Cadence
) -> bool:
    """Mail an officer what is new of the kinds that come this often; whether there was a mail.

    ``waiting`` is by municipality, of those that they are an officer of.
    """
    kinds = _kinds(session, officer_id, cadence)
    news = [
        (place, item)
        for place, everything in waiting.items()
        for item in news_of(
            everything.works,
            desk_of(session, officer_id=officer_id, municipality_id=place),
            everything.completions,
        )
        if item.kind in kinds
    ]
    if not news:
        return False
    if not may_follow(session, person_id=officer_id, template=f"{TEMPLATE}:{cadence}"):
        return False
    facts = new_facts(
        session,
        person_id=officer_id,
        template=f"{TEMPLATE}:{cadence}",
        facts=[item.fact for _, item in news],
    )
    fresh = [_line(place, item) for place, item in news if item.fact in facts]
    return bool(fresh) and _queue(session, officer_id, fresh, cadence)


@still_true("officer_news")
@still_true("officer_reminder")
def reader_is_officer(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether who the mail is for is an officer there still: it may wait for its turn for hours.

    Where that is so of some of its municipalities, what it says of those goes in another mail.
    A mail of before it named its municipalities goes to who is an officer anywhere.
    """
    if context.get("reader_id") is None:
        return True
    reader_id = UUID(context["reader_id"])
    places = {str(each.municipality_id) for each in officers(session) if each.id == reader_id}
    if set(context.get("municipality_ids", places)) <= places:
        return bool(places)
    rest = [line for line in context.get("news", []) if line["municipality_id"] in places]
    if rest:
        _queue(session, reader_id, rest, Cadence(context["cadence"]))
    return False


def _kinds(session: Session, officer_id: UUID, cadence: Cadence) -> set[OfficerMailKind]:
    """The kinds that come this often, without terms at once."""
    choices = cadences_of(session, officer_id)
    if cadence is Cadence.AT_ONCE:
        return set(at_once(choices))
    return {kind for kind, value in cadences(choices).items() if value is cadence}


def _queue(
    session: Session, officer_id: UUID, lines: Sequence[dict[str, str]], cadence: Cadence
) -> bool:
    officer = session.get_one(Person, officer_id)
    places = sorted({line["municipality_id"] for line in lines})
    return queue_mail(
        session,
        key=":".join([TEMPLATE, str(officer_id), lines[0]["fact"], *places]),
        template=TEMPLATE,
        recipient=officer.email,
        locale=officer.locale,
        name=officer.name,
        reader_id=str(officer_id),
        municipality_ids=places,
        kinds=sorted({line["kind"] for line in lines}),
        cadence=cadence.value,
        news=list(lines[:MAX_LINES]),
        more=max(0, len(lines) - MAX_LINES),
        desk_path=links.officer_desk(),
    )


def _line(place: UUID, item: News) -> dict[str, str]:
    return {
        "municipality_id": str(place),
        "fact": item.fact,
        "kind": item.kind.value,
        "number": item.number,
        "title": item.title,
        "work": item.work.value,
        "due_on": clock.noon(item.due_on).isoformat(),
    }
