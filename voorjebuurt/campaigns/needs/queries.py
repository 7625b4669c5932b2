"""The needs of a campaign and the offers for them, as each audience sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.rules import TAKES_OFFERS, OfferState
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.models import Person


@dataclass(frozen=True)
class NeedRow:
    """A need with its meter: ``taken`` of ``number`` are there; ``hours`` came, as confirmed."""

    id: UUID
    kind: str
    title: str
    description: str
    number: int
    taken: int
    on_day: date | None
    stopped: bool
    hours: int

    @property
    def left(self) -> int:
        """How many are still asked for."""
        return self.number - self.taken


@dataclass(frozen=True)
class OfferRow:
    """An offer for the initiator. ``email`` is there once they accepted it, and not before."""

    id: UUID
    need_id: UUID
    need: str
    kind: str
    state: str
    number: int
    left: int
    name: str
    email: str | None
    message: str
    on_day: date | None
    offered_at: datetime
    hours: int | None


@dataclass(frozen=True)
class OwnOffer:
    """An offer as whoever made it sees it by its link; the initiator's address once accepted."""

    id: UUID
    state: str
    number: int
    name: str
    message: str
    need: str
    on_day: date | None
    campaign: str
    slug: str
    initiator: str
    initiator_email: str | None


def needs_of(session: Session, campaign_id: UUID) -> Sequence[NeedRow]:
    """Every need of a campaign, in the order in which they were added."""
    hours = (
        select(func.coalesce(func.sum(NeedOffer.hours), 0))
        .where(NeedOffer.need_id == Need.id)
        .correlate(Need)
        .scalar_subquery()
    )
    statement = select(Need, hours).where(Need.campaign_id == campaign_id)
    rows = session.execute(statement.order_by(Need.added_at, Need.id))
    return [
        NeedRow(
            id=need.id,
            kind=need.kind,
            title=need.title,
            description=need.description,
            number=need.number,
            taken=need.taken,
            on_day=need.on_day,
            stopped=need.stopped_at is not None,
            hours=int(total),
        )
        for need, total in rows
    ]


def open_needs(session: Session, campaign_id: UUID) -> Sequence[NeedRow]:
    """Those that the page shows: not the ones that were stopped."""
    return [row for row in needs_of(session, campaign_id) if not row.stopped]


def need_to_offer(session: Session, slug: str, need_id: UUID) -> tuple[NeedRow, str, UUID] | None:
    """A need that takes offers now, with the title and id of its campaign."""
    campaign = session.scalar(select(Campaign).where(Campaign.slug == slug))
    if campaign is None or campaign.status not in TAKES_OFFERS:
        return None
    rows = [row for row in open_needs(session, campaign.id) if row.id == need_id]
    return (rows[0], campaign.title, campaign.id) if rows else None


def need_parts(session: Session, campaign_id: UUID) -> list[list[object]]:
    """What a plan asks for, to be held against later (``kernel.versions``)."""
    return [
        [row.kind, row.title, row.description, row.number, row.on_day, row.stopped]
        for row in needs_of(session, campaign_id)
    ]


def offers_of(session: Session, campaign_id: UUID) -> Sequence[OfferRow]:
    """What was offered to a campaign by confirmed addresses: what waits on top."""
    statement = (
        select(NeedOffer, Need)
        .join(Need, Need.id == NeedOffer.need_id)
        .where(
            Need.campaign_id == campaign_id,
            NeedOffer.state.in_(
                [OfferState.OFFER.value, OfferState.ACCEPTANCE.value, OfferState.THANKS.value]
            ),
        )
        .order_by(NeedOffer.state != OfferState.OFFER, NeedOffer.offered_at, NeedOffer.id)
    )
    return [_offer_row(offer, need) for offer, need in session.execute(statement)]


def offer_by_id(session: Session, campaign_id: UUID, offer_id: UUID) -> OfferRow | None:
    """One of them."""
    return next((row for row in offers_of(session, campaign_id) if row.id == offer_id), None)


def _offer_row(offer: NeedOffer, need: Need) -> OfferRow:
    return OfferRow(
        id=offer.id,
        need_id=need.id,
        need=need.title,
        kind=need.kind,
        state=offer.state,
        number=offer.number,
        left=need.left,
        name=offer.name,
        email=offer.email if offer.state == OfferState.ACCEPTANCE else None,
        message=offer.message,
        on_day=need.on_day,
        offered_at=offer.offered_at,
        hours=offer.hours,
    )


def offer_of_link(session: Session, token: str) -> OwnOffer | None:
    """The offer whose secret this is."""
    row = session.execute(
        select(NeedOffer, Need, Campaign, Person)
        .join(Need, Need.id == NeedOffer.need_id)
        .join(Campaign, Campaign.id == Need.campaign_id)
        .join(Person, Person.id == Campaign.initiator_id)
        .where(NeedOffer.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        return None
    offer, need, campaign, person = row
    is_accepted = offer.state == OfferState.ACCEPTANCE and campaign.orphaned_at is None
    return OwnOffer(
        id=offer.id,
        state=offer.state,
        number=offer.number,
        name=offer.name,
        message=offer.message,
        need=need.title,
        on_day=need.on_day,
        campaign=campaign.title,
        slug=campaign.slug,
        initiator=person.name,
        initiator_email=person.email if is_accepted else None,
    )
