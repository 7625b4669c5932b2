"""Letting a funder look along at a plan by a private link, and what they remark about it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.funders.models import FunderLink, FunderRemark
from voorjebuurt.campaigns.funders.rules import (
    ANSWER_MAX_LENGTH,
    IN_MAKING,
    KEPT_DAYS,
    MOST_OPEN,
    MOST_REMARKS,
    NAME_MAX_LENGTH,
    PURPOSE,
    REMARK_MAX_LENGTH,
    last_day_fault,
)
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus, ReviewPart
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.cleaning import clean_line, clean_lines
from voorjebuurt.kernel.errors import DomainError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import derived_token, new_id, token_hash

SEEN_GAP = timedelta(minutes=10)


@dataclass(frozen=True)
class Remark:
    """What who looks along types; ``part``: of what it is about, or of the whole plan."""

    name: str
    organisation: str
    body: str
    part: ReviewPart | None = None


def token_of(secret_key: str, link_id: UUID) -> str:
    """The secret of a link, which only this site can make again."""
    return derived_token(secret_key, PURPOSE, str(link_id))


def make_link(
    session: Session,
    *,
    campaign_id: UUID,
    reader: str,
    last_day: date,
    shows_members: bool,
    secret_key: str,
    actor: Actor,
) -> UUID:
    """Make a link for ``reader`` that opens the plan until the end of a day.

    Raises ``ForbiddenError``, ``TransitionError`` for a plan that is live or over, ``DomainError``
    at a field, or when ten are open.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    _judge_making(campaign)
    name = _text(reader, "reader", "funder_reader_missing", NAME_MAX_LENGTH, is_line=True)
    fault = last_day_fault(last_day, today=clock.today())
    if fault is not None:
        raise DomainError(fault, field="last_day")
    now = clock.now()
    is_open = (FunderLink.revoked_at.is_(None), FunderLink.ends_at > now)
    links = select(func.count(FunderLink.id)).where(FunderLink.campaign_id == campaign.id, *is_open)
    if (session.scalar(links) or 0) >= MOST_OPEN:
        raise DomainError("funder_links_full", most=MOST_OPEN)
    link_id = new_id()
    link = FunderLink(
        id=link_id,
        campaign_id=campaign.id,
        reader=name,
        shows_members=shows_members,
        token_hash=token_hash(token_of(secret_key, link_id)),
        made_at=now,
        made_by=actor.person_id,
        ends_at=clock.end_of_day(last_day),
    )
    session.add(link)
    session.flush()
    _record(session, campaign, Action.CAMPAIGN_FUNDER_LINK_MADE, link.id, actor)
    return link.id


def revoke_link(session: Session, *, campaign_id: UUID, link_id: UUID, actor: Actor) -> None:
    """Close a link from now on. Twice is once."""
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    link = session.get(FunderLink, link_id, with_for_update=True, populate_existing=True)
    if link is None or link.campaign_id != campaign.id:
        raise NotFoundError("funder_link_not_found")
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = clock.now(), actor.person_id
        session.flush()
        _record(session, campaign, Action.CAMPAIGN_FUNDER_LINK_REVOKED, link.id, actor)


def note_look(session: Session, link_id: UUID) -> None:
    """Somebody looked by a link; written down once in a while."""
    now = clock.now()
    session.execute(
        update(FunderLink)
        .where(
            FunderLink.id == link_id,
            FunderLink.seen_at.is_(None) | (FunderLink.seen_at < now - SEEN_GAP),
        )
        .values(seen_at=now)
    )


def leave_remark(session: Session, *, token: str, remark: Remark) -> UUID:
    """Remark something by a link; the same words again are one remark.

    Raises ``DomainError`` at a field, for a link that is not open any more, or one too many.
    """
    link = session.scalar(
        select(FunderLink)
        .where(FunderLink.token_hash == token_hash(token))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if link is None:
        raise NotFoundError("funder_link_not_found")
    campaign = session.get_one(Campaign, link.campaign_id)
    now = clock.now()
    is_closed = link.revoked_at is not None or link.ends_at <= now
    if is_closed or CampaignStatus(campaign.status) not in IN_MAKING:
        raise DomainError("funder_link_closed")
    name = _text(remark.name, "name", "funder_name_missing", NAME_MAX_LENGTH, is_line=True)
    body = _text(remark.body, "body", "funder_remark_missing", REMARK_MAX_LENGTH)
    organisation = clean_line(remark.organisation)
    if len(organisation) > NAME_MAX_LENGTH:
        raise DomainError("funder_text_long", field="organisation", most=NAME_MAX_LENGTH)
    part = remark.part.value if remark.part else None
    of_link = select(FunderRemark.id).where(FunderRemark.link_id == link.id)
    same = of_link.where(FunderRemark.body == body, FunderRemark.part.is_not_distinct_from(part))
    again = session.scalar(same.limit(1))
    if again is not None:
        return again
    if len(session.scalars(of_link).all()) >= MOST_REMARKS:
        raise DomainError("funder_remarks_full", most=MOST_REMARKS)
    row = FunderRemark(
        link_id=link.id,
        campaign_id=link.campaign_id,
        name=name,
        organisation=organisation,
        part=part,
        body=body,
        remarked_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, campaign, Action.CAMPAIGN_FUNDER_REMARKED, row.id, GUEST)
    return row.id


def answer_remark(
    session: Session, *, campaign_id: UUID, remark_id: UUID, text: str, actor: Actor
) -> None:
    """Answer what a funder remarked, once; who has the link reads it there."""
    campaign, remark = _remark(session, campaign_id, remark_id, actor)
    answer = _text(text, "answer", "funder_answer_missing", ANSWER_MAX_LENGTH)
    if remark.answer == answer:
        return
    if remark.answered_at is not None or remark.removed_at is not None:
        raise DomainError("funder_remark_answered")
    remark.answer, remark.answered_at = answer, clock.now()
    remark.answered_by = actor.person_id
    session.flush()
    _record(session, campaign, Action.CAMPAIGN_FUNDER_ANSWERED, remark.id, actor)


def remove_remark(session: Session, *, campaign_id: UUID, remark_id: UUID, actor: Actor) -> None:
    """Erase the words of a remark; that there was one stays. Twice is once."""
    campaign, remark = _remark(session, campaign_id, remark_id, actor)
    if remark.removed_at is None:
        empty_remark(remark, actor)
        session.flush()
        _record(session, campaign, Action.CAMPAIGN_FUNDER_REMARK_REMOVED, remark.id, actor)


def hide_remark(session: Session, *, remark_id: UUID, actor: Actor) -> None:
    """As staff, erase the words of a remark that was reported. Twice is once."""
    remark = session.get(FunderRemark, remark_id, with_for_update=True, populate_existing=True)
    if remark is None:
        raise NotFoundError("funder_remark_not_found")
    if remark.removed_at is None:
        empty_remark(remark, actor)
        session.flush()
        campaign = session.get_one(Campaign, remark.campaign_id)
        _record(session, campaign, Action.CAMPAIGN_FUNDER_REMARK_REMOVED, remark.id, actor)


def empty_remark(remark: FunderRemark, actor: Actor) -> None:
    """Take the words, and whose they are, off a remark that is held."""
    remark.name = remark.organisation = remark.body = remark.answer = ""
    remark.removed_at, remark.removed_by = clock.now(), actor.person_id


def _remark(
    session: Session, campaign_id: UUID, remark_id: UUID, actor: Actor
) -> tuple[Campaign, FunderRemark]:
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    remark = session.get(FunderRemark, remark_id, with_for_update=True, populate_existing=True)
    if remark is None or remark.campaign_id != campaign.id:
        raise NotFoundError("funder_remark_not_found")
    return campaign, remark


def _judge_making(campaign: Campaign) -> None:
    if CampaignStatus(campaign.status) not in IN_MAKING:
        raise TransitionError("funder_plan_live", state=campaign.status, action="make_link")


def _text(text: str, field: str, missing: str, most: int, *, is_line: bool = False) -> str:
    clean = clean_line(text) if is_line else clean_lines(text).strip()
    if not clean:
        raise DomainError(missing, field=field)
    if len(clean) > most:
        raise DomainError("funder_text_long", field=field, most=most)
    return clean


def _record(
    session: Session, campaign: Campaign, action: Action, about: UUID, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        detail={"about": str(about)},
    )


def forget_links(session: Session) -> None:
    """Erase links that closed long ago, with the names and words that came by them."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    closed_at = func.least(FunderLink.ends_at, FunderLink.revoked_at)
    session.execute(delete(FunderLink).where(closed_at < before))
