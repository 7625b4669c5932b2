"""Keeping a donor's name or message off the public page, and showing it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.dedications.queries import GiftDedication, dedication_of_gift
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.rules import GiftPart


@dataclass(frozen=True)
class HiddenPart:
    """Since when a part is off the page, and why."""

    reason: str
    hidden_at: datetime


@dataclass(frozen=True)
class GiftWords:
    """What a donor wrote with a gift, and which parts of it are off the page."""

    pledge_id: UUID
    campaign_id: UUID
    name: str
    name_public: bool
    message: str
    dedication: GiftDedication | None
    hidden_parts: Mapping[str, HiddenPart]

    @property
    def has_tribute(self) -> bool:
        """Whether the donor wants somebody's name and words on the page."""
        return self.dedication is not None and self.dedication.on_page


def gift_words(session: Session, pledge_id: UUID) -> GiftWords | None:
    """A donor's words, for staff."""
    pledge = session.get(Pledge, pledge_id)
    if pledge is None:
        return None
    rows = session.scalars(select(HiddenWords).where(HiddenWords.pledge_id == pledge_id))
    return GiftWords(
        pledge_id=pledge.id,
        campaign_id=pledge.campaign_id,
        name=pledge.name,
        name_public=pledge.name_public,
        message=pledge.message,
        dedication=dedication_of_gift(session, pledge_id),
        hidden_parts={row.part: HiddenPart(row.reason, row.hidden_at) for row in rows},
    )


def hide_words(
    session: Session, *, pledge_id: UUID, part: GiftPart, reason: str, actor: Actor
) -> None:
    """Keep a part off the public page, and tell the donor why. A second time changes nothing.

    Raises ``ForbiddenError`` or ``NotFoundError``.
    """
    pledge = _locked(session, pledge_id, actor)
    if _row(session, pledge_id, part) is not None:
        return
    words = HiddenWords(
        id=new_id(),
        pledge_id=pledge.id,
        part=part.value,
        reason=reason,
        hidden_at=clock.now(),
        hidden_by=actor.person_id,
    )
    session.add(words)
    session.flush()
    campaign = session.get_one(Campaign, pledge.campaign_id)
    mails.words_hidden(session, pledge=pledge, campaign=campaign, words=words)
    _record(session, pledge, part, Action.PLEDGE_WORDS_HIDDEN, actor, reason)


def hide_reported_words(session: Session, *, pledge_id: UUID, reason: str, actor: Actor) -> None:
    """Keep off the page what was reported as a gift's message: also whose memory it is.

    Raises ``ForbiddenError`` or ``NotFoundError``.
    """
    words = gift_words(session, pledge_id)
    if words is None:
        raise NotFoundError("gift_not_found")
    if words.message or not words.has_tribute:
        hide_words(session, pledge_id=pledge_id, part=GiftPart.MESSAGE, reason=reason, actor=actor)
    if words.has_tribute:
        hide_words(
            session, pledge_id=pledge_id, part=GiftPart.DEDICATION, reason=reason, actor=actor
        )


def show_words(session: Session, *, pledge_id: UUID, part: GiftPart, actor: Actor) -> None:
    """Show a part on the public page again, when its donor wants that. Twice changes nothing.

    Raises ``ForbiddenError`` or ``NotFoundError``.
    """
    pledge = _locked(session, pledge_id, actor)
    words = _row(session, pledge_id, part)
    if words is None:
        return
    session.delete(words)
    _record(session, pledge, part, Action.PLEDGE_WORDS_SHOWN, actor, None)


def _locked(session: Session, pledge_id: UUID, actor: Actor) -> Pledge:
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    pledge = session.get(Pledge, pledge_id, with_for_update=True, populate_existing=True)
    if pledge is None:
        raise NotFoundError("gift_not_found")
    return pledge


def _row(session: Session, pledge_id: UUID, part: GiftPart) -> HiddenWords | None:
    statement = select(HiddenWords).where(
        HiddenWords.pledge_id == pledge_id, HiddenWords.part == part.value
    )
    return session.scalar(statement)


def _record(
    session: Session,
    pledge: Pledge,
    part: GiftPart,
    action: Action,
    actor: Actor,
    reason: str | None,
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        reason=reason,
        detail={"part": part.value},
    )
