"""Staff are mailed what waits for them: about each thing once, in at most one mail an hour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.campaigns.members.acting import everybody_of, everybody_of_each
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.mail import links
from voorjebuurt.mail.bundles import MAX_LINES, may_follow, new_facts
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.matching.models import Fund, FundDeposit
from voorjebuurt.matching.pots.deposit_states import WAITING
from voorjebuurt.payouts.checklist.models import PayeeWaiver
from voorjebuurt.payouts.models import FundReturn, Payee, Payout
from voorjebuurt.payouts.rules import CURRENT_PAYEE, PayeeStatus, PayoutStatus
from voorjebuurt.people.address_change_states import unapproved_changes
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.tins.staff_queries import waiting_cash

TEMPLATE = "staff_news"
PAYEE, PAYOUT, DEPOSIT, ADDRESS, ALERT = "payee", "payout", "deposit", "address", "alert"
ABUSE = "abuse"
WAIVER = "waiver"


@dataclass(frozen=True)
class StaffNews:
    """A payee to check, a payout to release, money to book (eurocents), an address of a colleague
    to approve, a report of abuse, or an alert.

    ``not_for`` may not act on it: four eyes, and nobody about their own campaign.
    """

    kind: str
    fact: str
    title: str = ""
    amount_cents: int = 0
    not_for: frozenset[UUID] = frozenset()


def news_for_staff(session: Session) -> list[StaffNews]:
    """Everything that waits for staff now and can be news, the oldest of a kind first."""
    return [
        *_payees(session),
        *_waivers(session),
        *_payouts(session),
        *_returns(session),
        *_deposits(session),
        *_cash(session),
        *_addresses(session),
        *_abuse(session),
        *_alerts(session),
    ]


def mail_member(session: Session, *, person_id: UUID, news: Sequence[StaffNews]) -> bool:
    """Mail a member of staff what is new of this; whether there was a mail."""
    own = [item for item in news if person_id not in item.not_for]
    if not own or not may_follow(session, person_id=person_id, template=TEMPLATE):
        return False
    facts = new_facts(
        session, person_id=person_id, template=TEMPLATE, facts=[item.fact for item in own]
    )
    fresh = [item for item in own if item.fact in facts]
    return bool(fresh) and _queue(session, person_id, fresh)


@still_true(TEMPLATE)
def reader_is_staff(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether who the mail is for is of staff still: it may wait for its turn for hours."""
    members = emails_with_role(session, Role.STAFF)
    return context["reader_id"] in {str(member_id) for member_id, _, _ in members}


def _payees(session: Session) -> list[StaffNews]:
    statement = (
        select(Payee.id, Payee.campaign_id, Campaign.title)
        .join(Campaign, Campaign.id == Payee.campaign_id)
        .where(Payee.status == PayeeStatus.SUBMITTED)
        .order_by(Payee.submitted_at)
    )
    return [
        StaffNews(
            PAYEE,
            f"payee:{row.id}",
            row.title,
            not_for=frozenset(session.scalars(everybody_of(row.campaign_id))),
        )
        for row in session.execute(statement)
    ]


def _waivers(session: Session) -> list[StaffNews]:
    """Accounts to which a colleague wants to pay without the whole list."""
    statement = (
        select(
            PayeeWaiver.id,
            PayeeWaiver.asked_by,
            Payee.submitted_by,
            Payee.campaign_id,
            Campaign.title,
        )
        .join(Payee, Payee.id == PayeeWaiver.payee_id)
        .join(Campaign, Campaign.id == Payee.campaign_id)
        .where(PayeeWaiver.answer.is_(None), Payee.status.in_(CURRENT_PAYEE))
        .order_by(PayeeWaiver.asked_at)
    )
    rows = session.execute(statement).all()
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        StaffNews(
            WAIVER,
            f"payee_waiver:{row.id}",
            row.title,
            not_for=parts[row.campaign_id] | {row.asked_by, row.submitted_by},
        )
        for row in rows
    ]


def _payouts(session: Session) -> list[StaffNews]:
    statement = (
        select(
            Payout.id,
            Payout.amount_cents,
            Payout.proposed_by,
            Campaign.title,
            Payout.campaign_id,
        )
        .join(Campaign, Campaign.id == Payout.campaign_id)
        .where(Payout.status == PayoutStatus.PROPOSED)
        .order_by(Payout.proposed_at)
    )
    return [
        StaffNews(
            PAYOUT,
            f"payout:{row.id}",
            row.title,
            row.amount_cents,
            frozenset({row.proposed_by, *session.scalars(everybody_of(row.campaign_id))}),
        )
        for row in session.execute(statement)
    ]


def _returns(session: Session) -> list[StaffNews]:
    """What is left of a fund, for a second person to release."""
    statement = (
        select(FundReturn.id, FundReturn.amount_cents, FundReturn.proposed_by, Fund.name)
        .join(Fund, Fund.id == FundReturn.fund_id)
        .where(FundReturn.status == PayoutStatus.PROPOSED)
        .order_by(FundReturn.proposed_at)
    )
    return [
        StaffNews(
            PAYOUT,
            f"fund_return:{row.id}",
            row.name,
            row.amount_cents,
            frozenset({row.proposed_by}),
        )
        for row in session.execute(statement)
    ]


def _deposits(session: Session) -> list[StaffNews]:
    """Money that a colleague read on the bank statement, or asks to take out of the books."""
    first_by = func.coalesce(FundDeposit.disputed_by, FundDeposit.entered_by)
    statement = (
        select(
            FundDeposit.id,
            FundDeposit.status,
            FundDeposit.cents,
            Fund.name,
            first_by.label("first_by"),
        )
        .join(Fund, Fund.id == FundDeposit.fund_id)
        .where(FundDeposit.status.in_(sorted(WAITING)))
        .order_by(FundDeposit.entered_at)
    )
    return [
        StaffNews(
            DEPOSIT,
            f"deposit:{row.id}:{row.status}",
            row.name,
            row.cents,
            frozenset({row.first_by}),
        )
        for row in session.execute(statement)
    ]


def _cash(session: Session) -> list[StaffNews]:
    """Deposits of cash that a colleague read on the bank statement, or proposes to send back."""
    rows = waiting_cash(session, limit=MAX_LINES)
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        StaffNews(
            DEPOSIT,
            row.fact,
            row.title,
            row.amount_cents,
            parts[row.campaign_id] | {row.first_by},
        )
        for row in rows
    ]


def _addresses(session: Session) -> list[StaffNews]:
    """Another address for who holds a role, which a second member of staff approves."""
    return [
        StaffNews(
            ADDRESS,
            f"address_change:{change.id}",
            change.person,
            not_for=frozenset(
                each for each in (change.person_id, change.asked_by) if each is not None
            ),
        )
        for change in unapproved_changes(session)
    ]


def _abuse(session: Session) -> list[StaffNews]:
    """Reports of abuse that nobody decided on; once for each campaign, however many there are."""
    statement = (
        select(
            Campaign.title,
            AbuseReport.campaign_id,
            func.min(cast(AbuseReport.id, String)).label("first"),
        )
        .join(Campaign, Campaign.id == AbuseReport.campaign_id)
        .where(AbuseReport.outcome.is_(None))
        .group_by(AbuseReport.campaign_id, Campaign.title)
        .order_by(func.min(AbuseReport.reported_at))
    )
    rows = session.execute(statement).all()
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        StaffNews(ABUSE, f"abuse:{row.first}", row.title, not_for=parts[row.campaign_id])
        for row in rows
    ]


def _alerts(session: Session) -> list[StaffNews]:
    return [StaffNews(ALERT, f"alert:{alert.id}") for alert in open_alerts(session)]


def _queue(session: Session, person_id: UUID, news: Sequence[StaffNews]) -> bool:
    member = session.get_one(Person, person_id)
    lines = [item for item in news if item.kind != ALERT]
    return queue_mail(
        session,
        key=f"{TEMPLATE}:{person_id}:{news[0].fact}",
        template=TEMPLATE,
        recipient=member.email,
        locale=member.locale,
        name=member.name,
        reader_id=str(person_id),
        news=[_as_json(item) for item in lines[:MAX_LINES]],
        more=max(0, len(lines) - MAX_LINES),
        alerts=len(news) - len(lines),
        desk_path=links.staff_desk(),
    )


def _as_json(item: StaffNews) -> dict[str, Any]:
    return {"kind": item.kind, "title": item.title, "amount_cents": item.amount_cents}
