"""Ticking off that somebody was told, in person or by a letter."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.pledges.by_hand.models import DeskGift, DeskLetter
from voorjebuurt.pledges.by_hand.rules import Telling
from voorjebuurt.pledges.tins.acting import require_collector
from voorjebuurt.pledges.tins.rows import note


def tick_off(
    session: Session, *, campaign_id: UUID, letter_id: UUID, how: Telling, actor: Actor
) -> None:
    """Write down that a donor was told, and how; what was ticked off stays so.

    Raises ``NotFoundError``, and ``ForbiddenError`` for who may not keep the desk.
    """
    campaign = locked_campaign(session, campaign_id)
    person_id = require_collector(session, campaign_id, actor)
    letter = session.scalars(
        select(DeskLetter)
        .join(DeskGift, DeskGift.id == DeskLetter.desk_gift_id)
        .where(DeskLetter.id == letter_id, DeskGift.campaign_id == campaign_id)
        .with_for_update(of=DeskLetter)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if letter is None:
        raise NotFoundError("desk_letter_not_found")
    if letter.told_at is not None:
        return
    letter.told_at, letter.told_by, letter.told_how = clock.now(), person_id, how.value
    note(session, campaign, Action.CAMPAIGN_DESK_LETTER_TOLD, actor, letter=str(letter_id))
