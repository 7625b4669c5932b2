"""Writing down what a donor without an address of mail must be told: nothing of it gets lost."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.mail.templates import mail_template
from voorjebuurt.pledges.by_hand.models import DeskGift, DeskLetter


def write_letter(
    session: Session, *, key: str, template: str, pledge_id: UUID, context: dict[str, Any]
) -> bool:
    """Write a letter in the caller's transaction, once per ``key``; returns whether it is new.

    ``template`` and ``context`` are those of the mail that others get. Raises ``LookupError`` for
    a template that ``mail.templates`` does not know.
    """
    mail_template(template)
    desk_gift_id = session.scalar(select(DeskGift.id).where(DeskGift.pledge_id == pledge_id))
    if desk_gift_id is None:
        raise InvariantError(f"pledge {pledge_id} is told of by hand, and by nobody")
    letter_id = session.execute(
        insert(DeskLetter)
        .values(
            id=new_id(),
            key=key,
            desk_gift_id=desk_gift_id,
            template=template,
            context=context,
            written_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(DeskLetter.id)
    ).scalar()
    return letter_id is not None


def has_letter(key: ColumnElement[str]) -> ColumnElement[bool]:
    """SQL for: a letter with this key is written."""
    return exists().where(DeskLetter.key == key)
