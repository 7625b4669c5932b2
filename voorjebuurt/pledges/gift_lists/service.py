"""Taking the list of gifts along, which is written down."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns import queries as campaigns
from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.pledges.gift_lists.queries import ListedGift, listed_gifts


def take_gifts_along(session: Session, *, campaign_id: UUID, actor: Actor) -> Sequence[ListedGift]:
    """All gifts that were paid, for a file; who took it is written down.

    Raises ``ForbiddenError`` for who does not run this campaign.
    """
    if not acts_for(session, campaign_id, actor.person_id):
        raise ForbiddenError("not_your_campaign")
    gifts = listed_gifts(session, campaign_id)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_GIFTS_DOWNLOADED,
        subject=Subject(
            SubjectKind.CAMPAIGN, campaign_id, campaigns.municipality_id(session, campaign_id)
        ),
        detail={"gifts": len(gifts)},
    )
    return gifts
