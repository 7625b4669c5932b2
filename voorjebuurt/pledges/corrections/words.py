"""The words with a gift, which its donor may change for as long as it counts."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.pledges.erasing.detaching import is_erased
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus


@dataclass(frozen=True)
class GiftWords:
    """What others may read with a gift; an empty ``name`` or ``message`` is none."""

    name: str
    name_public: bool
    message: str


def lock_gift(session: Session, pledge_id: UUID) -> None:
    """Hold a gift's row until the commit."""
    session.get_one(Pledge, pledge_id, with_for_update=True, populate_existing=True)


def word_parts(session: Session, pledge_id: UUID) -> Parts:
    """What the page of the words shows, to be held against later."""
    pledge = session.get_one(Pledge, pledge_id)
    return {
        "donor_name": pledge.name,
        "name_public": pledge.name_public,
        "gift_message": pledge.message,
    }


def change_words(session: Session, *, token: str, words: GiftWords, actor: Actor) -> None:
    """Change the name, whether it shows, and the message of a gift that counts.

    What staff keep off the page stays off it, whatever it says now. What is so already changes
    nothing. Raises ``NotFoundError`` for an unknown token, and ``DomainError`` for a gift that
    doesn't count, or whose donor was erased.
    """
    pledge = session.scalar(select(Pledge).where(Pledge.token == token).with_for_update())
    if pledge is None:
        raise NotFoundError("pledge_not_found")
    if pledge.status != PledgeStatus.BOOKED or is_erased(pledge):
        raise DomainError("gift_not_there")
    changes = {key: value for key, value in asdict(words).items() if getattr(pledge, key) != value}
    if not changes:
        return
    for key, value in changes.items():
        setattr(pledge, key, value)
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_CHANGED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"parts": sorted(changes)},
    )
