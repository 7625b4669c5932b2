"""Erasing a donor at their own wish: at once what can go, and the rest when nothing needs it.

A gift that counts goes on counting, for the same number of donors, and was judged for matching
before. Money that goes back reaches its donor by the payment; only to be told of it takes an
address, which is kept that long for who asks for it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING, WON
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.erasing.detaching import detach_donor, payment_may_come, take_words_away
from voorjebuurt.pledges.erasing.states import AddressUse
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus

_LAST_MAILS = timedelta(days=1)
"""So long after the end of a campaign its donors have been mailed what became of it."""


class DonorGifts(NamedTuple):
    """The gifts of a donor: all, those to a campaign that is not over, and those being paid."""

    all: int
    running: int
    being_paid: int


def gifts_of_donor(session: Session, *, email: str, person_id: UUID | None) -> DonorGifts:
    """How many gifts there are of an address and an account of which the donor is known."""
    statement = (
        select(_is_running(), payment_may_come())
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(_given_by(email, person_id))
    )
    rows = session.execute(statement).all()
    running = sum(1 for is_running, _ in rows if is_running)
    return DonorGifts(len(rows), running, sum(1 for _, may_come in rows if may_come))


def lock_gifts(session: Session, *, email: str, person_id: UUID | None) -> Sequence[UUID]:
    """Hold all gifts of a donor until the commit, in the order in which everybody takes gifts."""
    statement = select(Pledge.id).where(_given_by(email, person_id)).order_by(Pledge.id)
    return session.scalars(statement.with_for_update(of=Pledge)).all()


def erase_donor(session: Session, *, gift_ids: Sequence[UUID], tell: bool, actor: Actor) -> bool:
    """Take away who these gifts, which are held, were from; whether an address is still kept.

    ``tell``: of campaigns that are not over the donor wants to hear how they end. A second time
    changes nothing but that. What a payment is under way for keeps its address until it is known.
    """
    rows = session.execute(
        select(Pledge, _is_running(), payment_may_come())
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Pledge.id.in_(gift_ids))
        .order_by(Pledge.id)
        .execution_options(populate_existing=True)
    ).all()
    is_kept = False
    donors: dict[tuple[UUID, str | None], UUID] = {}
    for pledge, is_running, may_come in rows:
        donor = donors.setdefault((pledge.campaign_id, pledge.email), new_id())
        pledge.erased_as = pledge.erased_as or donor
        use = AddressUse.CAMPAIGN if tell and is_running else None
        use = AddressUse.PAYMENT if use is None and may_come else use
        _erase(session, pledge, use, actor)
        is_kept = is_kept or use is not None
    session.flush()
    return is_kept


def finish_erasing(session: Session, *, limit: int) -> list[str]:
    """Take away addresses that were kept for something that is over now; returns them, with
    repetitions: one for each gift, so many at most.
    """
    statement = (
        select(Pledge)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(
            Pledge.address_kept_for.is_not(None),
            ~payment_may_come(),
            or_(Pledge.address_kept_for == AddressUse.PAYMENT.value, ~_is_running()),
        )
        .order_by(Pledge.id)
        .limit(limit)
        .with_for_update(of=Pledge, skip_locked=True)
    )
    emails = []
    for pledge in session.scalars(statement).all():
        emails.append(pledge.email or "")
        _erase(session, pledge, None, SYSTEM)
    session.flush()
    return emails


def is_known_donor(session: Session, email: str) -> bool:
    """Whether gifts still have this address."""
    return session.scalar(select(Pledge.id).where(Pledge.email == email).limit(1)) is not None


def _erase(session: Session, pledge: Pledge, use: AddressUse | None, actor: Actor) -> None:
    if use is None:
        detach_donor(session, pledge)
    else:
        take_words_away(session, pledge)
        pledge.address_kept_for = use.value
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_ERASED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"address_kept_for": use.value if use is not None else None},
    )


def _given_by(email: str, person_id: UUID | None) -> ColumnElement[bool]:
    is_theirs = false() if person_id is None else Pledge.donor_id == person_id
    return or_(Pledge.email == email, is_theirs)


def _is_running() -> ColumnElement[bool]:
    """SQL for: what becomes of the gift is not known, or its donor was not mailed of it yet."""
    goes_back = and_(
        Campaign.status.in_(sorted(REFUNDING)),
        Pledge.status.in_([PledgeStatus.BOOKED.value, PledgeStatus.REFUNDING.value]),
    )
    is_decided = Campaign.status.in_(sorted(WON | REFUNDING))
    is_new = Campaign.decided_at > clock.now() - _LAST_MAILS
    is_given = or_(Pledge.status != PledgeStatus.OPEN.value, payment_may_come())
    return and_(
        is_given,
        or_(~is_decided, is_new, goes_back, Pledge.status == PledgeStatus.REFUNDING.value),
    )
