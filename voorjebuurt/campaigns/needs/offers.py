"""Offering help: by anybody whose address is confirmed, answered by the initiator.

An address is told to the other only when an offer is accepted, as the form says beforehand. Of
what is asked for no more is accepted than is left: a trigger counts, and a constraint refuses.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs import mails
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.rules import (
    KEPT_DAYS,
    MAX_HOURS,
    OFFER_TRANSITIONS,
    TAKES_OFFERS,
    UNCONFIRMED_DAYS,
    OfferState,
    OfferTerms,
)
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link


def make_offer(session: Session, *, need_id: UUID, terms: OfferTerms, locale: str) -> UUID:
    """Write an offer down and mail its address to confirm it; nobody reads it before that.

    Raises ``DomainError`` at ``number``, and ``NotFoundError`` for what is not asked for now.
    """
    need = session.get(Need, need_id)
    if need is None or need.stopped_at is not None:
        raise NotFoundError("need_not_found")
    if session.get_one(Campaign, need.campaign_id).status not in TAKES_OFFERS:
        raise NotFoundError("need_not_found")
    if not 1 <= terms.number <= need.left:
        raise DomainError("offer_number_out_of_bounds", field="number", left=need.left)
    offer = NeedOffer(
        need_id=need.id,
        state=OfferState.ATTEMPT.value,
        number=terms.number,
        email=normal_address(terms.email),
        name=terms.name,
        message=terms.message,
        locale=locale,
        token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
        offered_at=clock.now(),
    )
    session.add(offer)
    session.flush()
    mails.confirm_offer(session, offer)
    return offer.id


@secret_link(mails.ACCEPT_TEMPLATE, links.need_offer)
@secret_link(mails.CONFIRM_TEMPLATE, links.need_offer)
def hand_offer(session: Session, offer_id: UUID, link_hash: str) -> None:
    """From now on this link is that of the offer."""
    statement = update(NeedOffer).where(NeedOffer.id == offer_id)
    session.execute(statement.values(token_hash=link_hash))


def confirm_offer(session: Session, *, token: str) -> None:
    """Whoever reads the address offers this: the initiator is told. Twice changes nothing.

    Raises ``DomainError`` (``offer_over``) when it is not there any more.
    """
    offer, campaign = _locked_by_link(session, token)
    if offer.state != OfferState.ATTEMPT:
        return
    _move(offer, "confirm")
    offer.confirmed_at = clock.now()
    session.flush()
    mails.offer_waits(session, campaign, offer, _need(session, offer))
    _note(session, campaign, offer, Action.CAMPAIGN_HELP_OFFERED, GUEST)
    confirm_address(session, email=offer.email or "", means=Means.SIGN_IN)


def withdraw_offer(session: Session, *, token: str) -> None:
    """Take an offer back; what was accepted is asked for again. Twice changes nothing.

    Raises ``DomainError``: ``offer_over``, or ``offer_done`` once somebody came.
    """
    offer, campaign = _locked_by_link(session, token)
    if offer.state in (OfferState.WITHDRAWAL, OfferState.THANKS):
        return
    if offer.hours is not None:
        raise DomainError("offer_done")
    _withdraw(session, campaign, offer)


def _withdraw(session: Session, campaign: Campaign, offer: NeedOffer) -> None:
    """Unread, it is thrown away; else the initiator is told, and who it was from goes."""
    if offer.state == OfferState.ATTEMPT:
        session.delete(offer)
        session.flush()
        return
    mails.offer_withdrawn(session, campaign, offer, _need(session, offer))
    _move(offer, "withdraw")
    offer.email, offer.name, offer.message = None, "", ""
    bump_version(campaign)
    _note(session, campaign, offer, Action.CAMPAIGN_HELP_WITHDRAWN, GUEST)


def answer_offer(
    session: Session, *, campaign_id: UUID, offer_id: UUID, accepts: bool, text: str, actor: Actor
) -> None:
    """Accept an offer, or say thanks without; mailed, with ``text``. The same again is no error.

    Raises ``DomainError`` (``need_full``) when more is offered than is left, ``TransitionError``
    after another answer, ``ForbiddenError``, or ``NotFoundError``.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    offer = _locked_offer(session, campaign_id, offer_id)
    action = "accept" if accepts else "thank"
    if offer.state == OFFER_TRANSITIONS.table[action][1]:
        return
    need = session.get_one(Need, offer.need_id, with_for_update=True, populate_existing=True)
    if accepts and offer.number > need.left:
        raise DomainError("need_full", left=need.left)
    _move(offer, action)
    offer.answered_at = clock.now()
    session.flush()
    session.refresh(need)
    if accepts:
        mails.offer_accepted(session, campaign, offer, need, text)
    else:
        mails.offer_thanked(session, campaign, offer, need, text)
        offer.email, offer.name, offer.message = None, "", ""
    bump_version(campaign)
    event = Action.CAMPAIGN_HELP_ACCEPTED if accepts else Action.CAMPAIGN_HELP_THANKED
    _note(session, campaign, offer, event, actor)


def confirm_hours(
    session: Session, *, campaign_id: UUID, offer_id: UUID, hours: int, actor: Actor
) -> None:
    """Write down how many hours somebody came whose offer was accepted; again corrects it.

    Raises ``DomainError`` at ``hours``, ``ForbiddenError``, or ``NotFoundError``.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    offer = _locked_offer(session, campaign_id, offer_id)
    if offer.state != OfferState.ACCEPTANCE:
        raise NotFoundError("offer_not_found")
    if not 0 <= hours <= MAX_HOURS:
        raise DomainError("hours_out_of_bounds", field="hours", maximum=MAX_HOURS)
    if offer.hours == hours:
        return
    offer.hours = hours
    bump_version(campaign)
    _note(session, campaign, offer, Action.CAMPAIGN_HOURS_CONFIRMED, actor, hours=hours)


def offers_from(session: Session, email: str) -> int:
    """How many offers of an address are kept with it."""
    statement = select(func.count(NeedOffer.id)).where(NeedOffer.email == email)
    return session.scalar(statement) or 0


def forget_offers(session: Session, email: str) -> None:
    """Take back what an address offers, and take away who it was from where somebody came."""
    is_theirs = NeedOffer.email == email
    session.execute(delete(NeedOffer).where(is_theirs, NeedOffer.state == OfferState.ATTEMPT.value))
    statement = select(NeedOffer).where(is_theirs).order_by(NeedOffer.id).with_for_update()
    for offer in session.scalars(statement).all():
        offer.email, offer.name, offer.message = None, "", ""
        is_expected = offer.state == OfferState.ACCEPTANCE and offer.hours is None
        if offer.state == OfferState.OFFER:
            _move(offer, "withdraw")
        if is_expected:
            # Who erases somebody holds a person, and campaigns come before that.
            jobs.defer(session, "campaigns.withdraw_erased_offer", offer_id=str(offer.id))
    session.flush()


def withdraw_erased_offer(session: Session, *, offer_id: UUID) -> None:
    """Ask again for what somebody was to bring who had their data erased."""
    need = session.get_one(Need, session.get_one(NeedOffer, offer_id).need_id)
    campaign = locked_campaign(session, need.campaign_id)
    offer = _locked_offer(session, campaign.id, offer_id)
    if offer.state == OfferState.ACCEPTANCE and offer.hours is None:
        _withdraw(session, campaign, offer)


def forget_old_offers(session: Session) -> None:
    """Throw away what nobody confirmed, and who helped some time ago."""
    before = clock.now() - timedelta(days=UNCONFIRMED_DAYS)
    session.execute(
        delete(NeedOffer).where(
            NeedOffer.state == OfferState.ATTEMPT.value, NeedOffer.offered_at < before
        )
    )
    mail.forget_mail(session, template=mails.CONFIRM_TEMPLATE, before=before)
    is_old = NeedOffer.answered_at < clock.now() - timedelta(days=KEPT_DAYS)
    session.execute(
        update(NeedOffer)
        .where(is_old, NeedOffer.email.is_not(None))
        .values(email=None, name="", message="")
    )


def _locked_by_link(session: Session, token: str) -> tuple[NeedOffer, Campaign]:
    row = session.execute(
        select(NeedOffer.id, Need.campaign_id)
        .join(Need, Need.id == NeedOffer.need_id)
        .where(NeedOffer.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        raise DomainError("offer_over")
    campaign = locked_campaign(session, row.campaign_id)
    return _locked_offer(session, campaign.id, row.id), campaign


def _locked_offer(session: Session, campaign_id: UUID, offer_id: UUID) -> NeedOffer:
    """The offer's row, held until the commit, whose campaign is held."""
    offer = session.get(NeedOffer, offer_id, with_for_update=True, populate_existing=True)
    if offer is None or _need(session, offer).campaign_id != campaign_id:
        raise NotFoundError("offer_not_found")
    return offer


def _need(session: Session, offer: NeedOffer) -> Need:
    return session.get_one(Need, offer.need_id)


def _move(offer: NeedOffer, action: str) -> None:
    offer.state = OFFER_TRANSITIONS.after(OfferState(offer.state), action).value


def _note(
    session: Session,
    campaign: Campaign,
    offer: NeedOffer,
    action: Action,
    actor: Actor,
    **detail: object,
) -> None:
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        detail={"offer_id": str(offer.id), "number": offer.number, **detail},
    )
