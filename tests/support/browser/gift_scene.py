"""Campaigns with match money for the town: gifts in every state that a donor can read about."""

from typing import Any

from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.live_funds import follow, give
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.unmatched import name_board_member, name_funder_address

LONG_NAME = "Buurtfonds Burgemeester Van Heemskerck-Duijvestijnplein en wijde omgeving"
LONG_EMAIL = "penningmeester.van.de.bewonersgroep@eenheellangedomeinnaam.voorbeeld.example"
CEILING = 1_000_000


def match_values(
    session: Session, buurt: Neighbourhood, initiator: Person
) -> dict[str, tuple[dict[str, Any], ...]]:
    """More to fill into the addresses of pages that show match money."""
    about: dict[str, Any] = {"municipality": None, "municipality_id": buurt.municipality_id}
    live_fund = open_fund({"ceiling_cents": CEILING}, name=LONG_NAME, **about)
    round_fund = closing_fund(**about)

    def campaign(fund: Any, **fields: Any) -> Any:
        running_campaign = CampaignFactory(status="live", neighbourhood=buurt, initiator=initiator)
        return running_campaign, ApplicationFactory(fund=fund, campaign=running_campaign, **fields)

    running, _ = campaign(live_fund)
    waiting, _ = campaign(live_fund, status="received")
    later, _ = campaign(round_fund)
    let_go, without_match = campaign(live_fund)
    gifts: list[Pledge] = [give(session, let_go, 5_000, "weg")]
    gifts += [give(session, running, cents, f"d{cents}") for cents in (4_999, 500_000)]
    follow(session, live_fund)
    pots.release_match(session, application_id=without_match.id, actor=SYSTEM)
    gifts += [give(session, waiting, 2_500, "w"), give(session, later, 2_500, "r")]
    empty, _ = campaign(live_fund)
    gifts.append(give(session, empty, 500_000, "vol"))
    gifts.append(give(session, empty, 500_000, "leeg"))
    follow(session, live_fund)
    gifts.append(give(session, running, 1_000, "net"))
    name_board_member(session, campaign_id=running.id, email=LONG_EMAIL, actor=SYSTEM)
    name_funder_address(
        session, municipality_id=buurt.municipality_id, email="@gemeente.example", actor=SYSTEM
    )
    pages = [{"slug": fund.slug} for fund in (running, later, empty)]
    return {
        "public.show_gift": tuple({"token": gift.token} for gift in gifts),
        "public.show_campaign": tuple(pages),
        "public.start_pledge": tuple(pages),
        "resident.show_board": ({"campaign_id": running.id}, {"campaign_id": waiting.id}),
    }
