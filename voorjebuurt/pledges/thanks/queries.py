"""Reading thanks, and whom one can thank: as donors allow, never by address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.queries import donor_name
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.news.readers import donor_addresses
from voorjebuurt.pledges.rules import GiftPart, PledgeStatus
from voorjebuurt.pledges.thanks.models import Thanks


@dataclass(frozen=True)
class ThanksRow:
    """Thanks that were sent; ``name`` is of the one donor, where they show it."""

    id: UUID
    campaign_id: UUID
    pledge_id: UUID | None
    body: str
    sent_at: datetime
    hidden_at: datetime | None
    hidden_reason: str | None
    name: str | None
    amount_cents: int | None


@dataclass(frozen=True)
class DonorRow:
    """A gift whose donor can be thanked; ``name`` where they show it (eurocents)."""

    pledge_id: UUID
    name: str | None
    amount_cents: int
    booked_at: datetime


def thanks_of(session: Session, campaign_id: UUID, *, limit: int) -> Sequence[ThanksRow]:
    """What was sent to donors of a campaign, the latest first."""
    statement = _rows().where(Thanks.campaign_id == campaign_id)
    latest = statement.order_by(Thanks.sent_at.desc(), Thanks.id.desc()).limit(limit)
    return [ThanksRow(*row) for row in session.execute(latest)]


def thanks_by_id(session: Session, thanks_id: UUID) -> ThanksRow | None:
    """One of them."""
    row = session.execute(_rows().where(Thanks.id == thanks_id)).one_or_none()
    return None if row is None else ThanksRow(*row)


def thankable_gifts(session: Session, campaign_id: UUID, *, limit: int) -> Sequence[DonorRow]:
    """Gifts that count, of who may be mailed and was not thanked for it, the latest first."""
    is_thanked = select(Thanks.id).where(Thanks.pledge_id == Pledge.id).exists()
    statement = (
        select(Pledge.id, _name(), Pledge.amount_cents, Pledge.booked_at)
        .outerjoin(Dedication, Dedication.pledge_id == Pledge.id)
        .where(
            Pledge.campaign_id == campaign_id,
            Pledge.status == PledgeStatus.BOOKED.value,
            Pledge.email.in_(donor_addresses(campaign_id)),
            ~is_thanked,
        )
        .order_by(Pledge.booked_at.desc(), Pledge.id.desc())
        .limit(limit)
    )
    return [DonorRow(*row) for row in session.execute(statement)]


def _name() -> Any:
    """The donor's name where everybody may see it."""
    is_hidden = (
        select(HiddenWords.id)
        .where(HiddenWords.pledge_id == Pledge.id, HiddenWords.part == GiftPart.NAME.value)
        .exists()
    )
    return case((Pledge.name_public & ~is_hidden, donor_name()), else_=None)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Thanks.id,
            Thanks.campaign_id,
            Thanks.pledge_id,
            Thanks.body,
            Thanks.sent_at,
            Thanks.hidden_at,
            Thanks.hidden_reason,
            _name(),
            Pledge.amount_cents,
        )
        .outerjoin(Pledge, Pledge.id == Thanks.pledge_id)
        .outerjoin(Dedication, Dedication.pledge_id == Pledge.id)
    )
