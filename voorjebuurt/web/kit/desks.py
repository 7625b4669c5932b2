"""The desks of those who work here: which are somebody's, and at which something waits for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import own_campaigns
from voorjebuurt.campaigns.queries import review_queue
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.payouts.waiting import desk_counts
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.people.rules import Role
from voorjebuurt.web.kit.database import the_settings


@dataclass(frozen=True)
class Desk:
    """A desk: the audience whose pages it leads to, and whose roles sit at it."""

    audience: str
    endpoint: str
    label: LazyString
    roles: frozenset[Role]
    has_work: Callable[[Session, SignedIn], bool]


def _waits_for_officer(session: Session, person: SignedIn) -> bool:
    table = table_of(the_settings().decisions)
    desks = (
        desk_of(session, officer_id=person.id, municipality_id=municipality_id)
        for municipality_id in person.municipalities
    )
    return any(work_list(session, desk, mine=True, table=table) for desk in desks)


def _waits_for_coach(session: Session, person: SignedIn) -> bool:
    own = own_campaigns(session, person.id)
    return any(row.waiting_for == "coach" and row.id not in own for row in review_queue(session))


def _waits_for_staff(session: Session, person: SignedIn) -> bool:
    """An auditor looks, and does none of it."""
    return Role.STAFF in person.roles and desk_counts(session).any


DESKS = (
    Desk(
        *("officer", "officer.show_desk", _l("Municipality")),
        frozenset({Role.OFFICER, Role.INSPECTOR}),
        _waits_for_officer,
    ),
    Desk(
        *("coach", "coach.list_reviews", _l("Pitches to review")),
        frozenset({Role.COACH}),
        _waits_for_coach,
    ),
    Desk(
        *("staff", "staff.show_desk", _l("Administration")),
        frozenset({Role.STAFF, Role.AUDITOR}),
        _waits_for_staff,
    ),
)


def desks_of(person: SignedIn) -> Sequence[Desk]:
    """Somebody's desks: none for a resident."""
    return [desk for desk in DESKS if desk.roles & person.held_roles]


def first_desk(session: Session, person: SignedIn) -> Desk | None:
    """Where somebody begins: the first of their desks at which something waits, or the first."""
    desks = desks_of(person)
    waiting = (desk for desk in desks if len(desks) > 1 and desk.has_work(session, person))
    return next(waiting, desks[0] if desks else None)
