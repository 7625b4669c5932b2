"""For whom it is worth looking through the work that waits, every five minutes.

Reading all of it is dear, and mostly nothing is new. An officer is looked for when something
happened in a municipality of theirs since the look before, who was not mailed within the pause;
and once an hour in any case, for what no event of a municipality tells.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.officer_mails.bundles import TEMPLATE
from voorjebuurt.decisions.rules.mail_kinds import at_once
from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.mail.bundles import mailed_within_pause
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_by_person

_LOOK_AGAIN_SECONDS = 3600
_UNSETTLED = timedelta(minutes=1)
"""What happened so lately may not be all: a transaction that began before it may still commit."""


class Turn(NamedTuple):
    """A look for an officer: ``key`` stands for all that had happened in their municipalities."""

    key: str
    is_settled: bool


def due(session: Session, places_of: Mapping[UUID, Sequence[UUID]]) -> dict[UUID, Turn]:
    """The turns of the officers for whom something may be new; to be asked for before the work."""
    latest_by_place = _latest_events(session)
    in_pause = mailed_within_pause(session, template=f"{TEMPLATE}:{Cadence.AT_ONCE}")
    choices = cadences_by_person(session, list(places_of))
    turns = {
        officer_id: _turn(officer_id, [(place, latest_by_place.get(place)) for place in places])
        for officer_id, places in places_of.items()
        if officer_id not in in_pause and at_once(choices.get(officer_id, {}))
    }
    known_keys = counters.keys_within_window(session, [turn.key for turn in turns.values()])
    return {officer_id: turn for officer_id, turn in turns.items() if turn.key not in known_keys}


def note(session: Session, turn: Turn | None) -> None:
    """Write down that somebody looked; until something happens it need not be done again."""
    if turn is not None and turn.is_settled:
        counters.count(session, key=turn.key, seconds=_LOOK_AGAIN_SECONDS, amount=1)


def _latest_events(session: Session) -> dict[UUID, datetime]:
    """When something happened last in each municipality, of the last hours."""
    since = clock.now() - timedelta(seconds=2 * _LOOK_AGAIN_SECONDS)
    statement = (
        select(AuditEvent.municipality_id, func.max(AuditEvent.at).label("latest_at"))
        .where(AuditEvent.at > since, AuditEvent.municipality_id.is_not(None))
        .group_by(AuditEvent.municipality_id)
    )
    return {row.municipality_id: row.latest_at for row in session.execute(statement)}


def _turn(officer_id: UUID, latest: Sequence[tuple[UUID, datetime | None]]) -> Turn:
    moments = [at for _, at in latest if at is not None]
    state = " ".join(f"{place} {at}" for place, at in sorted(latest, key=lambda each: each[0]))
    is_settled = not moments or max(moments) < clock.now() - _UNSETTLED
    return Turn(f"officer_look:{token_hash(f'{officer_id} {state}')}", is_settled)
