"""Work that none of the officers may do: on the list of who can see to it that somebody may."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import objected
from tests.support.certain import certain
from tests.support.factories.people import appointer, with_last_day
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import Town, officer, town_divided
from voorjebuurt.decisions.officer_mails.bundles import mail_officer, waiting_in
from voorjebuurt.decisions.overviews.reminders import remind_officer
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.cadences import Cadence

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
LAST_DAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    """An award that Olga proposed and Piet may approve, until his mandate ends on 10 June."""
    case = town_divided(session)
    case.propose(session, "award", 50_000)
    with_last_day(session, certain(case.piet.person_id), LAST_DAY)
    return case


def works(session: Session, case: Town, actor: Actor) -> list[Work]:
    place = case.fund.municipality_id
    desk = desk_of(session, officer_id=certain(actor.person_id), municipality_id=place)
    return work_list(session, desk, mine=True)


def stuck(session: Session, case: Town, actor: Actor) -> list[str]:
    return [work.kind.value for work in works(session, case, actor) if work.is_stuck]


def is_mailed(session: Session, place: UUID, actor: Actor) -> bool:
    session.flush()
    waiting = {place: waiting_in(session, place)}
    reader_id = certain(actor.person_id)
    return mail_officer(session, officer_id=reader_id, waiting=waiting, cadence=Cadence.AT_ONCE)


def test_a_proposal_of_which_the_only_approver_lost_the_mandate_is_seen(
    session: Session, case: Town
) -> None:
    place = case.fund.municipality_id
    small = officer(session, place, "Klein", mandate=100)
    assert [work.kind for work in works(session, case, case.piet)] == ["approve"]
    assert [stuck(session, case, each) for each in (case.olga, case.piet, small)] == [[], [], []]
    with clock.at(NOW + timedelta(days=10)):
        appoints = appointer(session, place)
        with_last_day(session, certain(appoints.person_id), LAST_DAY)
        for sees in (case.olga, small, appoints):
            assert stuck(session, case, sees) == ["approve"]
        assert works(session, case, case.piet) == [], "no mandate, and no right to appoint"
        (work,) = works(session, case, small)
        assert work.due_on == case.application.decide_by, "its term runs on"
        rosa = officer(session, place, "Rosa")
        for each in (case.olga, small, appoints):
            assert works(session, case, each) == [], "somebody may do it again"
        assert [each.is_stuck for each in works(session, case, rosa)] == [False]


def test_an_objection_that_nobody_may_decide_is_seen_too(session: Session) -> None:
    case = town_divided(session)
    refusal = case.send(session, "refusal", 0, "requirement")
    objected(session, case, refusal)
    assert stuck(session, case, case.olga) == stuck(session, case, case.piet) == ["object"]
    officer(session, case.fund.municipality_id, "Rosa")
    assert stuck(session, case, case.olga) == []


def test_who_is_blocked_or_has_a_stake_ends_no_standstill(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    donor = officer(session, place, "Dora")
    PledgeFactory(campaign=case.campaign, donor_id=donor.person_id)
    with clock.at(NOW + timedelta(days=10)):
        assert stuck(session, case, case.olga) == ["approve"], "a donor does not decide"
        assert works(session, case, donor) == [], "nor has a word in who does"


def test_nobody_is_mailed_to_do_it_and_all_are_reminded_of_its_term(
    session: Session, case: Town
) -> None:
    place = case.fund.municipality_id
    small = officer(session, place, "Klein", mandate=100)
    with clock.at(NOW + timedelta(days=10)):
        assert not is_mailed(session, place, small)
    with clock.at(clock.noon(case.application.decide_by - timedelta(days=7))):
        assert remind_officer(session, officer_id=certain(small.person_id), municipality_id=place)
