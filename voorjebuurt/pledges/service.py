"""Making a pledge and starting a payment for it."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus, why_no_gifts
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_token
from voorjebuurt.mail import links
from voorjebuurt.payments import service as payments
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.payments.rules import UNPAID_FINAL, PaymentStatus
from voorjebuurt.payments.service import NO_MANDATE, MandatePart
from voorjebuurt.places.addresses import local_code
from voorjebuurt.pledges.dedications.choosing import dedicate
from voorjebuurt.pledges.dedications.rules import DedicationWish
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.erasing.detaching import is_erased
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.choosing import choose_reward
from voorjebuurt.pledges.rewards.queries import has_reward
from voorjebuurt.pledges.rewards.rules import RewardWish
from voorjebuurt.pledges.rewards.stock import hold_reward
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.successors import family_id, is_paid_by_another, successor
from voorjebuurt.settings import PledgeSettings

HOLD_MINUTES = 20
"""How long a reward is kept for who pays, where the settings are not asked."""

DESCRIPTION_LENGTH = 60
"""What banks show of a payment's description on a statement."""


def make_pledge(
    session: Session,
    *,
    campaign_id: UUID,
    details: PledgeDetails,
    locale: str,
    bounds: PledgeSettings,
    actor: Actor,
    reward: RewardWish | None = None,
    dedication: DedicationWish | None = None,
) -> Pledge:
    """Write down a donor's promise; no money moves yet, and no ``reward`` is kept yet.

    Raises ``DomainError`` at the field: an amount out of bounds, a reward that can't be chosen, a
    dedication that is not whole, or a campaign that takes no pledges (any more).
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFoundError("campaign_not_found")
    _check_open(campaign)
    _check_amounts(details, bounds)
    pledge = Pledge(
        token=new_token(),
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        donor_id=None if details.by_hand else actor.person_id,
        **_columns(session, details),
        locale=locale,
        no_answer=bounds.no_answer,
        status=PledgeStatus.OPEN.value,
        created_at=clock.now(),
    )
    session.add(pledge)
    session.flush()
    if reward is not None:
        choose_reward(session, pledge=pledge, wish=reward)
    dedicate(session, pledge=pledge, wish=dedication)
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_MADE,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"amount_cents": details.amount_cents, "tip_cents": details.tip_cents},
    )
    return pledge


def change_pledge(
    session: Session,
    *,
    token: str,
    details: PledgeDetails,
    bounds: PledgeSettings,
    actor: Actor,
    reward: RewardWish | None = None,
    dedication: DedicationWish | None = None,
) -> Pledge:
    """Correct a promise while no payment of it can succeed; errors as in ``make_pledge``.

    After an attempt that came to nothing another total makes another pledge: news may still come
    that the attempt was paid after all, and then it must fit what was asked for. Of the two only
    one counts: what is paid beside it goes back.
    """
    pledge = _locked_pledge_by_token(session, token)
    if is_erased(pledge):
        raise DomainError("pledge_forgotten")
    attempts = payments_of_pledge(session, pledge.id)
    if pledge.status != PledgeStatus.OPEN or any(p.status not in UNPAID_FINAL for p in attempts):
        raise DomainError("pledge_payment_begun")
    if attempts and _total(details) != pledge.amount_cents + pledge.tip_cents:
        new_pledge = make_pledge(
            session,
            campaign_id=pledge.campaign_id,
            details=details,
            locale=pledge.locale,
            bounds=bounds,
            actor=actor,
            reward=reward,
            dedication=dedication,
        )
        new_pledge.first_id = family_id(pledge)
        return new_pledge
    _check_open(session.get_one(Campaign, pledge.campaign_id))
    _check_amounts(details, bounds)
    for name, value in _columns(session, details).items():
        setattr(pledge, name, value)
    session.flush()
    choose_reward(session, pledge=pledge, wish=reward)
    dedicate(session, pledge=pledge, wish=dedication)
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_CHANGED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"amount_cents": details.amount_cents, "tip_cents": details.tip_cents},
    )
    return pledge


def _total(details: PledgeDetails) -> int:
    return details.amount_cents + details.tip_cents


def _columns(session: Session, details: PledgeDetails) -> dict[str, object]:
    """What the details are as values of a pledge's columns."""
    postcode = details.postcode
    return {**asdict(details), "local_code": local_code(session, postcode) if postcode else None}


def takes_pledges(campaign: Campaign) -> bool:
    """Whether a campaign takes gifts at this moment."""
    return _reason_closed(campaign) is None


def _reason_closed(campaign: Campaign) -> str | None:
    return why_no_gifts(
        CampaignStatus(campaign.status),
        closes_at=campaign.closes_at,
        stopped_at=campaign.pledges_stopped_at,
        now=clock.now(),
        again_until=campaign.gifts_again_until,
    )


def _check_open(campaign: Campaign) -> None:
    reason = _reason_closed(campaign)
    if reason is not None:
        raise DomainError(reason)


def _check_amounts(details: PledgeDetails, bounds: PledgeSettings) -> None:
    if details.amount_cents < bounds.min_cents:
        raise DomainError("pledge_too_low", field="amount", minimum_cents=bounds.min_cents)
    if details.amount_cents > bounds.max_cents:
        raise DomainError("pledge_too_high", field="amount", maximum_cents=bounds.max_cents)
    if not 0 <= details.tip_cents <= bounds.tip_max_cents:
        raise DomainError("tip_too_high", field="tip", maximum_cents=bounds.tip_max_cents)


def start_attempt(
    session: Session,
    *,
    token: str,
    base_url: str,
    actor: Actor,
    hold_minutes: int = HOLD_MINUTES,
    mandate: MandatePart = NO_MANDATE,
) -> Payment:
    """The payment that the donor should now be sent to: the one still open, or a new one.

    ``mandate``: what a payment that is new begins, where the gift is to come back each month.
    A reward that was chosen is kept for ``hold_minutes`` from now on; who has an open payment
    already may go on without it, for that can't be called back. Raises ``NotFoundError`` for
    an unknown token and ``DomainError`` when the pledge is paid, a payment is being processed, the
    reward is gone, or the campaign takes no pledges any more.
    """
    pledge = _locked_pledge_by_token(session, token)
    if pledge.status != PledgeStatus.OPEN:
        raise DomainError("pledge_already_paid")
    if is_paid_by_another(session, pledge) or successor(session, pledge) is not None:
        raise DomainError("pledge_replaced")
    if is_erased(pledge):
        raise DomainError("pledge_forgotten")
    campaign = session.get_one(Campaign, pledge.campaign_id)
    under_way = {PaymentStatus.PENDING, PaymentStatus.AUTHORIZED, PaymentStatus.PAID}
    attempts = payments_of_pledge(session, pledge.id)
    if any(payment.status in under_way for payment in attempts):
        raise DomainError("payment_under_way")
    _check_open(campaign)
    is_kept = _keep_reward(session, pledge, hold_minutes)
    for payment in reversed(attempts):
        if payment.status in (PaymentStatus.CREATING, PaymentStatus.OPEN):
            return payment
    if not is_kept:
        raise DomainError("reward_gone")
    return payments.start_payment(
        session,
        pledge_id=pledge.id,
        municipality_id=pledge.municipality_id,
        amount_cents=pledge.amount_cents + pledge.tip_cents,
        description=f"Gift: {campaign.title}"[:DESCRIPTION_LENGTH],
        locale=pledge.locale,
        return_url=f"{base_url}{links.gift_return(pledge.token)}",
        base_url=base_url,
        actor=actor,
        mandate=mandate,
    )


def _keep_reward(session: Session, pledge: Pledge, minutes: int) -> bool:
    """Whether nothing of the reward stands in the way. Without one the campaign is not held: many
    pay at once.
    """
    if not has_reward(session, pledge.id):
        return True
    locked_campaign(session, pledge.campaign_id)
    return hold_reward(session, pledge_id=pledge.id, minutes=minutes)


def _locked_pledge_by_token(session: Session, token: str) -> Pledge:
    pledge = session.scalar(select(Pledge).where(Pledge.token == token).with_for_update())
    if pledge is None:
        raise NotFoundError("pledge_not_found")
    return pledge
