"""Telling people on the day itself that a gift is their present, and what they do with that.

The mail has none of the words of others: nobody has shown yet that they read mail at the address.
The link in it opens them. No amount is ever told.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, not_, or_, select, update
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.service import follow_as_reader
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.rules import (
    KEPT_DAYS,
    TOLD_FROM_HOUR,
    DedicationKind,
    PresentAnswer,
)
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus

TEMPLATE = "present_told"
OVER_TEMPLATE = "present_over"
_RUNNING = sorted({CampaignStatus.LIVE, *WON})


def tell_next_presents(session: Session, *, limit: int) -> int:
    """Write the mails of presents whose day has come; returns of how many, at most ``limit``.

    Each gift is held: who takes it back comes before, and nobody is told, or after.
    """
    if clock.local(clock.now()).hour < TOLD_FROM_HOUR:
        return 0
    statement = (
        select(Pledge, Campaign.slug)
        .join(Dedication, Dedication.pledge_id == Pledge.id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(
            Dedication.told_at.is_(None),
            Dedication.email.is_not(None),
            Dedication.tell_on <= clock.today(),
            Pledge.status == PledgeStatus.BOOKED.value,
            Campaign.status.in_(_RUNNING),
            Campaign.pledges_stopped_at.is_(None),
        )
        .order_by(Pledge.id)
        .limit(limit)
        .with_for_update(of=Pledge, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    rows = session.execute(statement).all()
    for pledge, slug in rows:
        row = session.get_one(Dedication, pledge.id, with_for_update=True, populate_existing=True)
        if row.email is not None and row.told_at is None:
            _tell(session, row, pledge, slug)
    return len(rows)


def _tell(session: Session, row: Dedication, pledge: Pledge, slug: str) -> None:
    row.told_at = clock.now()
    row.token_hash = token_hash(new_token())  # of the link that is made when it is mailed
    session.flush()
    mail.queue_mail(
        session,
        key=f"{TEMPLATE}:{pledge.id}",
        template=TEMPLATE,
        recipient=row.email or "",
        locale=pledge.locale,
        link_id=str(pledge.id),
        campaign_path=links.campaign(slug),
        expires_on=(clock.now() + timedelta(days=KEPT_DAYS)).isoformat(),
    )


@still_true(TEMPLATE)
def is_still_a_present(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the gift still counts and its reader was not forgotten."""
    statement = (
        select(Dedication.pledge_id)
        .join(Pledge, Pledge.id == Dedication.pledge_id)
        .where(
            Dedication.pledge_id == UUID(context["link_id"]),
            Dedication.email.is_not(None),
            Pledge.status == PledgeStatus.BOOKED.value,
        )
    )
    return session.scalar(statement) is not None


@secret_link(TEMPLATE, links.present)
def hand_present(session: Session, pledge_id: UUID, link_hash: str) -> None:
    """From now on this is the link's secret."""
    statement = update(Dedication).where(Dedication.pledge_id == pledge_id)
    session.execute(statement.values(token_hash=link_hash))


def tell_present_over(session: Session, *, pledge: Pledge, slug: str) -> None:
    """Tell who was told of a present, once, that its plan does not go ahead; the gift is held.

    Not who answered or whose address was thrown away, nor who never got the first mail.
    """
    row = session.get(Dedication, pledge.id, populate_existing=True)
    if row is None or row.told_at is None or row.email is None:
        return
    mail.queue_mail(
        session,
        key=f"{OVER_TEMPLATE}:{pledge.id}",
        template=OVER_TEMPLATE,
        recipient=row.email,
        locale=pledge.locale,
        told_key=f"{TEMPLATE}:{pledge.id}",
        told_at=row.told_at.isoformat(),
        campaign_path=links.campaign(slug),
    )


@still_true(OVER_TEMPLATE)
def was_told(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the mail of the present was really sent: it is dropped once its gift goes back."""
    return mail.was_sent(session, key=context["told_key"])


def present_context(session: Session, pledge_id: UUID) -> dict[str, Any]:
    """What a mail about money that goes back tells the donor of their present; often nothing."""
    row = session.get(Dedication, pledge_id, populate_existing=True)
    if row is None or row.kind != DedicationKind.PRESENT:
        return {}
    return {
        "present_name": row.name,
        "told_at": row.told_at.isoformat() if row.told_at else None,
        "is_reached": row.email is not None,
    }


def answer_present(session: Session, *, token: str, answer: PresentAnswer) -> None:
    """Follow the campaign, or say that it is for somebody else; the address goes. Twice is once.

    Raises ``NotFoundError`` for a link of nobody, ``DomainError`` when it is over, or the address
    follows too much.
    """
    row = session.scalar(
        select(Dedication).where(Dedication.token_hash == token_hash(token)).with_for_update()
    )
    if row is None:
        raise NotFoundError("present_over")
    if row.email is None and row.answer is None:
        raise DomainError("present_over")
    if row.email is None:
        return
    pledge = session.get_one(Pledge, row.pledge_id)
    if pledge.status != PledgeStatus.BOOKED:
        raise DomainError("present_over")
    if answer is PresentAnswer.FOLLOW:
        confirm_address(session, email=row.email, means=Means.SIGN_IN)
        thing = Thing(pledge.campaign_id, None, None)
        follow_as_reader(session, thing=thing, email=row.email, locale=pledge.locale)
    row.email, row.answer = None, answer.value
    session.flush()


def forget_recipients(session: Session) -> None:
    """Throw away addresses that nobody used in time, or of presents that are never told."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    is_gone = or_(
        Pledge.status.not_in([PledgeStatus.OPEN.value, PledgeStatus.BOOKED.value]),
        and_(
            Dedication.told_at.is_(None),
            Dedication.tell_on < before.date(),
            not_(Campaign.status.in_(_RUNNING)),
        ),
    )
    of_gone = (
        select(Pledge.id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Pledge.id == Dedication.pledge_id, is_gone)
    ).exists()
    session.execute(
        update(Dedication)
        .where(
            or_(Dedication.email.is_not(None), Dedication.token_hash.is_not(None)),
            or_(Dedication.told_at < before, of_gone),
        )
        .values(email=None, token_hash=None)
        .execution_options(synchronize_session=False)
    )
    for template in (TEMPLATE, OVER_TEMPLATE):
        mail.forget_mail(session, template=template, before=before)


def forget_recipient(session: Session, email: str) -> None:
    """Throw away an address to which presents were, or were to be, told."""
    session.execute(
        update(Dedication).where(Dedication.email == email).values(email=None, token_hash=None)
    )
