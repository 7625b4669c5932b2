"""The gifts of one donor, with what was paid back of them and the number of their receipt."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payments.rules import REFUND_UNDECIDED, RefundStatus
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.queries import is_group
from voorjebuurt.pledges.gift_receipts.models import GiftReceipt
from voorjebuurt.pledges.models import Pledge

MOST = 1000
"""So many gifts of one donor at most, the latest."""


@dataclass(frozen=True)
class Return:
    """Money that went back to its donor (eurocents); ``at`` is None while it is under way."""

    cents: int
    at: datetime | None
    by_bank: bool = False


@dataclass(frozen=True)
class OwnGift:
    """A gift (eurocents) as its donor finds it back. ``receipt``: its number, once it has one.

    A group's gift has the group's ``name``; ``books``: the lines of its address, and its number in
    the trade register first, or nothing.
    """

    id: UUID
    token: str
    title: str
    slug: str
    group_name: str
    name: str
    amount_cents: int
    tip_cents: int
    status: str
    created_at: datetime
    paid_at: datetime | None
    method: str | None
    receipt: str | None
    returns: tuple[Return, ...]
    books: tuple[str, ...] = ()

    @property
    def total_cents(self) -> int:
        """Gift and extra together."""
        return self.amount_cents + self.tip_cents

    @property
    def returned_cents(self) -> int:
        """What went back, or is on its way."""
        return sum(part.cents for part in self.returns)

    @property
    def left_cents(self) -> int:
        """What was paid and did not go back."""
        return max(0, self.total_cents - self.returned_cents) if self.paid_at else 0

    @property
    def year(self) -> int:
        """The year in Amsterdam to which it belongs: in which it was paid, or else begun."""
        return clock.local(self.paid_at or self.created_at).year


def own_gifts(session: Session, *, email: str, person_id: UUID | None) -> list[OwnGift]:
    """The gifts of an address, and of an account if there is one; the latest first."""
    mine = false() if person_id is None else Pledge.donor_id == person_id
    return _gifts(session, or_(Pledge.email == normal_address(email), mine))


def paid_gift_by_token(session: Session, token: str) -> OwnGift | None:
    """The gift behind an unguessable link, when it has a receipt and its donor is known."""
    gifts = _gifts(
        session, and_(Pledge.token == token, or_(Pledge.email.is_not(None), Pledge.by_hand))
    )
    return gifts[0] if gifts and gifts[0].receipt else None


def gift_receipt_number(year: int, number: int) -> str:
    """As it stands on the receipt: ``2026-000042``."""
    return f"{year}-{number:06}"


def _gifts(session: Session, whose: ColumnElement[bool]) -> list[OwnGift]:
    rows = session.execute(_statement(whose)).all()
    returns = _returns(session, [payment.id for _, _, payment, *_ in rows if payment is not None])
    return [_own(*row, returns=returns) for row in rows]


def _statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    contribution = and_(Payment.pledge_id == Pledge.id, Payment.booked_as == "contribution")
    return (
        select(Pledge, Campaign, Payment, GiftReceipt, Dedication)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .outerjoin(Payment, contribution)
        .outerjoin(GiftReceipt, GiftReceipt.pledge_id == Pledge.id)
        .outerjoin(Dedication, and_(Dedication.pledge_id == Pledge.id, is_group()))
        .where(whose, Pledge.erased_as.is_(None))
        .order_by(Pledge.created_at.desc(), Pledge.id.desc())
        .limit(MOST)
    )


def _own(
    pledge: Pledge,
    campaign: Campaign,
    payment: Payment | None,
    receipt: GiftReceipt | None,
    dedication: Dedication | None,
    *,
    returns: dict[UUID, list[Return]],
) -> OwnGift:
    return OwnGift(
        id=pledge.id,
        token=pledge.token,
        title=campaign.title,
        slug=campaign.slug,
        group_name=campaign.group_name,
        name=dedication.name if dedication else pledge.name,
        books=_books(dedication) if dedication else (),
        amount_cents=pledge.amount_cents,
        tip_cents=pledge.tip_cents,
        status=pledge.status,
        created_at=pledge.created_at,
        paid_at=payment.paid_at if payment else None,
        method=payment.method if payment else None,
        receipt=gift_receipt_number(receipt.year, receipt.number) if receipt else None,
        returns=tuple(returns[payment.id]) if payment else (),
    )


def _books(group: Dedication) -> tuple[str, ...]:
    """The number in the trade register, empty without one, and the lines of the address."""
    town = " ".join(filter(None, (group.postcode, group.town)))
    return (group.company_number, *filter(None, (group.street, town)))


def _returns(session: Session, payment_ids: Collection[UUID]) -> defaultdict[UUID, list[Return]]:
    """By payment: refunds that were done or are under way, and what banks took and kept."""
    returns: defaultdict[UUID, list[Return]] = defaultdict(list)
    states = sorted({*REFUND_UNDECIDED, RefundStatus.REFUNDED})
    refunds = select(Refund).where(Refund.payment_id.in_(payment_ids), Refund.status.in_(states))
    for refund in session.scalars(refunds.order_by(Refund.asked_at)):
        is_done = refund.status == RefundStatus.REFUNDED
        done_at = (refund.finished_at or refund.asked_at) if is_done else None
        returns[refund.payment_id].append(Return(refund.amount_cents, done_at))
    chargebacks = select(Chargeback).where(
        Chargeback.payment_id.in_(payment_ids), Chargeback.reversed_at.is_(None)
    )
    for chargeback in session.scalars(chargebacks.order_by(Chargeback.charged_at)):
        part = Return(chargeback.amount_cents, chargeback.charged_at, by_bank=True)
        returns[chargeback.payment_id].append(part)
    return returns
