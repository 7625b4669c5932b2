"""Everything that waits for a second member of staff, in one list, and for whom it is not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import everybody_of_each
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Fund, FundDeposit
from voorjebuurt.matching.pots.deposit_states import WAITING
from voorjebuurt.payouts.checklist.models import PayeeWaiver
from voorjebuurt.payouts.look_kinds import LookKind
from voorjebuurt.payouts.models import FundReturn, Payee, Payout
from voorjebuurt.payouts.rules import CURRENT_PAYEE, PayeeStatus, PayoutStatus
from voorjebuurt.people.address_change_states import unapproved_changes
from voorjebuurt.people.appointments.authority import self_appointing
from voorjebuurt.people.models import AddressChange
from voorjebuurt.people.queries import names_of
from voorjebuurt.people.role_proposal_queries import WaitingRole, waiting_roles
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.tins.staff_queries import waiting_cash

MOST = 100
"""So many of a kind are listed; what waits longest comes first."""


@dataclass(frozen=True)
class SecondLook:
    """One thing that waits (eurocents); ``about`` is what people call it.

    ``id`` is that of the page on which it is finished: of a person for roles and addresses.
    ``not_for``: they may not be the second one. ``may_anybody``: nobody may yet when it is false.
    """

    kind: LookKind
    id: UUID
    about: str
    since: datetime
    first_by: UUID | None
    first: str
    not_for: frozenset[UUID | None]
    amount_cents: int | None = None
    may_anybody: bool = True
    checklist_of: UUID | None = None
    """Of a payout: the account of which the list is to be done first, when it is not."""

    def may_be_done_by(self, reader_id: UUID | None) -> bool:
        """Whether this member of staff can be the second one, as far as the list can tell."""
        return self.may_anybody and reader_id is not None and reader_id not in self.not_for


def second_looks(session: Session, *, of_people: bool = True) -> Sequence[SecondLook]:
    """All of it, the longest waiting first; ``of_people``: with roles and addresses."""
    kinds = [kind for kind in LookKind if of_people or kind not in OF_PEOPLE]
    rows = [row for kind in kinds for row in _READ[kind](session)]
    return sorted(rows, key=lambda row: (row.since, str(row.id)))


OF_PEOPLE = frozenset({LookKind.ROLE, LookKind.ADDRESS})
"""Kinds that are about people who work here, which auditors have no business with."""


def _payees(session: Session) -> list[SecondLook]:
    statement = (
        select(
            Payee.id,
            Campaign.title,
            Payee.submitted_at,
            Payee.submitted_by,
            Payee.campaign_id,
        )
        .join(Campaign, Campaign.id == Payee.campaign_id)
        .where(Payee.status == PayeeStatus.SUBMITTED)
        .order_by(Payee.submitted_at, Payee.id)
        .limit(MOST)
    )
    rows = session.execute(statement).all()
    names = names_of(session, [row.submitted_by for row in rows])
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        SecondLook(
            LookKind.PAYEE,
            row.id,
            row.title,
            row.submitted_at,
            row.submitted_by,
            names.get(row.submitted_by, ""),
            parts[row.campaign_id] | {row.submitted_by},
        )
        for row in rows
    ]


def _waivers(session: Session) -> list[SecondLook]:
    """Accounts to which a colleague wants to pay without the whole list."""
    statement = (
        select(
            Payee.id,
            Campaign.title,
            PayeeWaiver.asked_at,
            PayeeWaiver.asked_by,
            Payee.submitted_by,
            Payee.agreed_by,
            Payee.campaign_id,
        )
        .join(Payee, Payee.id == PayeeWaiver.payee_id)
        .join(Campaign, Campaign.id == Payee.campaign_id)
        .where(PayeeWaiver.answer.is_(None), Payee.status.in_(CURRENT_PAYEE))
        .order_by(PayeeWaiver.asked_at, PayeeWaiver.id)
        .limit(MOST)
    )
    rows = session.execute(statement).all()
    names = names_of(session, [row.asked_by for row in rows])
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        SecondLook(
            LookKind.WAIVER,
            row.id,
            row.title,
            row.asked_at,
            row.asked_by,
            names.get(row.asked_by, ""),
            parts[row.campaign_id] | {row.asked_by, row.submitted_by, row.agreed_by},
        )
        for row in rows
    ]


def _payouts(session: Session) -> list[SecondLook]:
    statement = (
        select(
            Payout.id,
            Campaign.title,
            Payout.proposed_at,
            Payout.proposed_by,
            Payout.campaign_id,
            Payout.amount_cents,
            Payout.payee_id,
            func.payee_is_checked(Payout.payee_id).label("is_checked"),
        )
        .join(Campaign, Campaign.id == Payout.campaign_id)
        .where(Payout.status == PayoutStatus.PROPOSED)
        .order_by(Payout.proposed_at, Payout.id)
        .limit(MOST)
    )
    rows = session.execute(statement).all()
    names = names_of(session, [row.proposed_by for row in rows])
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        SecondLook(
            LookKind.PAYOUT,
            row.id,
            row.title,
            row.proposed_at,
            row.proposed_by,
            names.get(row.proposed_by, ""),
            parts[row.campaign_id] | {row.proposed_by},
            row.amount_cents,
            may_anybody=row.is_checked,
            checklist_of=None if row.is_checked else row.payee_id,
        )
        for row in rows
    ]


def _returns(session: Session) -> list[SecondLook]:
    statement = (
        select(
            FundReturn.id,
            Fund.name,
            FundReturn.proposed_at,
            FundReturn.proposed_by,
            FundReturn.amount_cents,
        )
        .join(Fund, Fund.id == FundReturn.fund_id)
        .where(FundReturn.status == PayoutStatus.PROPOSED)
        .order_by(FundReturn.proposed_at, FundReturn.id)
        .limit(MOST)
    )
    rows = session.execute(statement).all()
    names = names_of(session, [row.proposed_by for row in rows])
    return [
        SecondLook(
            LookKind.FUND_RETURN,
            row.id,
            row.name,
            row.proposed_at,
            row.proposed_by,
            names.get(row.proposed_by, ""),
            frozenset({row.proposed_by}),
            row.amount_cents,
        )
        for row in rows
    ]


def _deposits(session: Session) -> list[SecondLook]:
    first = func.coalesce(FundDeposit.disputed_by, FundDeposit.entered_by).label("first_by")
    since = func.coalesce(FundDeposit.disputed_at, FundDeposit.entered_at).label("since")
    statement = (
        select(FundDeposit.id, Fund.name, since, first, FundDeposit.cents)
        .join(Fund, Fund.id == FundDeposit.fund_id)
        .where(FundDeposit.status.in_(sorted(WAITING)))
        .order_by(since, FundDeposit.id)
        .limit(MOST)
    )
    rows = session.execute(statement).all()
    names = names_of(session, [row.first_by for row in rows])
    return [
        SecondLook(
            LookKind.DEPOSIT,
            row.id,
            row.name,
            row.since,
            row.first_by,
            names.get(row.first_by, ""),
            frozenset({row.first_by}),
            row.cents,
        )
        for row in rows
    ]


def _cash(session: Session) -> list[SecondLook]:
    rows = waiting_cash(session, limit=MOST)
    names = names_of(session, [row.first_by for row in rows])
    parts = everybody_of_each(session, [row.campaign_id for row in rows])
    return [
        SecondLook(
            LookKind.CASH,
            row.campaign_id,
            row.title,
            row.since,
            row.first_by,
            names.get(row.first_by, ""),
            parts[row.campaign_id] | {row.first_by},
            row.amount_cents,
        )
        for row in rows
    ]


def _roles(session: Session) -> list[SecondLook]:
    """Of officers only where staff give the role: elsewhere their municipality does."""
    places = self_appointing(session)
    return [
        SecondLook(
            LookKind.ROLE,
            row.person_id,
            row.person,
            row.proposed_at,
            row.proposer_id,
            row.proposer,
            frozenset({row.proposer_id, row.person_id}),
            may_anybody=row.confirmable_from <= clock.now() and not row.has_other_address,
        )
        for row in waiting_roles(session)[:MOST]
        if _is_of_staff(row, places)
    ]


def _is_of_staff(row: WaitingRole, places: frozenset[UUID]) -> bool:
    return row.role != Role.OFFICER or (row.may_appoint and row.municipality_id not in places)


def _addresses(session: Session) -> list[SecondLook]:
    changes = unapproved_changes(session)[:MOST]
    ids = [change.id for change in changes]
    moments = dict(
        session.execute(
            select(AddressChange.id, AddressChange.asked_at).where(AddressChange.id.in_(ids))
        ).all()
    )
    names = names_of(session, [change.asked_by for change in changes])
    return [
        SecondLook(
            LookKind.ADDRESS,
            change.person_id,
            change.person,
            moments[change.id],
            change.asked_by,
            names.get(change.asked_by, "") if change.asked_by else "",
            frozenset({change.asked_by, change.person_id}),
        )
        for change in changes
    ]


_READ: Mapping[LookKind, Callable[[Session], list[SecondLook]]] = {
    LookKind.PAYEE: _payees,
    LookKind.WAIVER: _waivers,
    LookKind.PAYOUT: _payouts,
    LookKind.FUND_RETURN: _returns,
    LookKind.DEPOSIT: _deposits,
    LookKind.CASH: _cash,
    LookKind.ROLE: _roles,
    LookKind.ADDRESS: _addresses,
}
