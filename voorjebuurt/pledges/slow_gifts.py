"""Gifts whose payment takes long: their donors are told, once, where it stands.

Nobody has shown that they read mail at these addresses, so the mails carry no words of others.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.rules import PaymentSequence, PaymentStatus
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.service import takes_pledges
from voorjebuurt.pledges.successors import successor

_SLOW_AFTER = timedelta(hours=24)
_KEY = "slow_payment:"
_TEMPLATES = {
    PaymentStatus.OPEN: "payment_open",
    PaymentStatus.PENDING: "payment_pending",
    PaymentStatus.AUTHORIZED: "payment_pending",
}
"""What a donor is told by the state of the payment: it is their turn, or their bank's."""


def slow_payments(session: Session, *, limit: int, after: UUID | None = None) -> Sequence[UUID]:
    """Payments under way for a day or more of which nobody was told, the oldest first.

    What is collected by a mandate takes days, as its donor was told.

    Those of whom nobody needs to be told stay among them: go on ``after`` the last one.
    """
    is_mailed = select(MailMessage.id).where(
        MailMessage.key == literal(_KEY) + cast(Payment.id, String)
    )
    statement = (
        select(Payment.id)
        .join(Pledge, Pledge.id == Payment.pledge_id)
        .where(
            Payment.status.in_(sorted(_TEMPLATES)),
            Payment.sequence != PaymentSequence.RECURRING,
            Payment.created_at < clock.now() - _SLOW_AFTER,
            Pledge.status == PledgeStatus.OPEN,
            Pledge.email.is_not(None),
            ~is_mailed.exists(),
        )
    )
    if after is not None:
        statement = statement.where(Payment.id > after)
    return session.scalars(statement.order_by(Payment.id).limit(limit)).all()


def tell_of_slow_payment(session: Session, *, payment_id: UUID) -> bool:
    """Mail a donor where a payment stands; whether that was of use.

    It is of none to who corrected the gift, nor to who can't pay it any more.
    """
    payment = session.get_one(Payment, payment_id)
    pledge = session.get_one(Pledge, payment.pledge_id)
    template = _template_for(session, payment, pledge)
    if template is None or pledge.email is None:
        return False
    return queue_mail(
        session,
        key=f"{_KEY}{payment.id}",
        template=template,
        recipient=pledge.email,
        locale=pledge.locale,
        payment_id=str(payment.id),
        amount_cents=payment.amount_cents,
        begun_at=payment.created_at.isoformat(),
        gift_path=links.gift(pledge.token),
    )


def _template_for(session: Session, payment: Payment, pledge: Pledge) -> str | None:
    """Which mail says the truth about a payment at this moment; None for none."""
    template = _TEMPLATES.get(PaymentStatus(payment.status))
    if pledge.status != PledgeStatus.OPEN or successor(session, pledge) is not None:
        return None
    can_pay = takes_pledges(session.get_one(Campaign, pledge.campaign_id))
    return None if template == "payment_open" and not can_pay else template


def _is_still(template: str, session: Session, context: Mapping[str, Any]) -> bool:
    payment = session.get(Payment, UUID(context["payment_id"]))
    if payment is None:
        return False
    pledge = session.get_one(Pledge, payment.pledge_id)
    return _template_for(session, payment, pledge) == template


@still_true("payment_open")
def is_still_open(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the donor has not paid, and still can."""
    return _is_still("payment_open", session, context)


@still_true("payment_pending")
def is_still_pending(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the bank has not said what became of the payment."""
    return _is_still("payment_pending", session, context)
