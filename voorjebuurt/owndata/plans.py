"""What erasing somebody would take away and what it would leave, in figures, before it is done."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.abuse.reporting import reports_from
from voorjebuurt.campaigns.erasing import NEVER_PUBLIC
from voorjebuurt.campaigns.follow.service import follows_from
from voorjebuurt.campaigns.members.acting import is_addressed_to
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.needs.offers import offers_from
from voorjebuurt.campaigns.questions.service import questions_from as asked_from
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.campaigns.together.invitations import invitations_to
from voorjebuurt.mail.erasing import mails_to
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.questions.service import questions_from
from voorjebuurt.owndata.hold_kinds import Hold, HoldKind
from voorjebuurt.owndata.holds import holds_of
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.people.erasing import keys_of
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import person_by_email
from voorjebuurt.places.wishes import wishes_of
from voorjebuurt.pledges.erasing.boards import boards_with
from voorjebuurt.pledges.erasing.requests import DonorGifts, gifts_of_donor


@dataclass(frozen=True)
class PersonPlan:
    """What there is of who can sign in, beside what there is of their address.

    ``plans`` go; ``campaigns`` were public and stay without their name; ``cases`` are files of
    municipalities; ``accounts`` are numbers that money was paid to.
    """

    plans: int
    campaigns: int
    messages: int
    cases: int
    accounts: int
    devices: int
    passkeys: int


@dataclass(frozen=True)
class ErasurePlan:
    """All of it; ``account`` is None for an address alone. Nothing goes while there are holds."""

    email: str
    gifts: DonorGifts
    mails: int
    wishes: int
    questions: int
    offers: int
    invitations: int
    follows: int
    campaign_questions: int
    abuse_reports: int
    boards: int
    account: PersonPlan | None = None
    holds: tuple[Hold, ...] = ()


def plan_for_address(session: Session, email: str) -> ErasurePlan:
    """What there is of an address alone."""
    has_person = person_by_email(session, email) is not None
    return ErasurePlan(
        email,
        gifts_of_donor(session, email=email, person_id=None),
        mails_to(session, email),
        wishes_of(session, email),
        questions_from(session, email),
        offers_from(session, email),
        invitations_to(session, email),
        follows_from(session, email),
        asked_from(session, email),
        reports_from(session, email),
        boards_with(session, email),
        holds=(Hold(HoldKind.SIGN_IN),) if has_person else (),
    )


def plan_for_person(session: Session, person_id: UUID) -> ErasurePlan:
    """What there is of somebody who signs in."""
    person = session.get_one(Person, person_id)
    return ErasurePlan(
        person.email,
        gifts_of_donor(session, email=person.email, person_id=person_id),
        mails_to(session, person.email),
        wishes_of(session, person.email),
        questions_from(session, person.email),
        offers_from(session, person.email),
        invitations_to(session, person.email),
        follows_from(session, person.email),
        asked_from(session, person.email),
        reports_from(session, person.email),
        boards_with(session, person.email),
        _account(session, person_id),
        holds_of(session, person),
    )


def _account(session: Session, person_id: UUID) -> PersonPlan:
    own = is_addressed_to(person_id)
    alone = own & ~exists().where(
        CampaignMember.campaign_id == Campaign.id,
        CampaignMember.left_at.is_(None),
        CampaignMember.person_id != person_id,
    )
    keys = keys_of(session, person_id)
    is_paid_to = exists().where(Payout.payee_id == Payee.id)
    counts = [
        select(func.count(Campaign.id)).where(alone, Campaign.status.in_(sorted(NEVER_PUBLIC))),
        select(func.count(Campaign.id)).where(own, Campaign.status.in_(sorted(PUBLIC))),
        select(func.count(ReviewNote.id)).where(ReviewNote.author_id == person_id),
        select(func.count(Application.id)).where(Application.applicant_id == person_id),
        select(func.count(Payee.id)).where(Payee.submitted_by == person_id, is_paid_to),
    ]
    plans, campaigns, messages, cases, accounts = (session.scalar(each) or 0 for each in counts)
    return PersonPlan(
        plans, campaigns, messages, cases, accounts, devices=keys.devices, passkeys=keys.passkeys
    )
