"""Reading updates: those of a campaign's page, one by its number, and all for who works on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates.models import CampaignUpdate, UpdateCorrection
from voorjebuurt.campaigns.updates.texts import Audience
from voorjebuurt.kernel.versions import Parts


@dataclass(frozen=True)
class UpdateRow:
    """An update; ``number`` is None for a draft."""

    id: UUID
    campaign_id: UUID
    number: int | None
    title: str
    body: str
    audience: str
    picture_key: str | None
    picture_alt: str
    written_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    hidden_at: datetime | None
    hidden_reason: str | None
    corrected_at: datetime | None

    @property
    def changed_at(self) -> datetime:
        """When it last became another text."""
        return self.corrected_at or self.published_at or self.written_at


@dataclass(frozen=True)
class CorrectionRow:
    """What a part said before and after, and since when."""

    part: str
    before: str
    after: str
    corrected_at: datetime


def is_shown() -> ColumnElement[bool]:
    """SQL for: it went out, and was neither taken back nor hidden."""
    return and_(
        CampaignUpdate.published_at.is_not(None),
        CampaignUpdate.withdrawn_at.is_(None),
        CampaignUpdate.hidden_at.is_(None),
    )


def shown_updates(
    session: Session, campaign_id: UUID, *, for_donors: bool, limit: int, offset: int = 0
) -> Sequence[UpdateRow]:
    """What may be read of a campaign's updates, the latest first."""
    statement = _rows().where(CampaignUpdate.campaign_id == campaign_id, is_shown())
    if not for_donors:
        statement = statement.where(CampaignUpdate.audience == Audience.EVERYBODY.value)
    statement = statement.order_by(CampaignUpdate.number.desc()).limit(limit).offset(offset)
    return [UpdateRow(*row) for row in session.execute(statement)]


def shown_update(session: Session, campaign_id: UUID, number: int) -> UpdateRow | None:
    """The one of this number that everybody may read."""
    statement = _rows().where(
        CampaignUpdate.campaign_id == campaign_id,
        CampaignUpdate.number == number,
        CampaignUpdate.audience == Audience.EVERYBODY.value,
        is_shown(),
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else UpdateRow(*row)


def donors_updates(session: Session, campaign_id: UUID) -> int:
    """How many updates only donors can read."""
    statement = select(func.count(CampaignUpdate.id)).where(
        CampaignUpdate.campaign_id == campaign_id,
        CampaignUpdate.audience == Audience.DONORS.value,
        is_shown(),
    )
    return session.scalar(statement) or 0


def all_updates(session: Session, campaign_id: UUID, *, limit: int) -> Sequence[UpdateRow]:
    """Drafts, and what went out, also what is off the page: for initiator and staff."""
    statement = _rows().where(CampaignUpdate.campaign_id == campaign_id)
    latest = statement.order_by(
        CampaignUpdate.published_at.desc().nulls_first(), CampaignUpdate.written_at.desc()
    )
    return [UpdateRow(*row) for row in session.execute(latest.limit(limit))]


def update_of(session: Session, campaign_id: UUID, update_id: UUID) -> UpdateRow | None:
    """One of a campaign's updates, in whatever state."""
    statement = _rows().where(
        CampaignUpdate.id == update_id, CampaignUpdate.campaign_id == campaign_id
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else UpdateRow(*row)


def corrections_of(session: Session, update_id: UUID) -> Sequence[CorrectionRow]:
    """What was corrected in an update, the latest first."""
    statement = (
        select(
            UpdateCorrection.part,
            UpdateCorrection.before,
            UpdateCorrection.after,
            UpdateCorrection.corrected_at,
        )
        .where(UpdateCorrection.update_id == update_id)
        .order_by(UpdateCorrection.corrected_at.desc(), UpdateCorrection.id.desc())
    )
    return [CorrectionRow(*row) for row in session.execute(statement)]


def edit_parts(session: Session, update_id: UUID) -> Parts:
    """What the form of an update shows, and whether it went out: then a change leaves a trace."""
    update = session.get(CampaignUpdate, update_id)
    is_out = update is not None and update.published_at is not None
    return {**update_parts(session, update_id), "is_out": is_out}


def update_parts(session: Session, update_id: UUID) -> Parts:
    """The text of an update, as it is about to go out."""
    update = session.get(CampaignUpdate, update_id)
    if update is None:
        return {}
    return {
        "update_title": update.title,
        "update_body": update.body,
        "audience": update.audience,
        "picture_key": update.picture_key,
        "picture_alt": update.picture_alt,
    }


def update_pictures(session: Session) -> frozenset[str]:
    """The keys of all pictures that updates use."""
    statement = select(CampaignUpdate.picture_key).where(CampaignUpdate.picture_key.is_not(None))
    return frozenset(key for key in session.scalars(statement) if key)


def _rows() -> Select[*tuple[Any, ...]]:
    corrected_at = (
        select(func.max(UpdateCorrection.corrected_at))
        .where(UpdateCorrection.update_id == CampaignUpdate.id)
        .scalar_subquery()
    )
    return select(
        CampaignUpdate.id,
        CampaignUpdate.campaign_id,
        CampaignUpdate.number,
        CampaignUpdate.title,
        CampaignUpdate.body,
        CampaignUpdate.audience,
        CampaignUpdate.picture_key,
        CampaignUpdate.picture_alt,
        CampaignUpdate.written_at,
        CampaignUpdate.published_at,
        CampaignUpdate.withdrawn_at,
        CampaignUpdate.hidden_at,
        CampaignUpdate.hidden_reason,
        corrected_at,
    ).join(Campaign, Campaign.id == CampaignUpdate.campaign_id)
