"""A donor's choice: keep the gift, give more, or take it back. It is never overruled."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.pledges.booking import locked_pledge
from voorjebuurt.pledges.closing import return_contribution
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.asked_gifts import asked_gifts
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissAnswer
from voorjebuurt.pledges.near_miss.rows import open_near_miss
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissState, why_no_answer
from voorjebuurt.pledges.returns import counted_payment_id
from voorjebuurt.pledges.rules import RefundReason


def answer_gift(session: Session, *, token: str, answer: Answer, actor: Actor) -> None:
    """Write down what the donor of a gift chose; what is taken back is ordered back at once.

    Choosing the same again changes nothing. Raises ``NotFoundError`` for an unknown token, and
    ``DomainError`` when the choice is over, is final, or is not asked of this gift.
    """
    pledge_id = session.scalar(select(Pledge.id).where(Pledge.token == token))
    payment_id = None if pledge_id is None else counted_payment_id(session, pledge_id)
    if pledge_id is None:
        raise NotFoundError("pledge_not_found")
    if payment_id is None:
        raise DomainError("gift_not_asked")
    # The order of all bookings: payment, gift, campaign.
    locked_payment(session, payment_id)
    pledge = locked_pledge(session, pledge_id)
    campaign, near_miss = _open(session, pledge)
    row = session.get(NearMissAnswer, (near_miss.id, pledge.id))
    before = Answer(row.answer) if row is not None else None
    if before is answer and near_miss.state == NearMissState.ASKING:
        return
    _check(session, pledge, near_miss, before, answer)
    _write(session, row, near_miss, pledge, answer)
    _record(session, campaign, pledge, answer, actor)
    if answer is Answer.BACK:
        return_contribution(
            session, pledge_id=pledge.id, reason=RefundReason.DONOR_CHOICE, actor=actor
        )


def _open(session: Session, pledge: Pledge) -> tuple[Campaign, NearMiss]:
    campaign = locked_campaign(session, pledge.campaign_id)
    near_miss = open_near_miss(session, campaign.id)
    if near_miss is None:
        raise DomainError("near_miss_over")
    return campaign, near_miss


def _check(
    session: Session, pledge: Pledge, near_miss: NearMiss, before: Answer | None, to: Answer
) -> None:
    reason = why_no_answer(
        NearMissState(near_miss.state),
        ends_at=near_miss.ends_at,
        now=clock.now(),
        before=before,
        to=to,
    )
    if reason is not None:
        raise DomainError(reason)
    if pledge.id not in asked_gifts(session, near_miss):
        raise DomainError("gift_not_asked")
    if to is Answer.MORE and not near_miss.asks_rest:
        raise DomainError("no_more_asked")


def _write(
    session: Session,
    row: NearMissAnswer | None,
    near_miss: NearMiss,
    pledge: Pledge,
    answer: Answer,
) -> None:
    if row is None:
        row = NearMissAnswer(near_miss_id=near_miss.id, pledge_id=pledge.id)
        session.add(row)
    row.answer, row.answered_at = answer.value, clock.now()
    session.flush()


def _record(
    session: Session, campaign: Campaign, pledge: Pledge, answer: Answer, actor: Actor
) -> None:
    bump_version(campaign)
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_ANSWERED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"answer": answer.value},
    )
