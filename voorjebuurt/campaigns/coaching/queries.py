"""Reading what a coach changed in a plan."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.coaching.models import CoachEdit
from voorjebuurt.campaigns.live.differences import Pieces, differences
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.people.models import Person


class EditRow(NamedTuple):
    """A part of a plan before and after, in pieces that say what differs, and both in full.

    ``is_now``: the plan still says what the coach wrote.
    """

    id: UUID
    part: str
    was: Pieces
    becomes: Pieces
    before: str
    after: str
    edited_at: datetime
    editor: str
    answer: str | None
    answered_at: datetime | None
    is_now: bool


def edits_of(
    session: Session, campaign_id: UUID, *, limit: int, is_open: bool | None = None
) -> Sequence[EditRow]:
    """What coaches changed, the latest first; only what is open, or only what is not."""
    statement = (
        select(CoachEdit, Person.name, Campaign)
        .join(Person, Person.id == CoachEdit.edited_by)
        .join(Campaign, Campaign.id == CoachEdit.campaign_id)
        .where(CoachEdit.campaign_id == campaign_id)
        .order_by(CoachEdit.edited_at.desc(), CoachEdit.id.desc())
        .limit(limit)
    )
    if is_open is not None:
        is_answered = CoachEdit.answer.is_not(None)
        statement = statement.where(~is_answered if is_open else is_answered)
    return [_row(*row) for row in session.execute(statement)]


def open_edits(session: Session, campaign_id: UUID) -> int:
    """How many changes of a coach wait for who runs the plan."""
    statement = select(func.count(CoachEdit.id)).where(
        CoachEdit.campaign_id == campaign_id, CoachEdit.answer.is_(None)
    )
    return session.scalar(statement) or 0


def _row(edit: CoachEdit, editor: str, campaign: Campaign) -> EditRow:
    was, becomes = differences(edit.before, edit.after)
    return EditRow(
        edit.id,
        edit.part,
        was,
        becomes,
        edit.before,
        edit.after,
        edit.edited_at,
        editor,
        edit.answer,
        edit.answered_at,
        is_now=getattr(campaign, edit.part) == edit.after,
    )
