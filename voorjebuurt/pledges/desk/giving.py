"""A helper makes a gift for somebody at the desk: paid on the payment page, or cash in the tin."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import keyed_hash
from voorjebuurt.pledges import service
from voorjebuurt.pledges.by_hand.models import DeskGift
from voorjebuurt.pledges.by_hand.rules import DeskWay
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tins.acting import require_collector
from voorjebuurt.pledges.tins.collecting import CashTerms, enter_cash
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.rows import note
from voorjebuurt.pledges.tins.rules import Giver
from voorjebuurt.settings import CashSettings, PledgeSettings


@dataclass(frozen=True)
class DeskTerms:
    """What somebody gives at a desk (eurocents), and where letters go: nowhere, or all of it."""

    way: DeskWay
    amount_cents: int
    name: str
    name_public: bool
    street: str
    postcode: str
    town: str


@dataclass(frozen=True)
class DeskBounds:
    """What bounds gifts, and the secret by which donors are told apart for match money."""

    pledges: PledgeSettings
    cash: CashSettings
    donor_key: str


def make_desk_gift(
    session: Session,
    *,
    campaign_id: UUID,
    gift_id: UUID,
    terms: DeskTerms,
    bounds: DeskBounds,
    actor: Actor,
) -> UUID:
    """Write down a gift for somebody at the desk; ``gift_id`` is that of the form.

    The same form sent twice is one gift. Match money takes all who pay here without an account
    that tells who they are as one donor: nobody proved that they are many. Raises ``DomainError``
    at the field, ``ForbiddenError`` for who may not keep the desk.
    """
    campaign = locked_campaign(session, campaign_id)
    person_id = require_collector(session, campaign_id, actor)
    before = session.get(DeskGift, gift_id)
    if before is not None:
        return _same(session, before, campaign_id, person_id, terms)
    if (terms.street == "") != (terms.town == ""):
        raise DomainError("desk_address_half", field="town" if terms.street else "street")
    gift = DeskGift(
        id=gift_id,
        campaign_id=campaign_id,
        way=terms.way.value,
        name_public=terms.name_public,
        no_answer=bounds.pledges.no_answer,
        recipient=terms.name if terms.street else "",
        street=terms.street,
        postcode=terms.postcode if terms.street else "",
        town=terms.town,
        made_at=clock.now(),
        made_by=person_id,
    )
    if terms.way is DeskWay.CASH:
        gift.cash_id = enter_cash(
            session,
            campaign_id=campaign_id,
            terms=CashTerms(
                giver=Giver.PERSON if terms.name else Giver.STRANGER,
                name=terms.name,
                amount_cents=terms.amount_cents,
                got_on=clock.today(),
            ),
            limits=bounds.cash,
            actor=actor,
            gift_id=gift_id,
        )
    else:
        gift.pledge_id = service.make_pledge(
            session,
            campaign_id=campaign_id,
            details=PledgeDetails(
                amount_cents=terms.amount_cents,
                tip_cents=0,
                email=None,
                name=terms.name,
                name_public=terms.name_public,
                message="",
                postcode=None,
                donor_key=keyed_hash(bounds.donor_key, "desk", str(campaign_id)),
                by_hand=True,
            ),
            locale="nl",
            bounds=bounds.pledges,
            actor=actor,
        ).id
    session.add(gift)
    cents = terms.amount_cents
    note(session, campaign, Action.CAMPAIGN_DESK_GIFT_MADE, actor, gift=str(gift_id), cents=cents)
    return gift_id


def _same(
    session: Session, before: DeskGift, campaign_id: UUID, person_id: UUID, terms: DeskTerms
) -> UUID:
    """The gift that the same form made. Raises ``DomainError`` for another gift."""
    row = (
        session.get_one(Pledge, before.pledge_id)
        if before.way == DeskWay.CHECKOUT
        else session.get_one(CashGift, before.cash_id)
    )
    was = (before.campaign_id, before.made_by, before.way, row.amount_cents)
    if was != (campaign_id, person_id, terms.way.value, terms.amount_cents):
        raise DomainError("cash_written_down")
    return before.id
