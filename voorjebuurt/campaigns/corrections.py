"""Correcting a slip on the page of a live campaign, with a trace that everybody sees.

Donors gave to what the page said. So only words are corrected, by what can be passed here; goal,
minimum and last day never are.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.campaigns.rules import MAX_LENGTHS, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.rules import Role


@dataclass(frozen=True)
class PageWords:
    """All of a page that can be corrected."""

    title: str
    summary: str
    story: str


class CorrectionRow(NamedTuple):
    """What a part of the page said before and after, and since when."""

    part: str
    before: str
    after: str
    corrected_at: datetime


def _page_words(campaign: Campaign) -> PageWords:
    """What the page says now."""
    return PageWords(title=campaign.title, summary=campaign.summary, story=campaign.story)


def page_corrections(session: Session, campaign_id: UUID) -> Sequence[CorrectionRow]:
    """What was corrected on a campaign's page, the latest first."""
    statement = (
        select(
            PageCorrection.part,
            PageCorrection.before,
            PageCorrection.after,
            PageCorrection.corrected_at,
        )
        .where(PageCorrection.campaign_id == campaign_id)
        .order_by(PageCorrection.corrected_at.desc(), PageCorrection.id.desc())
    )
    return [
        CorrectionRow(row.part, *_difference(row.before, row.after), row.corrected_at)
        for row in session.execute(statement)
    ]


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines in which two texts differ: without those that both begin and end with."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return "\n".join(old), "\n".join(new)


def correct_page(
    session: Session, *, campaign_id: UUID, words: PageWords, reason: str, actor: Actor
) -> None:
    """Correct the words of a live page. What is the same already is left alone.

    Raises ``ForbiddenError``, ``TransitionError``, or ``DomainError`` at a field.
    """
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign = locked_campaign(session, campaign_id)
    if campaign.status != CampaignStatus.LIVE:
        raise TransitionError("wrong_state", state=campaign.status, action="correct_page")
    old, new = asdict(_page_words(campaign)), asdict(words)
    new = {part: _one_kind_of_line(text) for part, text in new.items()}
    parts = [part for part in new if clean_lines(new[part]) != clean_lines(old[part])]
    for part in parts:
        _judge(part, new[part])
    if not parts:
        return
    for part in parts:
        session.add(_correction(campaign.id, part, old[part], new[part], actor))
        setattr(campaign, part, new[part])
    bump_version(campaign)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_CORRECTED,
        subject=campaign_subject(campaign),
        reason=reason,
        detail={"parts": parts},
    )


def _one_kind_of_line(text: str) -> str:
    """A browser ends lines in its own way, which is no change."""
    return text.replace("\r\n", "\n")


def _judge(part: str, text: str) -> None:
    if not text.strip():
        raise DomainError("correction_empty", field=part)
    if len(text) > MAX_LENGTHS[part]:
        raise DomainError("correction_too_long", field=part, maximum=MAX_LENGTHS[part])


def _correction(
    campaign_id: UUID, part: str, before: str, after: str, actor: Actor
) -> PageCorrection:
    return PageCorrection(
        id=new_id(),
        campaign_id=campaign_id,
        part=part,
        before=before,
        after=after,
        corrected_at=clock.now(),
        corrected_by=actor.person_id,
    )
