"""Reading in whose name gifts are, or for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.rules import TRIBUTES, DedicationKind
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.rules import GiftPart, PledgeStatus


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
