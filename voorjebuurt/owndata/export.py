"""Gathering what is kept of a person or an address: to read, and as JSON (RFC 8259)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, false, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.models import Attachment
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.models import MailMessage, MailUnsubscription
from voorjebuurt.matching.applicants.models import Applicant
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.owndata.items import (
    OwnApplicant,
    OwnApplication,
    OwnAttachment,
    OwnCampaign,
    OwnData,
    OwnGift,
    OwnMail,
    OwnMessage,
    OwnProfile,
    OwnSignIn,
)
from voorjebuurt.people.models import Person, SignIn
from voorjebuurt.people.queries import roles_of
from voorjebuurt.pledges.models import Pledge

MOST = 1000
"""Of every list so many at most, the latest."""
_Item = TypeVar("_Item")


def data_of_person(session: Session, person_id: UUID, *, most: int = MOST) -> OwnData:
    """All that is kept of somebody who can sign in, with what is kept of their address."""
    person = session.get_one(Person, person_id)
    profile = OwnProfile(
        email=person.email,
        name=person.name,
        language=person.locale,
        created_at=person.created_at,
        verified_at=person.verified_at,
        roles=tuple(sorted(roles_of(session, person_id))),
    )
    return _gather(session, person.email, person_id, profile, most)


def data_of_address(session: Session, email: str, *, most: int = MOST) -> OwnData:
    """What is kept of an address alone: its gifts and mails. A profile is for who signs in."""
    return _gather(session, normal_address(email), None, None, most)


def as_json(data: OwnData) -> str:
    """The same for a program: UTF-8, moments and days by ISO 8601."""
    return json.dumps(asdict(data), default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _gather(
    session: Session, email: str, person_id: UUID | None, profile: OwnProfile | None, most: int
) -> OwnData:
    is_theirs = Pledge.email == email
    gifts = _items(session, OwnGift, _gifts(or_(is_theirs, _is(Pledge.donor_id, person_id))), most)
    campaigns = _items(session, OwnCampaign, _campaigns(person_id), most)
    messages = _items(session, OwnMessage, _messages(person_id), most)
    applications = _items(session, OwnApplication, _applications(person_id), most)
    applicants = _items(session, OwnApplicant, _applicants(person_id), most)
    attachments = _items(session, OwnAttachment, _attachments(person_id), most)
    sign_ins = _items(session, OwnSignIn, _sign_ins(person_id), most)
    mails = _items(session, OwnMail, _mails(email), most)
    lists: tuple[Sequence[object], ...] = (
        *(gifts, campaigns, messages, applications, applicants, attachments, sign_ins, mails),
    )
    return OwnData(
        made_at=clock.now(),
        email=email,
        is_whole=all(len(each) <= most for each in lists),
        profile=profile,
        gifts=tuple(gifts[:most]),
        campaigns=tuple(campaigns[:most]),
        messages=tuple(messages[:most]),
        applications=tuple(applications[:most]),
        applicants=tuple(applicants[:most]),
        attachments=tuple(attachments[:most]),
        sign_ins=tuple(sign_ins[:most]),
        mails=tuple(mails[:most]),
        unsubscribed_from=_unsubscriptions(session, email),
    )


def _items(
    session: Session, kind: type[_Item], statement: Select[*tuple[Any, ...]], most: int
) -> list[_Item]:
    """Rows as items of a kind, by the names of its fields; one more than fit, to tell."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    rows = session.execute(statement.limit(most + 1)).mappings()
    return [kind(**{name: row[name] for name in names}) for row in rows]


def _is(column: Any, person_id: UUID | None) -> ColumnElement[bool]:
    return false() if person_id is None else column == person_id


def _gifts(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    table = Pledge.__table__.c
    names = [field.name for field in fields(OwnGift) if field.name in table]
    number = func.upper(func.right(cast(Pledge.id, String), 12))
    return (
        select(number.label("number"), Campaign.title.label("campaign"), *(table[n] for n in names))
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(condition)
        .order_by(Pledge.created_at.desc(), Pledge.id.desc())
    )


def _campaigns(person_id: UUID | None) -> Select[*tuple[Any, ...]]:
    """Not what a guest began with the address: that is its reader's once they confirm it."""
    table = Campaign.__table__.c
    return (
        select(*(table[field.name] for field in fields(OwnCampaign)))
        .where(_is(Campaign.initiator_id, person_id), Campaign.guest_name.is_(None))
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
    )


def _messages(person_id: UUID | None) -> Select[*tuple[Any, ...]]:
    return (
        select(Campaign.title.label("campaign"), ReviewNote.body, ReviewNote.at)
        .join(Campaign, Campaign.id == ReviewNote.campaign_id)
        .where(_is(ReviewNote.author_id, person_id))
        .order_by(ReviewNote.at.desc(), ReviewNote.id.desc())
    )


def _applications(person_id: UUID | None) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Application.number,
            Campaign.title.label("campaign"),
            Fund.name.label("fund"),
            Application.status,
            Application.reach,
            Application.received_at,
            Application.decide_by,
        )
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Fund, Fund.id == Application.fund_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Application.received_at.desc(), Application.id.desc())
    )


def _applicants(person_id: UUID | None) -> Select[*tuple[Any, ...]]:
    table = Applicant.__table__.c
    names = [field.name for field in fields(OwnApplicant) if field.name in table]
    return (
        select(Application.number, *(table[name] for name in names))
        .join(Application, Application.id == Applicant.application_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Application.received_at.desc(), Application.id.desc())
    )


def _attachments(person_id: UUID | None) -> Select[*tuple[Any, ...]]:
    table = Attachment.__table__.c
    return (
        select(*(table[field.name] for field in fields(OwnAttachment)))
        .where(_is(Attachment.uploader_id, person_id), Attachment.removed_at.is_(None))
        .order_by(Attachment.added_at.desc(), Attachment.id.desc())
    )


def _sign_ins(person_id: UUID | None) -> Select[*tuple[Any, ...]]:
    return (
        select(SignIn.device, SignIn.opened_at, SignIn.last_used_at, SignIn.ended_at)
        .where(_is(SignIn.person_id, person_id))
        .order_by(SignIn.opened_at.desc(), SignIn.id.desc())
    )


def _mails(email: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            MailMessage.template.label("kind"),
            MailMessage.subject,
            MailMessage.created_at,
            MailMessage.sent_at,
        )
        .where(is_addressed_to(email))
        .order_by(MailMessage.created_at.desc(), MailMessage.id.desc())
    )


def _unsubscriptions(session: Session, email: str) -> tuple[str, ...]:
    statement = select(MailUnsubscription.template).where(MailUnsubscription.email == email)
    return tuple(session.scalars(statement.order_by(MailUnsubscription.template)))
