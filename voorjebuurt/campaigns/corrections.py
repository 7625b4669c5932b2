"""Correcting the page of a live campaign, with a trace that everybody sees.

Donors gave to what the page said. So only words are corrected, by what can be passed here: a slip
by staff, or the words of the plan by who began it. Goal, minimum, last day, budget and what happens
with what is left never are; municipalities decided on them, and the database keeps them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.live.differences import Pieces, differences
from voorjebuurt.campaigns.live.ownership import own_campaign
from voorjebuurt.campaigns.live.tracing import (
    INITIATOR,
    STAFF,
    PageChange,
    check_changes_of_today,
    write_changes,
)
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.campaigns.rules import MAX_LENGTHS, CampaignStatus
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.people.rules import Role

MAY_BE_EMPTY = frozenset({"needs"})


@dataclass(frozen=True)
class PageWords:
    """All of a page that staff correct."""

    title: str
    summary: str
    story: str


@dataclass(frozen=True)
class PlanWords(PageWords):
    """All of a page that its initiator corrects."""

    for_whom: str
    worse_off: str
    needs: str


class CorrectionRow(NamedTuple):
    """What a part of the page said before and after, and since when.

    Where staff hid the texts there are none. ``source``: whose correction it was.
    """

    id: UUID
    part: str
    before: Pieces
    after: Pieces
    corrected_at: datetime
    source: str
    is_hidden: bool


def page_corrections(
    session: Session, campaign_id: UUID, *, limit: int, offset: int = 0, for_staff: bool = False
) -> Sequence[CorrectionRow]:
    """What was corrected on a campaign's page, the latest first. ``for_staff``: also what they hid.

    What stayed the same is no news: of a text only the lines that differ are there.
    """
    statement = (
        select(PageCorrection)
        .where(PageCorrection.campaign_id == campaign_id)
        .order_by(PageCorrection.corrected_at.desc(), PageCorrection.id.desc())
        .limit(limit)
        .offset(offset)
    )
    rows = []
    for row in session.scalars(statement):
        is_told = for_staff or row.hidden_at is None
        before, after = differences(row.before, row.after) if is_told else ((), ())
        is_hidden = row.hidden_at is not None
        rows.append(
            CorrectionRow(row.id, row.part, before, after, row.corrected_at, row.source, is_hidden)
        )
    return rows


def corrections_count(session: Session, campaign_id: UUID) -> int:
    """How many parts were corrected on a campaign's page."""
    is_its = PageCorrection.campaign_id == campaign_id
    return session.scalar(select(func.count()).where(is_its)) or 0


def correction_by_id(session: Session, correction_id: UUID) -> UUID | None:
    """The campaign whose page a correction is of."""
    is_this = PageCorrection.id == correction_id
    return session.scalar(select(PageCorrection.campaign_id).where(is_this))


def corrected_since(session: Session, campaign_id: UUID, moment: datetime) -> datetime | None:
    """When a page was last corrected after a moment; None when it says what it said then."""
    return session.scalar(
        select(func.max(PageCorrection.corrected_at)).where(
            PageCorrection.campaign_id == campaign_id, PageCorrection.corrected_at > moment
        )
    )


def correct_page(
    session: Session, *, campaign_id: UUID, words: PageWords, reason: str, actor: Actor
) -> None:
    """Correct a slip on a live page. What is the same already is left alone.

    Raises ``ForbiddenError``, ``TransitionError``, or ``DomainError`` at a field.
    """
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign = locked_campaign(session, campaign_id)
    _change_words(session, campaign, asdict(words), STAFF, actor, reason)


def correct_own_page(
    session: Session, *, campaign_id: UUID, words: PlanWords, actor: Actor
) -> None:
    """Correct the words of one's own live page; a coach hears of it.

    Raises ``ForbiddenError``, ``TransitionError``, ``DomainError`` at a field, or without one when
    there were too many changes today.
    """
    campaign = own_campaign(session, campaign_id, actor)
    _change_words(session, campaign, asdict(words), INITIATOR, actor, None)


def _change_words(
    session: Session,
    campaign: Campaign,
    words: Mapping[str, str],
    source: str,
    actor: Actor,
    reason: str | None,
) -> None:
    if campaign.status != CampaignStatus.LIVE:
        raise TransitionError("wrong_state", state=campaign.status, action="correct_page")
    new = {part: _one_kind_of_line(text) for part, text in words.items()}
    old = {part: str(getattr(campaign, part)) for part in words}
    parts = [part for part in new if clean_lines(new[part]) != clean_lines(old[part])]
    for part in parts:
        _judge(part, new[part])
    if not parts:
        return
    if source == INITIATOR:
        check_changes_of_today(session, campaign.id, of_pictures=False)
    for part in parts:
        setattr(campaign, part, new[part])
    changes = [PageChange(part, old[part], new[part]) for part in parts]
    write_changes(session, campaign, changes, source=source, actor=actor)
    bump_version(campaign)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_CORRECTED,
        subject=campaign_subject(campaign),
        reason=reason,
        detail={"parts": parts},
    )
    if source == INITIATOR:
        mails.page_changed(session, campaign)


def _one_kind_of_line(text: str) -> str:
    """A browser ends lines in its own way, which is no change."""
    return text.replace("\r\n", "\n")


def _judge(part: str, text: str) -> None:
    if not text.strip() and part not in MAY_BE_EMPTY:
        raise DomainError("correction_empty", field=part)
    if len(text) > MAX_LENGTHS[part]:
        raise DomainError("correction_too_long", field=part, maximum=MAX_LENGTHS[part])
