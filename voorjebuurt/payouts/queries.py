"""Reading payouts and bank files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, undefer

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.models import LedgerAccount, LedgerBalance
from voorjebuurt.payouts.models import BankFile, Payee, Payout
from voorjebuurt.payouts.rules import CURRENT_PAYEE, UNDER_WAY, PayoutStatus
from voorjebuurt.payouts.seals import SHOWN_MASK, content_of
from voorjebuurt.payouts.validity import STANDS
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import called
from voorjebuurt.places.models import Municipality
from voorjebuurt.pledges.models import CampaignMatch

_Proposer = aliased(Person)
_Releaser = aliased(Person)


@dataclass(frozen=True)
class PayoutRow:
    """A payout with its campaign, its payee and who did what (amount in eurocents)."""

    id: UUID
    campaign_id: UUID
    slug: str
    title: str
    municipality: str
    amount_cents: int
    status: str
    holder: str
    iban_mask: str
    end_to_end_id: str
    proposed_at: datetime
    proposed_by: UUID
    proposer: str
    released_at: datetime | None
    releaser: str | None
    bank_file_id: UUID | None
    exported_at: datetime | None
    executed_on: date | None
    cancelled_at: datetime | None
    returned_at: datetime | None
    remark: str
    payee_id: UUID
    is_checked: bool
    """Whether the list of its account is done, without which nobody releases it."""


_PAYOUTS = (
    select(
        Payout.id,
        Payout.campaign_id,
        Campaign.slug,
        Campaign.title,
        Municipality.name,
        Payout.amount_cents,
        Payout.status,
        Payee.holder,
        SHOWN_MASK,
        Payout.end_to_end_id,
        Payout.proposed_at,
        Payout.proposed_by,
        called(_Proposer),
        Payout.released_at,
        called(_Releaser),
        Payout.bank_file_id,
        Payout.exported_at,
        Payout.executed_on,
        Payout.cancelled_at,
        Payout.returned_at,
        Payout.remark,
        Payout.payee_id,
        func.payee_is_checked(Payout.payee_id),
    )
    .join(Campaign, Campaign.id == Payout.campaign_id)
    .join(Municipality, Municipality.id == Payout.municipality_id)
    .join(Payee, Payee.id == Payout.payee_id)
    .join(_Proposer, _Proposer.id == Payout.proposed_by)
    .outerjoin(_Releaser, _Releaser.id == Payout.released_by)
)


def payouts(
    session: Session, *, statuses: Sequence[str], limit: int, offset: int = 0
) -> list[PayoutRow]:
    """Payouts in these states, the latest proposal first."""
    statement = _PAYOUTS.where(Payout.status.in_(statuses))
    return _payout_rows(session, _latest_first(statement).limit(limit).offset(offset))


def campaign_payouts(session: Session, campaign_id: UUID) -> list[PayoutRow]:
    """A campaign's payouts, the latest first."""
    return _payout_rows(session, _latest_first(_PAYOUTS.where(Payout.campaign_id == campaign_id)))


def bank_file_payouts(session: Session, bank_file_id: UUID) -> list[PayoutRow]:
    """What is in a bank file, in the file's order."""
    statement = _PAYOUTS.where(Payout.bank_file_id == bank_file_id)
    return _payout_rows(session, statement.order_by(Payout.released_at, Payout.id))


def payout_by_id(session: Session, payout_id: UUID) -> PayoutRow | None:
    """One payout."""
    rows = _payout_rows(session, _PAYOUTS.where(Payout.id == payout_id))
    return rows[0] if rows else None


def _latest_first(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return statement.order_by(Payout.proposed_at.desc(), Payout.id.desc())


def _payout_rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[PayoutRow]:
    return [PayoutRow(*row) for row in session.execute(statement)]


@dataclass(frozen=True)
class PayableRow:
    """A successful campaign with money that nobody proposed to pay yet (eurocents).

    ``came_back``: the bank sent a payout to this very account back before.
    """

    campaign_id: UUID
    slug: str
    title: str
    municipality: str
    payable_cents: int
    payee_id: UUID | None
    payee_status: str | None
    payable_from: datetime | None
    stands: bool | None
    came_back: bool


def payable_campaigns(session: Session) -> list[PayableRow]:
    """Successful campaigns with money to pay and no payout under way, the oldest first."""
    under_way = select(Payout.id).where(
        Payout.campaign_id == Campaign.id, Payout.status.in_(UNDER_WAY)
    )
    came_back = select(Payout.id).where(
        Payout.payee_id == Payee.id, Payout.status == PayoutStatus.RETURNED
    )
    payable_cents = _payable_cents()
    statement = (
        select(
            Campaign.id,
            Campaign.slug,
            Campaign.title,
            Municipality.name,
            payable_cents,
            Payee.id,
            Payee.status,
            Payee.payable_from,
            STANDS,
            came_back.exists(),
        )
        .join(Municipality, Municipality.id == Campaign.municipality_id)
        .outerjoin(Payee, (Payee.campaign_id == Campaign.id) & Payee.status.in_(CURRENT_PAYEE))
        .where(Campaign.status.in_(WON), payable_cents > 0, ~under_way.exists())
        .order_by(Campaign.decided_at, Campaign.id)
    )
    return [PayableRow(*row) for row in session.execute(statement)]


def _payable_cents() -> Any:
    """What is payable to a campaign, in a query of campaigns: with interest that leaves too."""
    matches = (
        select(CampaignMatch.application_id)
        .where(CampaignMatch.campaign_id == Campaign.id)
        .correlate(Campaign)
    )
    is_of_campaign = or_(
        and_(LedgerAccount.base == "payable", LedgerAccount.owner_id == Campaign.id),
        and_(LedgerAccount.base == "owed_interest", LedgerAccount.owner_id.in_(matches)),
    )
    return (
        select(func.coalesce(func.sum(LedgerBalance.balance_cents), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerBalance.account_id)
        .where(is_of_campaign)
        .correlate(Campaign)
        .scalar_subquery()
    )


def payout_counts(session: Session) -> dict[str, int]:
    """How many payouts there are in each state."""
    statement = select(Payout.status, func.count()).group_by(Payout.status)
    return {status: int(number) for status, number in session.execute(statement)}


@dataclass(frozen=True)
class BankFileRow:
    """A bank file without its bytes (total in eurocents)."""

    id: UUID
    message_id: str
    sha256: str
    payments: int
    total_cents: int
    created_at: datetime
    creator: str
    open_payments: int


_OPEN = (
    select(func.count())
    .where(Payout.bank_file_id == BankFile.id, Payout.status == "exported")
    .correlate(BankFile)
    .scalar_subquery()
)

_FILES = select(
    BankFile.id,
    BankFile.message_id,
    BankFile.sha256,
    BankFile.payments,
    BankFile.total_cents,
    BankFile.created_at,
    called(Person),
    _OPEN,
).join(Person, Person.id == BankFile.created_by)


def bank_files(session: Session, *, limit: int, offset: int = 0) -> list[BankFileRow]:
    """Bank files, the latest first."""
    statement = _FILES.order_by(BankFile.created_at.desc(), BankFile.id.desc())
    return [BankFileRow(*row) for row in session.execute(statement.limit(limit).offset(offset))]


def bank_file_by_id(session: Session, file_id: UUID) -> BankFileRow | None:
    """One bank file, without its bytes."""
    row = session.execute(_FILES.where(BankFile.id == file_id)).one_or_none()
    return BankFileRow(*row) if row else None


def bank_file_content(session: Session, file_id: UUID, *, sealer: Sealer) -> bytes | None:
    """A bank file's bytes, as they were made."""
    whole = (undefer(BankFile.content), undefer(BankFile.sealed_content))
    file = session.get(BankFile, file_id, options=whole)
    return content_of(file, sealer) if file else None
