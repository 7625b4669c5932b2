"""A role as mails say it: which, of an officer of which municipality, and up to what."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, column, select, table
from sqlalchemy.orm import Session

from voorjebuurt.people.models import RoleGrant, RoleProposal

_municipalities = table("municipalities", column("id", Uuid()), column("name"))
"""Their names only: the places are a room above this one."""


def role_words(session: Session, row: RoleGrant | RoleProposal) -> dict[str, Any]:
    """What ``role_of`` of the mails reads."""
    place = row.municipality_id
    words: dict[str, Any] = {"role": row.role, "mandate_cents": row.mandate_limit_cents or 0}
    if place is not None:
        words["municipality"] = town_names(session, [place]).get(place, "")
        words["may_appoint"] = row.may_appoint
        words.update(mandate_words(row))
    return words


def mandate_words(row: RoleGrant | RoleProposal) -> dict[str, Any]:
    """For which decisions and until when, where a mandate is not for all and for ever."""
    words: dict[str, Any] = {}
    if row.mandate_kinds is not None:
        words["mandate_kinds"] = row.mandate_kinds
    if row.mandate_until is not None:
        words["mandate_until"] = row.mandate_until.isoformat()
    return words


def town_names(session: Session, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The names of these municipalities."""
    statement = select(_municipalities.c.id, _municipalities.c.name).where(
        _municipalities.c.id.in_(list(ids))
    )
    return {row.id: row.name for row in session.execute(statement)}
