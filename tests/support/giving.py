"""Gifts made and paid through the services, without HTTP: for tests inside one transaction."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.fake_provider import facts_of
from voorjebuurt.audit.models import Alert
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import PROVIDER, AccountName, credit, debit, payable
from voorjebuurt.ledger.service import post
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments.gateway import ChargebackFacts, RefundFacts
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.refunds import take_chargeback_facts, take_refund_facts
from voorjebuurt.payments.service import take_payment_facts
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.closing import decide_campaign, return_contribution, start_closing
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.refund_booking import book_facts
from voorjebuurt.pledges.rewards.rules import RewardWish
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.pledges.service import make_pledge, start_attempt
from voorjebuurt.settings import NearMissSettings, PledgeSettings

SECRET = "s" * 32
NEAR_MISS = NearMissSettings(percent=80, plan_days=5, review_days=9, days=14)
NO_SECOND_CHANCE = NearMissSettings(percent=100, plan_days=5, review_days=9, days=14)
"""For tests of an end that has but two outcomes: no campaign comes so near."""
BOUNDS = PledgeSettings(
    min_cents=100, max_cents=500_000, tip_max_cents=50_000, presets_cents=(1000, 2500)
)


def pledge(
    session: Session,
    campaign: Campaign,
    *,
    locale: str = "nl",
    bounds: PledgeSettings = BOUNDS,
    actor: Actor = GUEST,
    reward: RewardWish | None = None,
    **values: Any,
) -> Pledge:
    """A promise of € 50 and a tip of € 2; ``values`` are other details."""
    email = str(values.get("email", "noor@voorbeeld.example"))
    details = PledgeDetails(
        amount_cents=5000,
        tip_cents=200,
        email=email,
        name="Noor Visser",
        name_public=True,
        message="",
        postcode=None,
        donor_key=address_key(SECRET, email),
    )
    return make_pledge(
        session,
        campaign_id=campaign.id,
        details=replace(details, **values),
        locale=locale,
        bounds=bounds,
        actor=actor,
        reward=reward,
    )


def attempt(session: Session, pledge: Pledge, actor: Actor = GUEST) -> Payment:
    """An attempt to pay it."""
    return start_attempt(session, token=pledge.token, base_url="https://site.example", actor=actor)


def tell(session: Session, payment: Payment, status: str = "paid", **facts: Any) -> Payment:
    """The provider's news of a payment."""
    row = locked_payment(session, payment.id)
    take_payment_facts(session, payment=row, facts=facts_of(row, status, **facts), mode="test")
    session.flush()
    return row


def tell_refund(session: Session, payment: Payment, facts: RefundFacts) -> None:
    """The provider's news of a refund, booked."""
    take_refund_facts(session, payment=locked_payment(session, payment.id), facts=[facts])
    book_facts(session, payment_id=payment.id)
    session.flush()


def tell_chargeback(session: Session, payment: Payment, *facts: ChargebackFacts) -> None:
    """The provider's news of chargebacks, booked."""
    take_chargeback_facts(session, payment=locked_payment(session, payment.id), facts=facts)
    book_facts(session, payment_id=payment.id)
    session.flush()


def paid(session: Session, campaign: Campaign, **values: Any) -> tuple[Pledge, Payment]:
    """A gift that was paid and booked."""
    promise = pledge(session, campaign, **values)
    payment = tell(session, attempt(session, promise))
    book_payment(session, payment_id=payment.id)
    session.flush()
    return promise, payment


def jobs_of(session: Session, task: str) -> int:
    """How many jobs of a task wait."""
    statement = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task")
    session.flush()
    return int(session.scalar(statement, {"task": task}) or 0)


def own_refund(session: Session, payment: Payment) -> Refund:
    """The refund of a payment that we ordered."""
    statement = select(Refund).where(Refund.payment_id == payment.id, Refund.reason != "dashboard")
    return session.scalars(statement).one()


def give_back(session: Session, pledge: Pledge, reason: RefundReason = RefundReason.DONOR) -> bool:
    """Order the refund of a gift."""
    is_done = return_contribution(session, pledge_id=pledge.id, reason=reason, actor=SYSTEM)
    session.flush()
    return is_done


def refund_facts(
    status: str, cents: int = 5200, number: int = 1, refund: Refund | None = None
) -> RefundFacts:
    """A refund as the provider tells it; without ``refund`` it was made in the dashboard."""
    metadata = {"refund_id": str(refund.id)} if refund else {}
    return RefundFacts(f"re_{number}", status, cents, metadata, clock.now())


def taken(cents: int = 5200, number: int = 1, *, given_back: bool = False) -> ChargebackFacts:
    """A chargeback as the provider tells it."""
    at = clock.now()
    return ChargebackFacts(f"chb_{number}", cents, at, at if given_back else None)


def balances(session: Session, *accounts: AccountName) -> tuple[int, ...]:
    """What is on these accounts."""
    return tuple(balance(session, account) for account in accounts)


def alerts(session: Session) -> list[str]:
    """The kinds of alert that were raised."""
    return sorted(session.scalars(select(Alert.kind)))


def mails(session: Session) -> list[str]:
    """The templates of the mails that were written."""
    return sorted(session.scalars(select(MailMessage.template)))


def close(session: Session, campaign: Campaign, *, wins: bool = True) -> None:
    """Let the deadline pass."""
    with clock.at(certain(campaign.closes_at)):
        start_closing(session, campaign_id=campaign.id)
        assert decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)
    session.flush()
    assert campaign.status == ("succeeded" if wins else "failed")


def pay_out_all(session: Session, campaign_id: UUID) -> int:
    """All that is payable leaves, as if a bank file had carried it out; how much that was."""
    cents = balance(session, payable(campaign_id))
    lines = [debit(payable(campaign_id), cents), credit(PROVIDER, cents)]
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key=f"out:{campaign_id}",
        entries=lines,
        campaign_id=campaign_id,
    )
    return cents
