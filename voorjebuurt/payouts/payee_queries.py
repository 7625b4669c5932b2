"""Reading the accounts that money may go to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.queries import PayoutRow, campaign_payouts
from voorjebuurt.payouts.rules import CURRENT_PAYEE, NEVER_COUNTED, PayeeStatus, PayoutStatus
from voorjebuurt.payouts.seals import SHOWN_MASK, iban_of
from voorjebuurt.payouts.validity import GIVER_STAYS, STANDS
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality

_Submitter = aliased(Person)
_Verifier = aliased(Person)
_Agreer = aliased(Person)


@dataclass(frozen=True)
class PayeeRow:
    """An account as given, with whose it is, who agreed to it and who checked it.

    ``giver_left``: who gave it does not run the campaign any more. ``stands``: it is an account of
    who runs it now; else they confirm it first.
    """

    id: UUID
    campaign_id: UUID
    slug: str
    title: str
    group_name: str
    municipality: str
    holder: str
    iban_mask: str
    status: str
    submitted_at: datetime
    submitted_by: UUID
    submitter: str
    submitter_email: str
    payable_from: datetime
    verified_at: datetime | None
    verifier: str | None
    evidence: str
    refused_at: datetime | None
    refusal: str
    agreed_at: datetime | None
    agreed_by: UUID | None
    agreer: str | None
    agreer_email: str | None
    giver_left: bool
    stands: bool


_PAYEES: Select[*tuple[Any, ...]] = (
    select(
        Payee.id,
        Payee.campaign_id,
        Campaign.slug,
        Campaign.title,
        Campaign.group_name,
        Municipality.name,
        Payee.holder,
        SHOWN_MASK,
        Payee.status,
        Payee.submitted_at,
        Payee.submitted_by,
        _Submitter.name,
        _Submitter.email,
        Payee.payable_from,
        Payee.verified_at,
        _Verifier.name,
        Payee.evidence,
        Payee.refused_at,
        Payee.refusal,
        Payee.agreed_at,
        Payee.agreed_by,
        _Agreer.name,
        _Agreer.email,
        ~GIVER_STAYS,
        STANDS,
    )
    .join(Campaign, Campaign.id == Payee.campaign_id)
    .join(Municipality, Municipality.id == Payee.municipality_id)
    .join(_Submitter, _Submitter.id == Payee.submitted_by)
    .outerjoin(_Verifier, _Verifier.id == Payee.verified_by)
    .outerjoin(_Agreer, _Agreer.id == Payee.agreed_by)
)


def payees(
    session: Session, *, statuses: Sequence[str], limit: int, offset: int = 0
) -> list[PayeeRow]:
    """Accounts in these states, the longest waiting first."""
    statement = _PAYEES.where(Payee.status.in_(statuses)).order_by(Payee.submitted_at, Payee.id)
    return [PayeeRow(*row) for row in session.execute(statement.limit(limit).offset(offset))]


def payee_by_id(session: Session, payee_id: UUID) -> PayeeRow | None:
    """One account."""
    row = session.execute(_PAYEES.where(Payee.id == payee_id)).one_or_none()
    return PayeeRow(*row) if row else None


def whole_iban(session: Session, payee_id: UUID, *, sealer: Sealer) -> str | None:
    """The number of one account in full, for who must hold it against something."""
    payee = session.get(Payee, payee_id)
    return iban_of(payee, sealer) if payee else None


def campaign_payees(session: Session, campaign_id: UUID) -> list[PayeeRow]:
    """Every account a campaign ever gave, the latest first; not what was only proposed."""
    statement = _PAYEES.where(
        Payee.campaign_id == campaign_id, Payee.status.not_in(sorted(NEVER_COUNTED))
    )
    latest = statement.order_by(Payee.submitted_at.desc(), Payee.id.desc())
    return [PayeeRow(*row) for row in session.execute(latest)]


def proposed_payee(session: Session, campaign_id: UUID) -> PayeeRow | None:
    """The account to which another who runs the campaign can agree."""
    statement = _PAYEES.where(
        Payee.campaign_id == campaign_id, Payee.status == PayeeStatus.PROPOSAL, GIVER_STAYS
    )
    row = session.execute(statement).one_or_none()
    return PayeeRow(*row) if row else None


def current_payee(session: Session, campaign_id: UUID) -> PayeeRow | None:
    """The account that counts now, verified or waiting for it."""
    statement = _PAYEES.where(Payee.campaign_id == campaign_id, Payee.status.in_(CURRENT_PAYEE))
    row = session.execute(statement).one_or_none()
    return PayeeRow(*row) if row else None


def payout_sent_back(payouts: Sequence[PayoutRow], payee: PayeeRow | None) -> PayoutRow | None:
    """The last of a campaign's payouts (latest first), when the bank sent it back.

    None once there is another account since.
    """
    last = next((row for row in payouts if row.status != PayoutStatus.CANCELLED), None)
    if last is None or payee is None or last.status != PayoutStatus.RETURNED:
        return None
    return last if last.returned_at and payee.submitted_at < last.returned_at else None


def sent_back_of(session: Session, campaign_id: UUID, payee: PayeeRow | None) -> PayoutRow | None:
    """The same of one campaign, with the account that counts now."""
    return payout_sent_back(campaign_payouts(session, campaign_id), payee)


def payee_counts(session: Session) -> dict[str, int]:
    """How many accounts there are in each state."""
    statement = select(Payee.status, func.count()).group_by(Payee.status)
    return {status: int(number) for status, number in session.execute(statement)}
