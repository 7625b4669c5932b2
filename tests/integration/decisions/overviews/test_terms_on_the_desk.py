"""Notices of default and a court's term on the work list, in a few statements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.support.case_steps import objected
from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import Town, applied, officer, town, town_fund
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.court.penalties import (
    approve_penalty,
    pay_penalty,
    propose_penalty,
    register_default,
)
from voorjebuurt.decisions.officer_mails.news import news_of
from voorjebuurt.decisions.overviews.desks import Desk
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.mail_kinds import OfficerMailKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
BANDS = (2_300, 3_500, 4_500)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    """A case that was to be decided on by yesterday."""
    case = town(session)
    case.application.decide_by = date(2026, 5, 31)
    session.flush()
    return case


def on_desk(session: Session, case: Town, actor: Actor) -> list[Work]:
    desk = desk_of(
        session, officer_id=certain(actor.person_id), municipality_id=case.fund.municipality_id
    )
    return [work for work in work_list(session, desk) if work.kind == "penalty"]


def test_a_notice_of_default_is_on_the_list_with_the_day_from_which_it_costs(
    session: Session, case: Town
) -> None:
    with clock.at(NOW + timedelta(days=70)):
        received_on = clock.today()
        notice_id = register_default(
            session,
            application_id=case.application.id,
            objection_id=None,
            received_on=received_on,
            actor=case.olga,
        )
        (work,) = on_desk(session, case, case.olga)
        # Two weeks after it came in each day costs (Awb 4:17, third paragraph).
        assert (work.detail, work.due_on) == ("decide", received_on + timedelta(days=14))
        assert work.subject_id == notice_id
    with clock.at(NOW + timedelta(days=70 + 12)):
        desk = desk_of(
            session,
            officer_id=certain(case.olga.person_id),
            municipality_id=case.fund.municipality_id,
        )
        works = all_work(session, case.fund.municipality_id)
        terms = [
            news.fact for news in news_of(works, desk, {}) if news.kind is OfficerMailKind.TERM
        ]
        assert f"term:{notice_id}:{work.due_on}" in terms, "a mail a week before"


def test_a_penalty_waits_to_be_set_approved_and_paid_by_who_may(
    session: Session, case: Town
) -> None:
    place = case.fund.municipality_id
    awards_only = officer(session, place, "Ada", mandate_kinds=["award"])
    with clock.at(NOW + timedelta(days=70)):
        notice_id = register_default(
            session,
            application_id=case.application.id,
            objection_id=None,
            received_on=clock.today(),
            actor=case.olga,
        )
    after = NOW + timedelta(days=70 + 15 + 42)
    with clock.at(after):
        assert [work.detail for work in on_desk(session, case, case.olga)] == ["determine"]
        assert on_desk(session, case, awards_only) == [], "her mandate is not for it"
        propose_penalty(
            session, notice_id=notice_id, ground="", reason="", bands=BANDS, actor=case.olga
        )
        assert on_desk(session, case, case.olga) == [], "nobody approves their own"
        (work,) = on_desk(session, case, case.piet)
        assert (work.detail, work.amount_cents) == ("approve", 144_200)
        approve_penalty(session, notice_id=notice_id, actor=case.piet)
        (work,) = on_desk(session, case, awards_only)
        # Six weeks after it was announced (Awb 4:87).
        assert work.detail == "pay"
        assert work.due_on >= (after + timedelta(weeks=6)).date()
        pay_penalty(session, notice_id=notice_id, paid_on=clock.today(), actor=case.olga)
        assert on_desk(session, case, case.piet) == []


def test_the_term_of_a_court_is_the_last_day_of_the_objection_on_the_list(
    session: Session, case: Town
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objected(session, case, refusal)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    objection = session.query(Objection).one()
    # As ``register_judgment`` leaves it when a court annuls: received again, with the court's day.
    objection.decide_by = date(2026, 6, 5)
    session.flush()
    desk = desk_of(
        session, officer_id=certain(rosa.person_id), municipality_id=case.fund.municipality_id
    )
    works = all_work(session, case.fund.municipality_id)
    news = [each for each in news_of(works, desk, {}) if each.kind is OfficerMailKind.TERM]
    assert [each.due_on for each in news] == [date(2026, 6, 5)]


def test_more_cases_ask_the_database_no_more(session: Session, case: Town) -> None:
    def statements() -> int:
        texts: list[str] = []

        def note(*arguments: object) -> None:
            texts.append(str(arguments[2]))

        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", note)
        try:
            work_list(session, _desk(session, case))
        finally:
            event.remove(bind, "before_cursor_execute", note)
        return len(texts)

    before = statements()
    fund = town_fund(case.fund.municipality_id)
    for _ in range(4):
        campaign = CampaignFactory(
            status="succeeded",
            municipality_id=case.fund.municipality_id,
            neighbourhood_id=case.campaign.neighbourhood_id,
        )
        applied(session, fund, campaign)
    assert len(work_list(session, _desk(session, case))) == 5
    assert statements() <= before


def _desk(session: Session, case: Town) -> Desk:
    person_id: UUID = certain(case.olga.person_id)
    return desk_of(session, officer_id=person_id, municipality_id=case.fund.municipality_id)
