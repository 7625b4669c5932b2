"""A closed fund with admitted applications, their gifts as claims, and areas' figures."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session, object_session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.places.models import AreaFigure, PlaceImport
from voorjebuurt.pledges.models import MatchClaim, Pledge

CLOSING = datetime(2026, 6, 1, tzinfo=UTC)
IN_TIME = CLOSING - timedelta(days=3)
_numbers = count()


def officer_of(fund: Fund) -> Actor:
    """A new officer of the fund's municipality."""
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="officer", municipality_id=fund.municipality_id)
    return actor_of(person, "officer")


def closed(rules: dict[str, Any] | None = None, **fields: Any) -> Fund:
    """A fund that divides € 1,000 in proportion, unless ``rules`` say otherwise; closed."""
    return closing_fund(rules, status="closed", closes_at=CLOSING, **fields)


def applied(fund: Fund, *gifts: int, **fields: Any) -> Application:
    """An admitted application of a live campaign with these gifts (cents, each a new donor)."""
    buurt = NeighbourhoodFactory(municipality=None, municipality_id=fund.municipality_id)
    campaign = CampaignFactory(status="live", neighbourhood=buurt, goal_cents=1_000_000)
    application = ApplicationFactory(
        fund=fund,
        campaign=campaign,
        areas={buurt.code: "1"},
        received_at=IN_TIME + timedelta(minutes=next(_numbers)),
        **fields,
    )
    for cents in gifts:
        given(campaign, cents)
    return application


def given(
    campaign: Campaign,
    cents: int,
    *,
    donor: str | None = None,
    at: datetime = IN_TIME,
    kind: str = "gift",
    pledge: Pledge | None = None,
    **fields: Any,
) -> Pledge:
    """A booked gift with its claim; ``kind="refund"`` takes ``pledge`` back."""
    pledge = pledge or PledgeFactory(campaign=campaign, amount_cents=cents, booked_at=at)
    session = object_session(campaign)
    assert session is not None
    session.add(
        MatchClaim(
            campaign_id=campaign.id,
            municipality_id=campaign.municipality_id,
            pledge_id=pledge.id,
            kind=kind,
            amount_cents=cents,
            donor_key=donor or f"donor-{pledge.id}",
            written_at=at,
            **{"matchable": True, **fields},
        )
    )
    session.flush()
    return pledge


def figures(session: Session, **values: str) -> PlaceImport:
    """An import of figures by area code."""
    row = PlaceImport(
        kind="kwb",
        vintage=2026,
        source="CBS",
        filename="kwb.csv",
        sha256="a" * 64,
        status="done",
        asked_at=CLOSING,
        finished_at=CLOSING,
    )
    session.add(row)
    session.flush()
    for code, value in values.items():
        session.add(AreaFigure(import_id=row.id, area_code=code, indicator="p_hh_120", value=value))
    session.flush()
    return row
