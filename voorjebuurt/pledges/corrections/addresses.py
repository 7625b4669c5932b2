"""Giving a gift another address of mail: confirmed at the new one, told to the old one.

With it the gift gets another secret link, so that whoever reads the old address reads the gift no
more. What the gift counts for match money stays: it was judged when it was booked.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.mail.service import forget_mail, queue_mail
from voorjebuurt.pledges.corrections.models import GiftAddressChange
from voorjebuurt.pledges.erasing.detaching import is_erased
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus

TEMPLATE = "gift_address_confirm"
LINK_HOURS = 24


def ask_address(session: Session, *, token: str, email: str, locale: str, actor: Actor) -> None:
    """Mail a link to the address that a paid gift is to have; what was asked before goes.

    Nothing changes before it is used. Raises ``NotFoundError`` for an unknown token, and
    ``DomainError``: not paid, erased, or at the field for the address that it has already.
    """
    pledge = _locked(session, Pledge.token == token)
    if pledge.status == PledgeStatus.OPEN or is_erased(pledge):
        raise DomainError("gift_not_there")
    address, now = normal_address(email), clock.now()
    if address == pledge.email:
        raise DomainError("gift_address_same", field="email")
    values = {
        "new_email": address,
        "token_hash": token_hash(new_token()),  # of the link that is made when it is mailed
        "asked_at": now,
        "expires_at": now + timedelta(hours=LINK_HOURS),
    }
    session.execute(
        insert(GiftAddressChange)
        .values(pledge_id=pledge.id, **values)
        .on_conflict_do_update(index_elements=["pledge_id"], set_=values)
    )
    queue_mail(
        session,
        key=f"{TEMPLATE}:{pledge.id}:{now.isoformat()}",
        template=TEMPLATE,
        recipient=address,
        locale=locale,
        link_id=str(pledge.id),
        hours=LINK_HOURS,
    )
    _record(session, pledge, actor, "address_asked")


@secret_link(TEMPLATE, links.gift_address)
def hand_address_link(session: Session, pledge_id: UUID, link_hash: str) -> None:
    """From now on this is the link's secret."""
    changes = update(GiftAddressChange).where(GiftAddressChange.pledge_id == pledge_id)
    session.execute(changes.values(token_hash=link_hash))


def address_asked(session: Session, token: str) -> str | None:
    """The address that a mailed link confirms, while it works."""
    change = _change(session, token)
    return None if change is None else change.new_email


def use_address(session: Session, *, token: str, actor: Actor) -> str:
    """Give the gift the address to which this link was mailed; returns its new secret link.

    Raises ``DomainError`` for a link that does not work any more.
    """
    change = _change(session, token)
    if change is None:
        raise DomainError("address_link_over")
    pledge = _locked(session, Pledge.id == change.pledge_id)
    change = _change(session, token)  # Somebody may have used it while we waited for the gift.
    if change is None or is_erased(pledge):
        raise DomainError("address_link_over")
    old_email, new_email = pledge.email, change.new_email
    pledge.email, pledge.token, pledge.by_hand = new_email, new_token(), False
    session.delete(change)
    confirm_address(session, email=new_email, means=Means.SIGN_IN)
    # The new address may be one that may not be matched; the old one was judged before.
    jobs.defer(session, "pledges.judge_again", campaign_id=str(pledge.campaign_id))
    if old_email is not None:
        _tell(session, pledge, "gift_address_left", old_email)
    _tell(session, pledge, "gift_address_new", new_email, gift_path=links.gift(pledge.token))
    _record(session, pledge, actor, "address")
    return pledge.token


def forget_address_changes(session: Session, email: str) -> None:
    """Throw away what waits for an address, of whoever asked for it."""
    waits = GiftAddressChange.new_email == normal_address(email)
    session.execute(delete(GiftAddressChange).where(waits))


def forget_addresses(session: Session) -> None:
    """Throw away changes that can't be confirmed any more, and their mails."""
    now = clock.now()
    session.execute(delete(GiftAddressChange).where(GiftAddressChange.expires_at <= now))
    forget_mail(session, template=TEMPLATE, before=now - timedelta(hours=LINK_HOURS))


def _change(session: Session, token: str) -> GiftAddressChange | None:
    return session.scalar(
        select(GiftAddressChange)
        .where(
            GiftAddressChange.token_hash == token_hash(token),
            GiftAddressChange.expires_at > clock.now(),
        )
        .execution_options(populate_existing=True)
    )


def _locked(session: Session, which: ColumnElement[bool]) -> Pledge:
    pledge = session.scalar(select(Pledge).where(which).with_for_update())
    if pledge is None:
        raise NotFoundError("pledge_not_found")
    session.refresh(pledge)
    return pledge


def _tell(
    session: Session, pledge: Pledge, template: str, recipient: str | None, **context: str
) -> None:
    if recipient is not None:
        queue_mail(
            session,
            key=f"{template}:{pledge.token}",
            template=template,
            recipient=recipient,
            locale=pledge.locale,
            amount_cents=pledge.amount_cents,
            **context,
        )


def _record(session: Session, pledge: Pledge, actor: Actor, part: str) -> None:
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_CHANGED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"parts": [part]},
    )
