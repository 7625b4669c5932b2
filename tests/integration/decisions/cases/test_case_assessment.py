"""What officers find about an application before they decide, and its clock."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import STATEMENT, Town, admitted, officer, town
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.decisions.cases.admission import admit_application
from voorjebuurt.decisions.cases.assessment import mark_item, set_areas, set_score, verify_groups
from voorjebuurt.decisions.cases.checklist import checklist_of
from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake, stake_reason
from voorjebuurt.decisions.cases.stakes import declare_stake
from voorjebuurt.decisions.cases.term_queries import term_events, term_of_application
from voorjebuurt.decisions.cases.terms import complete_application, lapse_completion
from voorjebuurt.decisions.terms.extensions import extend_term
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.pledges.unmatched import name_board_member

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return town(session)


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def mails(session: Session, template: str) -> Sequence[MailMessage]:
    statement = select(MailMessage).where(MailMessage.template == template)
    return session.scalars(statement).all()


def ask(session: Session, case: Town, days: int = 14) -> None:
    ask_completion(
        session,
        application_id=case.application.id,
        missing="De begroting.",
        until=clock.today() + timedelta(days=days),
        actor=case.olga,
    )


def test_an_application_is_admitted_when_all_of_the_checklist_is_met(
    session: Session, case: Town
) -> None:
    application = case.application
    first, second = (check.item for check in checklist_of(session, application))
    mark: dict[str, Any] = {"application_id": application.id, "note": "", "actor": case.olga}
    mark_item(session, item=first, is_met=True, **mark)
    admit: dict[str, Any] = {"application_id": application.id, "actor": case.olga}
    refused("checklist_open", admit_application, session, **admit)
    mark_item(session, item=second, is_met=False, **{**mark, "note": "Telt niet op"})
    refused("checklist_open", admit_application, session, **admit)
    with clock.at(NOW + timedelta(hours=1)):
        mark_item(session, item=second, is_met=True, **mark)
    assert [check.met for check in checklist_of(session, application)] == [True, True]
    admit_application(session, **admit)
    assert (application.status, application.admitted_at) == ("admitted", NOW)


def test_a_finding_belongs_to_an_item_and_a_no_has_a_reason(session: Session, case: Town) -> None:
    mark: dict[str, Any] = {"application_id": case.application.id, "note": "", "actor": case.olga}
    refused("checklist_item_unknown", mark_item, session, item="Iets", is_met=True, **mark)
    item = case.fund.checklist[0]
    assert refused("reason_needed", mark_item, session, item=item, is_met=False, **mark).field


def test_groups_count_when_an_officer_saw_evidence(session: Session, case: Town) -> None:
    fields: dict[str, Any] = {"application_id": case.application.id, "actor": case.olga}
    wrong = {"groups": ["Nieuwkomers"], "evidence": "Lijst"}
    assert refused("group_not_claimed", verify_groups, session, **wrong, **fields).field == "groups"
    without = {"groups": ["Jongeren"], "evidence": " "}
    refused("evidence_of_groups_missing", verify_groups, session, **without, **fields)
    verify_groups(session, groups=["Jongeren"], evidence="Brief van de school", **fields)
    assert case.application.verified_groups == ["Jongeren"]
    verify_groups(session, groups=[], evidence="", **fields)
    assert case.application.verified_groups == []


def test_the_database_refuses_verified_groups_without_evidence(
    session: Session, case: Town
) -> None:
    with pytest.raises(IntegrityError, match="groups_evidence"), session.begin_nested():
        session.execute(text("UPDATE applications SET verified_groups = '[\"Jongeren\"]'"))


@pytest.mark.parametrize("score", ["-1", "100.5", "NaN"])
def test_a_score_has_bounds_and_a_reason(session: Session, case: Town, score: str) -> None:
    fields: dict[str, Any] = {"application_id": case.application.id, "actor": case.olga}
    refused("score_out_of_range", set_score, session, score=Decimal(score), reason="Ja", **fields)
    refused("reason_needed", set_score, session, score=Decimal(50), reason="", **fields)
    set_score(session, score=Decimal("72.5"), reason="Veel draagvlak", **fields)
    assert case.application.score == Decimal("72.5")


def test_areas_are_shares_of_the_municipality_that_make_one(session: Session, case: Town) -> None:
    own = session.get_one(Neighbourhood, case.campaign.neighbourhood_id)
    place = session.get_one(Municipality, case.fund.municipality_id)
    beside = NeighbourhoodFactory(municipality=place)
    elsewhere = NeighbourhoodFactory()
    fields: dict[str, Any] = {
        "application_id": case.application.id,
        "reason": "Twee buurten",
        "actor": case.olga,
    }
    half = Decimal("0.50")
    wrong = {own.code: half, beside.code: Decimal("0.4")}
    refused("shares_not_whole", set_areas, session, shares=wrong, **fields)
    foreign = {own.code: half, elsewhere.code: half}
    refused("area_elsewhere", set_areas, session, shares=foreign, **fields)
    set_areas(session, shares={own.code: half, beside.code: half}, **fields)
    assert case.application.areas == {own.code: "0.5", beside.code: "0.5"}


def test_only_officers_of_the_municipality_without_a_stake(session: Session, case: Town) -> None:
    admit: dict[str, Any] = {"application_id": case.application.id}
    other = officer(session, MunicipalityFactory().id)
    for stranger in (other, case.initiator, Actor("guest")):
        refused("only_officers", admit_application, session, actor=stranger, **admit)
    declare_stake(
        session, application_id=case.application.id, reason="Mijn zus doet mee", actor=case.olga
    )
    refused("has_stake", admit_application, session, actor=case.olga, **admit)
    address = session.get_one(Person, case.piet.person_id).email
    PledgeFactory(campaign=case.campaign, email=address)
    refused("has_stake", admit_application, session, actor=case.piet, **admit)
    deeds = [event.action for event in trail(session, SubjectKind.APPLICATION, case.application.id)]
    assert deeds.count("stake.declared") == 1


def test_the_kinds_of_stake(session: Session, case: Town) -> None:
    campaign_id = case.campaign.id
    initiator = case.initiator.person_id
    assert (
        stake_reason(session, person_id=certain(initiator), campaign_id=campaign_id) == "initiator"
    )
    assert (
        stake_reason(session, person_id=certain(case.olga.person_id), campaign_id=campaign_id)
        is None
    )
    assert campaigns_with_stake(session, certain(initiator)) == {campaign_id}


def test_who_sits_on_the_board_or_gave_under_another_spelling_has_a_stake(
    session: Session, case: Town
) -> None:
    campaign_id = case.campaign.id
    olga, piet = case.olga.person_id, case.piet.person_id
    address = session.get_one(Person, olga).email
    name_board_member(session, campaign_id=campaign_id, email=address, actor=case.initiator)
    variant = session.get_one(Person, piet).email.upper()
    PledgeFactory(campaign=case.campaign, email=variant)
    for person_id, kind in ((olga, "board"), (piet, "donor")):
        assert stake_reason(session, person_id=certain(person_id), campaign_id=campaign_id) == kind
        assert campaigns_with_stake(session, certain(person_id)) == {campaign_id}


def test_a_question_stops_the_clock_and_an_answer_starts_it(session: Session, case: Town) -> None:
    application = case.application
    assert application.decide_by == date(2026, 7, 27)
    ask(session, case)
    assert (application.status, application.suspended_at) == ("incomplete", NOW)
    assert application.decide_by == date(2026, 8, 10)
    assert term_of_application(session, application).complete_by == date(2026, 6, 15)
    (mail,) = mails(session, "completion_asked")
    assert mail.context["reason"] == "De begroting."
    with clock.at(NOW + timedelta(days=8)):
        complete_application(
            session,
            application_id=application.id,
            answer="Hier is de begroting.",
            actor=case.initiator,
            **{**STATEMENT, "reach": "Nu ook de flat"},
        )
    assert (application.status, application.suspended_at) == ("received", None)
    assert application.decide_by == date(2026, 8, 3)
    assert application.reach == "Nu ook de flat"
    assert [event.kind for event in term_events(session, application.id)] == [
        "completion_asked",
        "completed",
    ]


def test_a_term_for_completion_lapses_only_after_its_last_day(session: Session, case: Town) -> None:
    ask(session, case)
    application_id = case.application.id
    with clock.at(datetime(2026, 6, 15, 21, 59, tzinfo=UTC)):
        assert lapse_completion(session, application_id=application_id) is False
    with clock.at(datetime(2026, 6, 15, 22, 0, tzinfo=UTC)):
        assert lapse_completion(session, application_id=application_id) is True
        assert lapse_completion(session, application_id=application_id) is False
    assert case.application.status == "received"
    assert case.application.decide_by == date(2026, 8, 10)


def test_a_question_needs_words_and_a_fair_term(session: Session, case: Town) -> None:
    with pytest.raises(DomainError) as error:
        ask(session, case, days=3)
    assert (error.value.code, error.value.field) == ("completion_term_wrong", "until")
    with pytest.raises(DomainError):
        ask(session, case, days=57)
    ask(session, case)
    with pytest.raises(TransitionError):
        ask(session, case)


def test_the_term_is_lengthened_once_with_a_reason_before_it_ends(
    session: Session, case: Town
) -> None:
    fields: dict[str, Any] = {
        "application_id": case.application.id,
        "reason": "Veel vragen",
        "actor": case.olga,
    }
    too_far = date(2026, 12, 24)
    for wrong in (date(2026, 7, 27), too_far):
        assert refused("extension_wrong", extend_term, session, until=wrong, **fields).field
    without = {**fields, "reason": ""}
    refused("reason_needed", extend_term, session, until=date(2026, 8, 31), **without)
    with clock.at(datetime(2026, 7, 28, 8, tzinfo=UTC)):
        refused("term_ended", extend_term, session, until=date(2026, 8, 31), **fields)
    extend_term(session, until=date(2026, 8, 29), **fields)
    assert case.application.decide_by == date(2026, 8, 31)  # past a weekend
    (mail,) = mails(session, "term_extended")
    assert mail.context["reason"] == "Veel vragen"
    refused("term_extended_before", extend_term, session, until=date(2026, 9, 30), **fields)


def test_after_admission_nothing_is_asked_and_after_a_proposal_nothing_judged(
    session: Session, case: Town
) -> None:
    admitted(session, case.application, case.olga)
    with pytest.raises(TransitionError):
        ask(session, case)
    case.application.status = "awarded"
    session.flush()
    with pytest.raises(TransitionError) as error:
        verify_groups(
            session,
            application_id=case.application.id,
            groups=[],
            evidence="",
            actor=case.olga,
        )
    assert error.value.code == "application_not_assessable"


def test_what_happened_to_the_clock_stays(session: Session, case: Town) -> None:
    ask(session, case)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE clock_events SET reason = ''"))
    with pytest.raises(ForbiddenError):
        complete_application(
            session,
            application_id=case.application.id,
            answer="Ik ben het niet",
            actor=case.olga,
            **STATEMENT,
        )
