"""A desk: gifts made for somebody without internet, through the services."""

from typing import Any
from uuid import UUID

from tests.support.cash import LIMITS, CashScene
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.by_hand.models import DeskGift
from voorjebuurt.pledges.by_hand.rules import DeskWay
from voorjebuurt.pledges.desk.giving import DeskBounds, DeskTerms, make_desk_gift
from voorjebuurt.settings import PledgeSettings

PLEDGES = PledgeSettings(
    min_cents=100,
    max_cents=500_000,
    tip_max_cents=10_000,
    presets_cents=(1_000, 2_500, 5_000),
    hold_minutes=20,
    no_answer="back",
)
BOUNDS = DeskBounds(PLEDGES, LIMITS, "key of donors")
AT_HOME: dict[str, Any] = {"street": "Lindelaan 3", "postcode": "1234 AB", "town": "Ons Dorp"}


def terms(way: DeskWay, cents: int = 2_500, **values: Any) -> DeskTerms:
    """What Oma Riet gives, who wants no letters."""
    common = {"name": "Oma Riet", "name_public": True, "street": "", "postcode": "", "town": ""}
    return DeskTerms(way=way, amount_cents=cents, **{**common, **values})


def at_desk(
    scene: CashScene,
    way: DeskWay,
    cents: int = 2_500,
    *,
    gift_id: UUID | None = None,
    actor: Actor | None = None,
    **values: Any,
) -> DeskGift:
    """A gift at the desk."""
    gift_row_id = make_desk_gift(
        scene.session,
        campaign_id=scene.campaign.id,
        gift_id=gift_id or new_id(),
        terms=terms(way, cents, **values),
        bounds=BOUNDS,
        actor=actor or scene.first,
    )
    scene.session.flush()
    return scene.session.get_one(DeskGift, gift_row_id)
