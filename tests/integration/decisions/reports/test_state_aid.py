"""De minimis aid: declared, and granted here in three years to the same (legal) person."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import (
    Town,
    admitted,
    applied,
    awarded_first,
    divided,
    officer,
    town_fund,
)
from voorjebuurt.decisions.reports.state_aid import state_aid, three_years_before
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person


def applying(session: Session, initiator: Person | None = None, **changes: Any) -> Town:
    """A case in a municipality of its own, by ``initiator`` or somebody new."""
    who = {"initiator": initiator} if initiator else {}
    campaign = CampaignFactory(status="succeeded", goal_cents=10_000_000, **who)
    place = campaign.municipality_id
    fund = town_fund(place)
    about = details(kvk="87654321", rsin="", **changes)
    application = applied(
        session, fund, campaign, undertaking=True, de_minimis="Huur.", details=about
    )
    return Town(fund, campaign, application, officer(session, place), officer(session, place, "P"))


def granted(session: Session, case: Town, cents: int) -> Application:
    """It is granted so much."""
    admitted(session, case.application, case.olga)
    divided(session, case.fund, {case.application.id: cents})
    case.send(session, "award", cents)
    return case.application


def test_what_was_granted_in_any_municipality_to_the_same_legal_person_counts(
    session: Session,
) -> None:
    first = granted(session, applying(session, aid_cents=0), 50_000)
    applying(session, aid_cents=0)  # not decided on
    now = applying(session, aid_cents=1_000_000)
    aid = state_aid(session, now.application.id, now_cents=20_000)
    assert [(grant.number, grant.cents) for grant in aid.grants] == [(first.number, 50_000)]
    assert (aid.declared_cents, aid.here_cents, aid.total_cents) == (1_000_000, 50_000, 1_070_000)
    assert aid.passes(1_069_999)
    assert not aid.passes(1_070_000)
    for days, here_cents in ((3 * 365, 50_000), (3 * 365 + 3, 0)):
        with clock.at(clock.now() + timedelta(days=days)):
            assert state_aid(session, now.application.id, now_cents=0).here_cents == here_cents


def test_another_legal_person_does_not_count_and_the_same_applicant_does(session: Session) -> None:
    other = applying(session, aid_cents=0)
    other_details = details(aid_cents=0)
    campaign = CampaignFactory(status="succeeded", goal_cents=10_000_000)
    fund = town_fund(campaign.municipality_id)
    mine = applied(
        session, fund, campaign, undertaking=True, de_minimis="Geen.", details=other_details
    )
    granted(session, other, 50_000)
    assert state_aid(session, mine.id, now_cents=0).grants == []
    again = applying(session, session.get_one(Person, other.application.applicant_id), aid_cents=0)
    assert state_aid(session, again.application.id, now_cents=0).here_cents == 50_000


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2026, 11, 29), date(2023, 11, 29)), (date(2028, 2, 29), date(2025, 2, 28))],
)
def test_three_years_end_today(day: date, start: date) -> None:
    assert three_years_before(day) == start


def test_the_award_of_a_maximum_counts_whole_until_its_amount_is_fixed(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000_000)
    place = campaign.municipality_id
    about = details(kvk="87654321", rsin="", aid_cents=0)
    live = applied(
        session,
        town_fund(place, live=True),
        campaign,
        undertaking=True,
        de_minimis="Huur.",
        details=about,
    )
    awarded_first(session, live, officer(session, place), officer(session, place, "P"), 30_000)
    now = applying(session, aid_cents=0)
    [grant] = state_aid(session, now.application.id, now_cents=0).grants
    assert (grant.number, grant.cents) == (live.number, 30_000)
