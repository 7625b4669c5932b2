"""What waits for a second officer: on the list of whoever may do it, and in their mail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.own_words import proposed_words
from tests.support.factories.people import appointer
from tests.support.factories.towns import officer, town, town_divided
from voorjebuurt.decisions.cases.delegations import take
from voorjebuurt.decisions.objections.court.penalties import propose_penalty, register_default
from voorjebuurt.decisions.officer_mails.bundles import mail_officer, waiting_in
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.work import LOOK_DAYS
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.arrangements import Band, Way
from voorjebuurt.matching.funds.arranging import save_arrangements
from voorjebuurt.ownwords import service as wording
from voorjebuurt.people.appointments.mandates import propose_officer

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
BANDS = (2_300, 3_500, 4_500)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def on_list(session: Session, place: UUID, actor: Actor) -> list[Work]:
    """What is on an officer's own list, beside cases to decide."""
    desk = desk_of(session, officer_id=certain(actor.person_id), municipality_id=place)
    return [work for work in work_list(session, desk, mine=True) if work.kind != "decide"]


def kinds(session: Session, place: UUID, actor: Actor) -> list[str]:
    return [work.kind.value for work in on_list(session, place, actor)]


def mailed(session: Session, place: UUID, actor: Actor) -> list[tuple[str, str]]:
    session.flush()
    reader_id = certain(actor.person_id)
    waiting = {place: waiting_in(session, place)}
    if not mail_officer(session, officer_id=reader_id, waiting=waiting, cadence=Cadence.AT_ONCE):
        return []
    statement = select(MailMessage).where(MailMessage.template == "officer_news")
    latest = session.scalars(statement.order_by(MailMessage.id.desc())).first()
    return [(line["kind"], line["work"]) for line in certain(latest).context["news"]]


def test_own_words_wait_for_who_may_approve_them(session: Session) -> None:
    case = town(session)
    place = case.fund.municipality_id
    writer, second, third = (appointer(session, place) for _ in range(3))
    wording_id = proposed_words(session, place, writer)
    for nobody in (writer, case.olga):
        assert kinds(session, place, nobody) == []
        assert mailed(session, place, nobody) == []
    (work,) = on_list(session, place, second)
    assert (work.kind, work.subject_id, work.days_left) == ("wording", wording_id, LOOK_DAYS)
    assert mailed(session, place, second) == [("proposal", "wording")]
    assert mailed(session, place, second) == [], "once"
    wording.give_back(session, wording_id=wording_id, remark="Anders", actor=third)
    assert kinds(session, place, second) == []
    with clock.at(NOW + timedelta(days=1)):
        wording.propose(session, wording_id=wording_id, actor=writer)
        assert mailed(session, place, second) == [("proposal", "wording")], "again"
        wording.approve(session, wording_id=wording_id, actor=second)
        assert kinds(session, place, third) == []


def test_a_colleague_waits_from_when_they_can_be_confirmed(session: Session) -> None:
    case = town(session)
    place = case.fund.municipality_id
    proposer, second = appointer(session, place), appointer(session, place)
    propose_officer(
        session,
        municipality_id=place,
        email="noor@gemeente.example",
        mandate_limit_cents=100,
        may_appoint=False,
        wait=timedelta(hours=24),
        actor=proposer,
    )
    assert kinds(session, place, second) == []
    with clock.at(NOW + timedelta(hours=25)):
        assert kinds(session, place, proposer) == kinds(session, place, case.olga) == []
        (work,) = on_list(session, place, second)
        assert work.kind == "colleague"
        assert mailed(session, place, second) == [("proposal", "colleague")]
    with clock.at(NOW + timedelta(days=15)):
        assert kinds(session, place, second) == [], "it lapsed"


def test_rules_of_a_fund_wait_for_who_did_not_write_them(session: Session) -> None:
    case = town(session)
    place = case.fund.municipality_id
    assert kinds(session, place, case.piet) == []
    bands = [Band(0, Way.DIRECT), Band(500_000, Way.COSTS)]
    save_arrangements(session, fund_id=case.fund.id, bands=bands, actor=case.olga)
    awards_only = officer(session, place, "Anna", mandate_kinds=["award"])
    assert kinds(session, place, case.olga) == kinds(session, place, awards_only) == []
    (work,) = on_list(session, place, case.piet)
    assert (work.kind, work.title) == ("publish", case.fund.name)
    assert mailed(session, place, case.piet) == [("proposal", "publish")]


def test_a_proposal_is_on_the_list_though_a_colleague_handles_the_case(session: Session) -> None:
    case = town_divided(session)
    place = case.fund.municipality_id
    take(session, application_id=case.application.id, actor=case.olga)
    case.propose(session, "award", 50_000)
    assert kinds(session, place, case.piet) == ["approve"]
    assert kinds(session, place, case.olga) == []


def test_a_penalty_waits_for_another_officer_and_is_mailed(session: Session) -> None:
    case = town(session)
    place = case.fund.municipality_id
    take(session, application_id=case.application.id, actor=case.olga)
    with clock.at(NOW + timedelta(weeks=9)):
        notice_id = register_default(
            session,
            application_id=case.application.id,
            objection_id=None,
            received_on=clock.today(),
            actor=case.olga,
        )
    with clock.at(NOW + timedelta(weeks=20)):
        assert "penalty" not in kinds(session, place, case.piet), "Olga handles the case"
        propose_penalty(
            session, notice_id=notice_id, ground="", reason="", bands=BANDS, actor=case.olga
        )
        assert kinds(session, place, case.piet) == ["penalty"]
        assert ("proposal", "penalty") in mailed(session, place, case.piet)
        assert "penalty" not in kinds(session, place, case.olga)
