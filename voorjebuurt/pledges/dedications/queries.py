"""Reading in whose name gifts are, or for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.pledges.dedications.models import Dedication, GroupLogo
from voorjebuurt.pledges.dedications.rules import TRIBUTES, DedicationKind, LogoVerdict
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.rules import GiftPart, PledgeStatus


@dataclass(frozen=True)
class OwnLogo:
    """A group's logo as its donor sees it: a PNG as base64, and what a coach said of it."""

    picture: str
    verdict: str | None
    reason: str


@dataclass(frozen=True)
class GiftDedication:
    """In whose name a gift is, or for whom, as its donor sees it."""

    kind: str
    name: str
    words: str
    on_page: bool
    company_number: str
    street: str
    postcode: str
    town: str
    email: str | None
    tell_on: date | None
    told_at: datetime | None
    logo: OwnLogo | None = None


@dataclass(frozen=True)
class Present:
    """A present as its recipient sees it: without any amount."""

    name: str
    words: str
    donor: str
    title: str
    slug: str
    answer: str | None


def dedication_of_gift(session: Session, pledge_id: UUID) -> GiftDedication | None:
    """Of one gift; None for one in nobody else's name."""
    row = session.get(Dedication, pledge_id)
    if row is None:
        return None
    logo = session.get(GroupLogo, pledge_id) if row.kind == DedicationKind.GROUP else None
    return GiftDedication(
        kind=row.kind,
        name=row.name,
        words=row.words,
        on_page=row.on_page,
        company_number=row.company_number,
        street=row.street,
        postcode=row.postcode,
        town=row.town,
        email=row.email,
        tell_on=row.tell_on,
        told_at=row.told_at,
        logo=OwnLogo(logo.picture, logo.verdict, logo.reason) if logo is not None else None,
    )


def present_of_link(session: Session, token: str) -> Present | None:
    """What a mailed link opens, as long as the gift counts and its reader is known or answered."""
    statement = (
        select(
            Dedication.name,
            Dedication.words,
            Pledge.name,
            Campaign.title,
            Campaign.slug,
            Dedication.answer,
        )
        .join(Pledge, Pledge.id == Dedication.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(
            Dedication.token_hash == token_hash(token),
            or_(Dedication.email.is_not(None), Dedication.answer.is_not(None)),
            Pledge.status == PledgeStatus.BOOKED.value,
        )
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else Present(*row)


def is_group() -> ColumnElement[bool]:
    """SQL for: a group gives, where gifts are joined with their dedications."""
    return Dedication.kind == DedicationKind.GROUP.value


def donor_name() -> ColumnElement[str]:
    """SQL for: the name that is the donor's for everybody: the group's, or their own."""
    return case((is_group(), Dedication.name), else_=Pledge.name)


def is_tribute() -> ColumnElement[bool]:
    """SQL for: name and words of somebody else are on the page, and staff hide them not."""
    is_hidden = exists().where(
        HiddenWords.pledge_id == Pledge.id, HiddenWords.part == GiftPart.DEDICATION.value
    )
    kinds = sorted(TRIBUTES)
    return and_(Dedication.kind.in_(kinds), Dedication.on_page, ~is_hidden)


def is_name_hidden() -> ColumnElement[bool]:
    """SQL for: staff keep the donor's name off the page."""
    return exists().where(
        HiddenWords.pledge_id == Pledge.id, HiddenWords.part == GiftPart.NAME.value
    )


def has_logo() -> ColumnElement[bool]:
    """SQL for: the group's logo is on the page, beside its name: of a gift that was not paid back.

    Where gifts are joined with their dedications.
    """
    logo = aliased(GroupLogo)  # a statement may read logos itself
    is_approved = exists().where(
        logo.pledge_id == Pledge.id, logo.verdict == LogoVerdict.CONSENT.value
    )
    is_booked = Pledge.status == PledgeStatus.BOOKED.value
    is_named = and_(Pledge.name_public, ~is_name_hidden())
    return func.coalesce(and_(is_group(), is_booked, is_named, is_approved), False)


def shown_logo(session: Session, pledge_id: UUID) -> str | None:
    """The picture (base64 of a PNG) that everybody may see; None when there is none."""
    statement = (
        select(GroupLogo.picture)
        .join(Dedication, Dedication.pledge_id == GroupLogo.pledge_id)
        .join(Pledge, Pledge.id == GroupLogo.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(GroupLogo.pledge_id == pledge_id, has_logo(), Campaign.status.in_(sorted(PUBLIC)))
    )
    return session.scalar(statement)


@dataclass(frozen=True)
class JudgedLogo:
    """A group's logo as coaches see it, with the name and campaign that it stands beside."""

    pledge_id: UUID
    campaign_id: UUID
    title: str
    slug: str
    name: str
    picture: str
    sent_at: datetime
    verdict: str | None
    reason: str


def waiting_logos(session: Session, *, limit: int) -> Sequence[JudgedLogo]:
    """Those that no coach saw, of gifts that count, the longest waiting first."""
    statement = _logos().where(
        GroupLogo.verdict.is_(None), Pledge.status == PledgeStatus.BOOKED.value
    )
    rows = session.execute(statement.order_by(GroupLogo.sent_at, GroupLogo.pledge_id).limit(limit))
    return [JudgedLogo(*row) for row in rows]


def count_waiting_logos(session: Session) -> int:
    """How many wait for a coach."""
    statement = (
        select(func.count(GroupLogo.pledge_id))
        .join(Pledge, Pledge.id == GroupLogo.pledge_id)
        .where(GroupLogo.verdict.is_(None), Pledge.status == PledgeStatus.BOOKED.value)
    )
    return session.scalar(statement) or 0


def approved_logos(session: Session, *, limit: int) -> Sequence[JudgedLogo]:
    """Those that a coach let on a page, the latest first: they can be taken off again."""
    statement = _logos().where(
        GroupLogo.verdict == LogoVerdict.CONSENT.value, Pledge.status == PledgeStatus.BOOKED.value
    )
    order = (GroupLogo.decided_at.desc(), GroupLogo.pledge_id)
    return [JudgedLogo(*row) for row in session.execute(statement.order_by(*order).limit(limit))]


def logo_of_gift(session: Session, pledge_id: UUID) -> JudgedLogo | None:
    """One logo, for coaches; None when there is none (any more)."""
    row = session.execute(_logos().where(GroupLogo.pledge_id == pledge_id)).one_or_none()
    return None if row is None else JudgedLogo(*row)


def _logos() -> Select[*tuple[Any, ...]]:
    return (
        select(
            GroupLogo.pledge_id,
            Pledge.campaign_id,
            Campaign.title,
            Campaign.slug,
            Dedication.name,
            GroupLogo.picture,
            GroupLogo.sent_at,
            GroupLogo.verdict,
            GroupLogo.reason,
        )
        .join(Dedication, Dedication.pledge_id == GroupLogo.pledge_id)
        .join(Pledge, Pledge.id == GroupLogo.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
    )
