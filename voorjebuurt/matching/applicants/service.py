"""Keeping and reading who applies."""

from dataclasses import asdict, fields
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.matching.applicants.models import Applicant
from voorjebuurt.matching.applicants.rules import ApplicantDetails, checked_details
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person


def keep_details(
    session: Session,
    *,
    application: Application,
    details: ApplicantDetails,
    actor: Actor,
) -> bool:
    """Put who applies with a locked application; returns whether that changed anything.

    Raises ``DomainError`` at the field that is not right.
    """
    if actor.person_id is None:
        raise ForbiddenError("not_your_campaign")
    details = checked_details(details, undertaking=application.undertaking)
    if details_of(session, application.id) == details:
        return False
    row = session.get(Applicant, application.id) or Applicant(application_id=application.id)
    for name, value in asdict(details).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = clock.now(), actor.person_id
    session.add(row)
    session.flush()
    return True


def details_of(session: Session, application_id: UUID) -> ApplicantDetails | None:
    """Who applies; None for an application from before this was asked."""
    row = session.get(Applicant, application_id)
    return _details(row) if row else None


class Addressee(NamedTuple):
    """To whom a letter is: the organisation or group, if any, and the person's name."""

    group: str
    name: str

    @property
    def lines(self) -> tuple[str, ...]:
        """As they stand above a letter and on its envelope."""
        return tuple(line for line in self if line)


def addressee_of(session: Session, application: Application) -> Addressee:
    """Who applies by their own words, so that letter and address page name the same.

    Before this was asked: the campaign's group and its initiator.
    """
    details = details_of(session, application.id)
    if details is not None:
        return Addressee(details.organisation, details.signer)
    campaign = session.get_one(Campaign, application.campaign_id)
    applicant = session.get_one(Person, application.applicant_id)
    return Addressee(campaign.group_name, applicant.name)


def last_details(session: Session, person_id: UUID) -> ApplicantDetails | None:
    """What somebody said in their last application, to begin the next one with.

    Without the aid: that is another sum every time.
    """
    statement = (
        select(Applicant)
        .join(Application, Application.id == Applicant.application_id)
        .where(Application.applicant_id == person_id)
        .order_by(Application.received_at.desc())
        .limit(1)
    )
    row = session.scalar(statement)
    return _details(row) if row else None


def applications_of_same(session: Session, application_id: UUID) -> list[UUID]:
    """The other applications, in any municipality, of the same person or legal person."""
    application = session.get_one(Application, application_id)
    details = details_of(session, application_id)
    is_same = [Application.applicant_id == application.applicant_id]
    if details and details.kvk:
        is_same.append(Applicant.kvk == details.kvk)
    if details and details.rsin:
        is_same.append(Applicant.rsin == details.rsin)
    statement = (
        select(Application.id)
        .outerjoin(Applicant, Applicant.application_id == Application.id)
        .where(or_(*is_same), Application.id != application_id)
        .order_by(Application.received_at)
    )
    return list(session.scalars(statement))


def _details(row: Applicant) -> ApplicantDetails:
    return ApplicantDetails(
        **{field.name: getattr(row, field.name) for field in fields(ApplicantDetails)}
    )
