"""What keeps somebody here: nobody is erased who has the money or the case of others in hand."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import signs
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import (
    clawback_receivable,
    interest_receivable,
    owed_interest,
    owed_interest_pending,
)
from voorjebuurt.matching.applications.states import UNDECIDED, ApplicationStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.owndata.hold_kinds import Hold, HoldKind
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.rules import UNDER_WAY
from voorjebuurt.people.erasing import holds_role
from voorjebuurt.people.models import Person

_RUNNING = (CampaignStatus.LIVE, CampaignStatus.CLOSING, CampaignStatus.NEAR_MISS)
_TO_ACCOUNT = (ApplicationStatus.AWARDED, ApplicationStatus.ACCOUNTED)


def holds_of(session: Session, person: Person) -> tuple[Hold, ...]:
    """Everything that keeps a person."""
    return (*_as_person(session, person), *_campaigns(session, person), *_cases(session, person))


def _as_person(session: Session, person: Person) -> Iterator[Hold]:
    if person.blocked_at is not None:
        yield Hold(HoldKind.BLOCK)
    if holds_role(session, person.id):
        yield Hold(HoldKind.ROLE)


def _campaigns(session: Session, person: Person) -> Iterator[Hold]:
    is_paid_out = exists().where(
        Payout.campaign_id == Campaign.id, Payout.status.in_(sorted(UNDER_WAY))
    )
    statement = select(Campaign, is_paid_out).where(signs(person.id)).order_by(Campaign.created_at)
    for campaign, is_under_way in session.execute(statement).all():
        if campaign.status == CampaignStatus.SUBMITTED:
            yield Hold(HoldKind.REVIEW, campaign.title, leaves=campaign.id)
        elif campaign.status in _RUNNING:
            yield Hold(HoldKind.CAMPAIGN, campaign.title, campaign.deadline_on, campaign.id)
        elif campaign.status == CampaignStatus.SUCCEEDED or is_under_way:
            yield Hold(HoldKind.PAYOUT, campaign.title, leaves=campaign.id)


def _cases(session: Session, person: Person) -> Iterator[Hold]:
    statement = (
        select(Application, Campaign.title)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(or_(Application.applicant_id == person.id, signs(person.id)))
        .order_by(Application.received_at)
    )
    for application, title in session.execute(statement).all():
        if application.status in UNDECIDED:
            yield Hold(HoldKind.CASE, title, application.decide_by)
        elif application.status in _TO_ACCOUNT:
            yield Hold(HoldKind.ACCOUNT, title)
        if _owes(session, application.id):
            yield Hold(HoldKind.DEBT, title)
        for decide_by in _objections(session, application):
            yield Hold(HoldKind.OBJECTION, title, decide_by)


def _owes(session: Session, application_id: UUID) -> bool:
    """Whether something must still be paid: what was claimed back, or interest either way."""
    accounts = (
        clawback_receivable(application_id),
        interest_receivable(application_id),
        owed_interest(application_id),
        owed_interest_pending(application_id),
    )
    return any(balance(session, account) > 0 for account in accounts)


def _objections(session: Session, application: Application) -> list[date]:
    statement = select(Objection.decide_by).where(
        Objection.application_id == application.id,
        Objection.status == ObjectionStatus.RECEIVED.value,
    )
    return list(session.scalars(statement))
