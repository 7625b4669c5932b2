"""The mails about help that is offered. Words of strangers go to confirmed addresses only."""

from datetime import timedelta

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import everybody_now, mail_turn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.rules import UNCONFIRMED_DAYS
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person

CONFIRM_TEMPLATE, ACCEPT_TEMPLATE = "need_offer_confirm", "need_offer_accepted"


def confirm_offer(session: Session, offer: NeedOffer) -> None:
    """Ask whoever reads the address whether they offer this."""
    queue_mail(
        session,
        key=f"{CONFIRM_TEMPLATE}:{offer.id}",
        template=CONFIRM_TEMPLATE,
        recipient=offer.email or "",
        locale=offer.locale,
        link_id=str(offer.id),
        expires_on=(clock.now() + timedelta(days=UNCONFIRMED_DAYS)).isoformat(),
    )


def offer_waits(session: Session, campaign: Campaign, offer: NeedOffer, need: Need) -> None:
    """Tell the initiator that somebody offers help; without their address."""
    _to_initiator(session, campaign, offer, need, "need_offer_waits", helper=offer.name)


def offer_withdrawn(session: Session, campaign: Campaign, offer: NeedOffer, need: Need) -> None:
    """Tell the initiator that somebody doesn't come after all."""
    _to_initiator(session, campaign, offer, need, "need_offer_withdrawn", helper=offer.name)


def _to_initiator(
    session: Session,
    campaign: Campaign,
    offer: NeedOffer,
    need: Need,
    template: str,
    **context: object,
) -> None:
    for person in everybody_now(session, campaign):
        queue_mail(
            session,
            key=f"{template}:{offer.id}{mail_turn(campaign, person)}",
            template=template,
            recipient=person.email,
            locale=person.locale,
            name=person.name,
            title=campaign.title,
            need=need.title,
            number=offer.number,
            path=links.my_offers(campaign.id),
            **context,
        )


def offer_accepted(
    session: Session, campaign: Campaign, offer: NeedOffer, need: Need, text: str
) -> None:
    """Tell a helper that they are welcome, and whom to reach."""
    person = session.get_one(Person, campaign.initiator_id)
    _to_helper(
        session,
        campaign,
        offer,
        need,
        ACCEPT_TEMPLATE,
        link_id=str(offer.id),
        body=text,
        initiator_name=person.name,
        initiator_email=person.email,
        on_day=clock.noon(need.on_day).isoformat() if need.on_day else None,
    )


def offer_thanked(
    session: Session, campaign: Campaign, offer: NeedOffer, need: Need, text: str
) -> None:
    """Tell a helper that it is not needed this time, with thanks."""
    _to_helper(session, campaign, offer, need, "need_offer_thanked", body=text)


def _to_helper(
    session: Session,
    campaign: Campaign,
    offer: NeedOffer,
    need: Need,
    template: str,
    **context: object,
) -> None:
    queue_mail(
        session,
        key=f"{template}:{offer.id}",
        template=template,
        recipient=offer.email or "",
        locale=offer.locale,
        name=offer.name,
        title=campaign.title,
        need=need.title,
        number=offer.number,
        campaign_path=links.campaign(campaign.slug),
        **context,
    )
