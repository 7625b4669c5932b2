"""Officers are mailed what they may act on: about each thing once, as often as they chose."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.support.case_steps import objected
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.people import RoleGrantFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import Town, officer, town, town_divided
from tests.support.inquiries import AWARD_AT, asked, ex_officio
from tests.support.last_terms import unaccounted
from tests.support.plan_changes import asked as changed
from voorjebuurt.decisions import tasks
from voorjebuurt.decisions.cases.delegations import assign
from voorjebuurt.decisions.cases.terms import complete_application
from voorjebuurt.decisions.inquiries.answers import answer_inquiry
from voorjebuurt.decisions.officer_mails.bundles import mail_officer, waiting_in
from voorjebuurt.decisions.overviews.reminders import remind_officer
from voorjebuurt.decisions.rulings.plan_requests import withdraw_plan_request
from voorjebuurt.decisions.rulings.proposals import dismiss
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail import conditions
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import choose_cadences
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import is_unsubscribed, subscribe, unsubscribe
from voorjebuurt.people.models import RoleGrant
from voorjebuurt.settings import Settings

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def mailed(session: Session, case: Town, actor: Actor, cadence: str = "daily") -> list[str]:
    """What an officer is mailed about now: the kinds of things, in the order of the mail."""
    place, reader_id = case.fund.municipality_id, certain(actor.person_id)
    session.flush()
    is_new = mail_officer(
        session,
        officer_id=reader_id,
        waiting={place: waiting_in(session, place)},
        cadence=Cadence(cadence),
    )
    return [line["kind"] for line in latest(session, actor).context["news"]] if is_new else []


def latest(session: Session, actor: Actor) -> MailMessage:
    statement = select(MailMessage).where(
        MailMessage.template == "officer_news",
        MailMessage.context["reader_id"].astext == str(actor.person_id),
    )
    return session.scalars(statement.order_by(MailMessage.id.desc())).all()[0]


def choose(session: Session, actor: Actor, **choices: str) -> None:
    values = {kind: Cadence(value) for kind, value in choices.items()}
    person_id = certain(actor.person_id)
    choose_cadences(session, person_id=person_id, cadences=values, actor=actor)


def test_a_new_application_is_mailed_once_to_who_may_handle_it(session: Session) -> None:
    case = town(session)
    assert mailed(session, case, case.olga) == ["application"]
    mail = latest(session, case.olga)
    assert mail.context["news"][0]["number"] == case.application.number
    assert mail.context["desk_path"] == "/gemeente"
    with clock.at(NOW + timedelta(days=1)):
        assert mailed(session, case, case.olga) == []
        assert mailed(session, case, case.piet) == ["application"]


def test_what_a_colleague_handles_or_who_has_a_stake_is_not_mailed(session: Session) -> None:
    case = town(session)
    PledgeFactory(campaign=case.campaign, donor_id=case.piet.person_id)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    assign(
        session,
        application_id=case.application.id,
        officer_id=case.olga.person_id,
        reason="",
        actor=case.olga,
    )
    assert mailed(session, case, case.piet) == mailed(session, case, rosa) == []
    assert mailed(session, case, case.olga) == ["application"]


def test_a_completion_is_mailed_each_time(session: Session) -> None:
    case = town(session)
    assert mailed(session, case, case.olga) == ["application"]
    for turn in (1, 2):
        with clock.at(NOW + timedelta(days=turn)):
            complete(session, case)
            assert mailed(session, case, case.olga) == ["completion"]
            assert mailed(session, case, case.olga) == []


def test_a_change_that_was_asked_is_mailed_once_as_often_as_was_chosen(session: Session) -> None:
    case = unaccounted(session)
    choose(session, case.piet, plan="at_once")
    request = changed(session, case, NOW.date() + timedelta(weeks=40))
    assert mailed(session, case, case.olga, "at_once") == []
    assert mailed(session, case, case.olga) == ["plan"]
    assert mailed(session, case, case.piet, "at_once") == ["plan"]
    assert mailed(session, case, case.piet) == []
    withdraw_plan_request(session, request_id=request.id, actor=case.initiator)
    with clock.at(NOW + timedelta(days=1)):
        assert mailed(session, case, case.olga) == []
        changed(session, case, NOW.date() + timedelta(weeks=40))
        assert mailed(session, case, case.olga) == ["plan"], "another request"


def complete(session: Session, case: Town) -> None:
    fields: dict[str, Any] = {"application_id": case.application.id}
    until = clock.today() + timedelta(days=14)
    ask_completion(session, **fields, missing="De begroting", until=until, actor=case.olga)
    complete_application(
        session,
        **fields,
        reach="De straat",
        groups=[],
        undertaking=False,
        de_minimis="",
        answer="Hier is die.",
        actor=case.initiator,
    )


def test_a_proposal_is_mailed_at_once_to_who_may_approve_it(session: Session) -> None:
    case = town_divided(session)
    small = officer(session, case.fund.municipality_id, "Klein", mandate=49_999)
    assign(
        session,
        application_id=case.application.id,
        officer_id=case.olga.person_id,
        reason="",
        actor=case.olga,
    )
    first = case.propose(session, "award", 50_000)
    assert mailed(session, case, case.olga, "at_once") == []
    assert mailed(session, case, small, "at_once") == []
    assert mailed(session, case, case.piet, "at_once") == ["proposal"]
    dismiss(session, decision_id=first, reason="Nee.", actor=case.piet)
    case.propose(session, "award", 50_000)
    with clock.at(NOW + HOUR / 2):
        assert mailed(session, case, case.piet, "at_once") == [], "one mail an hour"
    with clock.at(NOW + HOUR):
        assert mailed(session, case, case.piet, "at_once") == ["proposal"]


def test_an_objection_is_mailed_to_who_had_no_part_in_the_decision(session: Session) -> None:
    case = town_divided(session)
    refusal = case.send(session, "refusal", 0, "requirement")
    objected(session, case, refusal)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    assert mailed(session, case, rosa) == ["objection"]
    assert mailed(session, case, case.olga) == mailed(session, case, case.piet) == []


def test_a_term_within_a_week_comes_in_the_summary_of_who_chose_that(session: Session) -> None:
    case = town_divided(session)
    choose(session, case.olga, term="daily")
    with clock.at(NOW + timedelta(days=48)):
        assert mailed(session, case, case.olga) == []
    with clock.at(NOW + timedelta(days=49)):
        assert mailed(session, case, case.olga) == ["term"]
        assert mailed(session, case, case.piet) == [], "it comes in a reminder of its own"


def test_who_chose_never_is_not_mailed(session: Session) -> None:
    case = town_divided(session)
    case.propose(session, "award", 50_000)
    choose(session, case.piet, proposal="never")
    assert mailed(session, case, case.piet, "at_once") == mailed(session, case, case.piet) == []
    choose(session, case.piet, proposal="daily")
    assert mailed(session, case, case.piet, "at_once") == []
    assert mailed(session, case, case.piet) == ["proposal"]


def test_unsubscribing_from_a_mail_sets_the_choice_and_back(session: Session) -> None:
    case = town_divided(session)
    first = case.propose(session, "award", 50_000)
    assert mailed(session, case, case.piet, "at_once") == ["proposal"]
    mail = latest(session, case.piet)
    unsubscribe(session, message=mail, actor=GUEST)
    unsubscribe(session, message=mail, actor=GUEST)
    assert is_unsubscribed(session, mail) is True
    with clock.at(NOW + HOUR):
        dismiss(session, decision_id=first, reason="Nee.", actor=case.piet)
        case.propose(session, "award", 50_000)
        assert mailed(session, case, case.piet, "at_once") == []
    subscribe(session, message=mail, actor=GUEST)
    assert is_unsubscribed(session, mail) is False
    with clock.at(NOW + HOUR):
        assert mailed(session, case, case.piet, "at_once") == ["proposal"]


def test_a_mail_that_waits_is_not_sent_to_who_is_no_officer_any_more(session: Session) -> None:
    case = town(session)
    assert mailed(session, case, case.olga) == ["application"]
    context = latest(session, case.olga).context
    assert conditions.holds(session, "officer_news", context) is True
    session.execute(
        update(RoleGrant)
        .where(RoleGrant.person_id == case.olga.person_id)
        .values(revoked_at=clock.now())
    )
    assert conditions.holds(session, "officer_news", context) is False
    assert conditions.holds(session, "officer_reminder", context) is False


def test_a_mail_that_waits_says_nothing_of_a_town_that_its_reader_left(session: Session) -> None:
    here, there = town_divided(session), town_divided(session)
    reader_id = certain(here.olga.person_id)
    places = [case.fund.municipality_id for case in (here, there)]
    RoleGrantFactory(person_id=reader_id, role="officer", municipality_id=places[1])
    choose(session, here.olga, term="daily")
    with clock.at(NOW + timedelta(days=50)):
        waiting = {place: waiting_in(session, place) for place in places}
        assert mail_officer(session, officer_id=reader_id, waiting=waiting, cadence=Cadence.DAILY)
    context = latest(session, here.olga).context
    assert {line["number"] for line in context["news"]} == {
        here.application.number,
        there.application.number,
    }
    assert conditions.holds(session, "officer_news", context) is True
    session.execute(
        update(RoleGrant)
        .where(RoleGrant.person_id == reader_id, RoleGrant.municipality_id == places[1])
        .values(revoked_at=clock.now())
    )
    assert conditions.holds(session, "officer_news", context) is False
    assert conditions.holds(session, "officer_news", context) is False, "another attempt"
    rest = latest(session, here.olga).context
    assert {line["number"] for line in rest["news"]} == {here.application.number}
    assert conditions.holds(session, "officer_news", rest) is True
    reminder = {"reader_id": str(reader_id), "municipality_ids": [str(places[1])]}
    assert conditions.holds(session, "officer_reminder", reminder) is False


def test_an_officer_of_two_municipalities_is_reminded_of_both(session: Session) -> None:
    here, there = town_divided(session), town_divided(session)
    reader_id = certain(here.olga.person_id)
    RoleGrantFactory(
        person_id=reader_id, role="officer", municipality_id=there.fund.municipality_id
    )
    with clock.at(NOW + timedelta(days=42)):
        for case in (here, there):
            place = case.fund.municipality_id
            assert remind_officer(session, officer_id=reader_id, municipality_id=place) is True
    waiting = {
        case.fund.municipality_id: waiting_in(session, case.fund.municipality_id)
        for case in (here, there)
    }
    choose(session, here.olga, term="daily")
    with clock.at(NOW + timedelta(days=50)):
        assert mail_officer(session, officer_id=reader_id, waiting=waiting, cadence=Cadence.DAILY)
    numbers = {line["number"] for line in latest(session, here.olga).context["news"]}
    assert numbers == {here.application.number, there.application.number}


def test_the_timetable_mails_officers_and_two_runs_mail_nothing_twice(
    fresh_database: Database, settings: Settings
) -> None:
    runtime = Runtime(fresh_database, settings)
    with fresh_database.writing() as session, building_in(session):
        town(session)
        case = town_divided(session)
        case.propose(session, "award", 50_000)
    for _ in range(2):
        tasks.mail_officers(runtime)
        tasks.summarise_for_officers(runtime)
    with fresh_database.reading() as session:
        statement = select(MailMessage).where(MailMessage.template == "officer_news")
        mails = session.scalars(statement).all()
    lines = sorted((mail.context["cadence"], len(mail.context["news"])) for mail in mails)
    assert lines == [("at_once", 1), ("daily", 1), ("daily", 1)]


def test_the_reminder_of_terms_follows_the_choice_and_goes_to_who_may_approve(
    session: Session,
) -> None:
    case = town_divided(session)
    assign(
        session,
        application_id=case.application.id,
        officer_id=case.olga.person_id,
        reason="",
        actor=case.olga,
    )
    case.propose(session, "award", 50_000)
    place, piet = case.fund.municipality_id, certain(case.piet.person_id)
    with clock.at(NOW + timedelta(days=42)):
        for value in ("never", "daily"):
            choose(session, case.piet, term=value)
            assert remind_officer(session, officer_id=piet, municipality_id=place) is False
        choose(session, case.piet, term="at_once")
        assert remind_officer(session, officer_id=piet, municipality_id=place) is True


def test_an_answer_about_proof_is_news_and_waiting_for_one_is_not(session: Session) -> None:
    with clock.at(AWARD_AT):
        case = ex_officio(session)
        inquiry = asked(session, case)
    with clock.at(AWARD_AT + timedelta(days=2)):
        assert mailed(session, case, case.olga) == []
        choose(session, case.olga, views="at_once")
        answer_inquiry(session, inquiry_id=inquiry.id, answer="Hier.", actor=case.initiator)
        assert mailed(session, case, case.olga, Cadence.AT_ONCE) == ["views"]
        assert latest(session, case.olga).context["news"][0]["number"] == inquiry.number
