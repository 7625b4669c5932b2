"""Where money that already left is taken from in the ledger."""

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.ledger import rules as chart
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import Entry, debit
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.returns import left_of_payment
from voorjebuurt.pledges.rules import PledgeStatus


def sources(
    session: Session, cents: int, payment: Payment, pledge: Pledge, campaign: Campaign, *, key: str
) -> list[Entry]:
    """Debits for money of a booked payment that a bank or a colleague took: an external fact.

    It is taken from the gift first and from the tip after that, wherever these are by now. What
    was paid out already is to be had back from the initiator. What nothing explains goes to
    suspense, with an alert.
    """
    if payment.booked_as == "suspense":
        return [debit(chart.SUSPENSE, cents)]
    gift, tip = 0, 0
    if payment.booked_as == "contribution" and pledge.status == PledgeStatus.BOOKED:
        gift_left, tip_left = left_of_payment(session, payment, pledge)
        gift = min(cents, gift_left)
        tip = min(cents - gift, tip_left)
    entries = [*_of_gift(session, gift, campaign), _of_tip(tip, campaign)]
    rest = cents - gift - tip
    if rest:
        audit.raise_alert(
            session, key=f"unexplained:{key}", kind="money_unexplained", detail={"cents": cents}
        )
        entries.append(debit(chart.SUSPENSE, rest))
    return entries


def _of_gift(session: Session, cents: int, campaign: Campaign) -> list[Entry]:
    entries = []
    for account in (chart.held(campaign.id), chart.payable(campaign.id)):
        part = min(cents, guarded_balance(session, account)) if cents else 0
        entries.append(debit(account, part))
        cents -= part
    return [*entries, debit(chart.chargeback_receivable(campaign.id), cents)]


def _of_tip(cents: int, campaign: Campaign) -> Entry:
    """Debit for a tip: deferred until its campaign succeeds, our income from then on."""
    has_succeeded = campaign.status in WON
    return debit(chart.TIPS if has_succeeded else chart.tips_deferred(campaign.id), cents)
