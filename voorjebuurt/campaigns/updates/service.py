"""Writing an update, sending it out, correcting it with a trace, and taking it back.

The campaign's row is held throughout: numbers follow each other, and the bound of a day holds for
two windows at once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.campaigns.updates.models import CampaignUpdate, UpdateCorrection
from voorjebuurt.campaigns.updates.texts import (
    MOST_A_DAY,
    MOST_DRAFTS,
    SPEAKING,
    Audience,
    UpdateText,
    judge,
)
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.kernel.ids import new_id

_DAY = timedelta(days=1)


def begin_update(session: Session, *, campaign_id: UUID, text: UpdateText, actor: Actor) -> UUID:
    """Keep a draft, which only its initiator sees. Raises ``DomainError`` at a field, or when
    there are too many drafts.
    """
    campaign = _speaking(session, campaign_id, actor)
    drafts = select(func.count(CampaignUpdate.id)).where(
        CampaignUpdate.campaign_id == campaign.id, CampaignUpdate.number.is_(None)
    )
    if (session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise DomainError("update_drafts_full", most=MOST_DRAFTS)
    update = CampaignUpdate(id=new_id(), campaign_id=campaign.id)
    _write(update, text.cleaned(), actor)
    session.add(update)
    session.flush()
    return update.id


def save_update(
    session: Session, *, campaign_id: UUID, update_id: UUID, text: UpdateText, actor: Actor
) -> None:
    """Change a draft, or correct what went out: then its page says what it was.

    Who may read it stays as it was once it went out. Raises ``DomainError`` at a field.
    """
    campaign = _speaking(session, campaign_id, actor)
    update = _update(session, campaign, update_id)
    text = text.cleaned()
    if update.published_at is None:
        _write(update, text, actor)
        session.flush()
        return
    if update.withdrawn_at is not None:
        raise TransitionError("wrong_state", state="withdrawn", action="correct_update")
    judge(text)
    if _correct(session, update, text):
        bump_version(campaign)
        _record(session, campaign, update, Action.CAMPAIGN_UPDATE_CORRECTED, actor)


def publish_update(session: Session, *, campaign_id: UUID, update_id: UUID, actor: Actor) -> int:
    """Send a draft out: to its page, and by mail to who may read it. Twice is once.

    Returns its number. Raises ``DomainError`` for one that is not whole, or above the bound of a
    day.
    """
    campaign = _speaking(session, campaign_id, actor)
    update = _update(session, campaign, update_id)
    if update.number is not None:
        return update.number
    judge(_text_of(update))
    _judge_bound(session, campaign)
    highest = select(func.coalesce(func.max(CampaignUpdate.number), 0))
    number = session.scalar(highest.where(CampaignUpdate.campaign_id == campaign.id)) or 0
    update.number, update.published_at = number + 1, clock.now()
    session.flush()
    bump_version(campaign)
    jobs.defer(session, "pledges.tell_of_update", update_id=str(update.id))
    _record(session, campaign, update, Action.CAMPAIGN_UPDATE_PUBLISHED, actor)
    return update.number


def withdraw_update(session: Session, *, campaign_id: UUID, update_id: UUID, actor: Actor) -> None:
    """Take an update off the page; mails that were not sent yet stay away. Twice is once."""
    campaign = _own(session, campaign_id, actor)
    update = _update(session, campaign, update_id)
    if update.published_at is None:
        raise TransitionError("wrong_state", state="draft", action="withdraw_update")
    if update.withdrawn_at is not None:
        return
    update.withdrawn_at = clock.now()
    bump_version(campaign)
    _record(session, campaign, update, Action.CAMPAIGN_UPDATE_WITHDRAWN, actor)


def remove_draft(session: Session, *, campaign_id: UUID, update_id: UUID, actor: Actor) -> None:
    """Throw a draft away. One that is gone already is no error; one that went out is."""
    campaign = _own(session, campaign_id, actor)
    update = session.get(CampaignUpdate, update_id, populate_existing=True)
    if update is None or update.campaign_id != campaign.id:
        return
    if update.published_at is not None:
        raise TransitionError("wrong_state", state="published", action="remove_draft")
    session.delete(update)
    session.flush()


def _own(session: Session, campaign_id: UUID, actor: Actor) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    return campaign


def _speaking(session: Session, campaign_id: UUID, actor: Actor) -> Campaign:
    campaign = _own(session, campaign_id, actor)
    if CampaignStatus(campaign.status) not in SPEAKING:
        raise TransitionError("wrong_state", state=campaign.status, action="write_update")
    return campaign


def _update(session: Session, campaign: Campaign, update_id: UUID) -> CampaignUpdate:
    update = session.get(CampaignUpdate, update_id, populate_existing=True)
    if update is None or update.campaign_id != campaign.id:
        raise NotFoundError("update_not_found")
    return update


def _text_of(update: CampaignUpdate) -> UpdateText:
    return UpdateText(
        title=update.title,
        body=update.body,
        audience=Audience(update.audience),
        picture_key=update.picture_key,
        picture_alt=update.picture_alt,
    )


def _write(update: CampaignUpdate, text: UpdateText, actor: Actor) -> None:
    update.title, update.body, update.audience = text.title, text.body, text.audience.value
    update.picture_key, update.picture_alt = text.picture_key, text.picture_alt
    update.written_at, update.written_by = clock.now(), actor.person_id


def _judge_bound(session: Session, campaign: Campaign) -> None:
    """So many in a day and a night: what was taken back counts too, its mails went out."""
    since = clock.now() - _DAY
    statement = select(CampaignUpdate.published_at).where(
        CampaignUpdate.campaign_id == campaign.id, CampaignUpdate.published_at > since
    )
    moments = sorted(each for each in session.scalars(statement) if each is not None)
    if len(moments) >= MOST_A_DAY:
        raise DomainError(
            "updates_of_a_day", most=MOST_A_DAY, at=_whole_minute(moments[-MOST_A_DAY] + _DAY)
        )


def _whole_minute(moment: datetime) -> datetime:
    return (moment + timedelta(seconds=59)).replace(second=0, microsecond=0)


def _correct(session: Session, update: CampaignUpdate, text: UpdateText) -> bool:
    """Write down what differs, and change it; whether anything did."""
    before, now = _parts(_text_of(update)), clock.now()
    after = _parts(text)
    changes = [part for part in after if before[part] != after[part]]
    for part in changes:
        session.add(
            UpdateCorrection(
                id=new_id(),
                update_id=update.id,
                part=part,
                before=before[part],
                after=after[part],
                corrected_at=now,
            )
        )
    update.title, update.body = text.title, text.body
    update.picture_key, update.picture_alt = text.picture_key, text.picture_alt
    session.flush()
    return bool(changes)


def _parts(text: UpdateText) -> dict[str, str]:
    """What a trace is kept of. A picture is told by what can be seen in it."""
    picture = f"{text.picture_key or ''} {text.picture_alt}".strip()
    return {"title": text.title, "body": text.body, "picture": picture}


def _record(
    session: Session, campaign: Campaign, update: CampaignUpdate, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        detail={"update": str(update.id), "number": update.number},
    )
