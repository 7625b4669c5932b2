"""Residents ask a fund for match money."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.towns import applied, initiator_of, town_fund
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applications.service import change_application
from voorjebuurt.matching.models import Fund
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.models import CampaignMatch

NOW = datetime(2026, 6, 1, 10, 0, 0, 123_987, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


@pytest.fixture
def fund(session: Session, campaign: Campaign) -> Fund:
    return town_fund(campaign.municipality_id)


def refused(
    code: str, session: Session, fund: Fund, campaign: Campaign, **fields: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        applied(session, fund, campaign, **fields)
    assert error.value.code == code
    return error.value


def test_an_application_is_received_to_the_millisecond(
    session: Session, fund: Fund, campaign: Campaign
) -> None:
    application = applied(session, fund, campaign)
    assert application.received_at == NOW.replace(microsecond=123_000)
    assert application.number == "AV-2026-0001"
    assert application.decide_by == date(2026, 7, 27)
    assert application.areas == {
        session.get_one(Neighbourhood, campaign.neighbourhood_id).code: "1"
    }
    assert (application.first_time, application.exclusive) == (True, True)
    match = session.get_one(CampaignMatch, application.id)
    assert (match.status, match.match_cents, match.fund_name) == ("open", 0, fund.name)
    deeds = [event.action for event in trail(session, SubjectKind.APPLICATION, application.id)]
    assert "application.submitted" in deeds
    mail = session.scalars(select(MailMessage)).one()
    assert mail.key == f"application_received:{application.id}"
    assert mail.context["number"] == "AV-2026-0001"


def test_two_in_one_millisecond_keep_an_order(
    session: Session, fund: Fund, campaign: Campaign
) -> None:
    other = CampaignFactory(
        status="live",
        municipality_id=campaign.municipality_id,
        neighbourhood_id=campaign.neighbourhood_id,
    )
    first, second = applied(session, fund, campaign), applied(session, fund, other)
    assert second.received_at - first.received_at == timedelta(milliseconds=1)
    assert (first.number, second.number) == ("AV-2026-0001", "AV-2026-0002")


def test_an_evening_in_amsterdam_is_that_day(
    session: Session, fund: Fund, campaign: Campaign
) -> None:
    """22:30 UTC on 31 May is 1 June in Amsterdam, in summer time."""
    with clock.at(datetime(2026, 5, 31, 22, 30, tzinfo=UTC)):
        late = applied(session, fund, campaign)
    assert late.decide_by == date(2026, 7, 27)


def test_only_the_initiator_applies(session: Session, fund: Fund, campaign: Campaign) -> None:
    somebody = actor_of(PersonFactory())
    with pytest.raises(ForbiddenError) as error:
        applied(session, fund, campaign, actor=somebody)
    assert error.value.code == "not_your_campaign"


def test_a_fund_must_be_open_now(session: Session, campaign: Campaign, fund: Fund) -> None:
    with clock.at(certain(fund.closes_at)):
        refused("fund_not_open", session, fund, campaign)
    late_fund = town_fund(campaign.municipality_id, status="closed")
    refused("fund_not_open", session, late_fund, campaign)


def test_a_fund_is_for_its_own_municipality_and_area(session: Session, campaign: Campaign) -> None:
    elsewhere = town_fund(MunicipalityFactory().id)
    refused("fund_elsewhere", session, elsewhere, campaign)
    other = town_fund(campaign.municipality_id, area_codes=["WK999999"])
    refused("fund_other_area", session, other, campaign)
    buurt = session.get_one(Neighbourhood, campaign.neighbourhood_id)
    within = town_fund(campaign.municipality_id, area_codes=[buurt.parent_code])
    assert applied(session, within, campaign).fund_id == within.id


@pytest.mark.parametrize(("status", "live"), [("draft", False), ("succeeded", True)])
def test_a_campaign_must_be_under_way(session: Session, status: str, live: bool) -> None:
    campaign = CampaignFactory(status=status)
    fund = town_fund(campaign.municipality_id, live=live)
    refused("campaign_cannot_apply", session, fund, campaign)


def test_funds_go_together_only_if_both_say_so(
    session: Session, campaign: Campaign, fund: Fund
) -> None:
    applied(session, fund, campaign)
    refused("already_applied", session, fund, campaign)
    stacking = town_fund(campaign.municipality_id, stacks=True)
    refused("other_fund_applied", session, stacking, campaign)


def test_two_funds_that_stack_go_together(session: Session, campaign: Campaign) -> None:
    first, other = (town_fund(campaign.municipality_id, stacks=True) for _ in range(2))
    applied(session, first, campaign)
    assert applied(session, other, campaign).exclusive is False
    alone = town_fund(campaign.municipality_id)
    refused("other_fund_applied", session, alone, campaign)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"reach": "  "}, "reach_missing", "reach"),
        ({"reach": "x" * 3001}, "text_too_long", "reach"),
        ({"groups": ["Vissers"]}, "group_unknown", "groups"),
        ({"undertaking": True}, "de_minimis_missing", "de_minimis"),
    ],
)
def test_what_is_said_must_be_whole(
    session: Session,
    fund: Fund,
    campaign: Campaign,
    fields: dict[str, Any],
    code: str,
    field: str,
) -> None:
    assert refused(code, session, fund, campaign, **fields).field == field


def test_an_application_can_be_changed_and_loses_what_it_no_longer_claims(
    session: Session, fund: Fund, campaign: Campaign
) -> None:
    application = applied(session, fund, campaign)
    application.verified_groups, application.groups_evidence = ["Jongeren"], "Lijst gezien"
    change_application(
        session,
        application_id=application.id,
        reach="Ook de flat.",
        groups=["Nieuwkomers"],
        undertaking=True,
        de_minimis="Geen",
        actor=initiator_of(campaign),
    )
    assert (application.reach, application.groups) == ("Ook de flat.", ["Nieuwkomers"])
    assert (application.verified_groups, application.de_minimis) == ([], "Geen")
