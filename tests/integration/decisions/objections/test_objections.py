"""Objections come in: in time or not, complete or not, of the applicant or of somebody else."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import draft, objected
from tests.support.factories.towns import Town, officer, town_divided
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.intake.service import (
    Objector,
    object_to_decision,
    register_objection,
)
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.objections.proceedings.steps import (
    complete_objection,
    lapse_answers,
    record_step,
)
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.objections.steps_of import course_of_objection, steps_of
from voorjebuurt.decisions.rules.proceedings import NextStep, StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return town_divided(session, claim=CLAIM)


@pytest.fixture
def rosa(session: Session, case: Town) -> Actor:
    return officer(session, case.fund.municipality_id, "Rosa")


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def step(session: Session, objection: Objection, kind: str, actor: Actor, **fields: Any) -> None:
    note = StepNote(**{"on": clock.today(), **fields})
    record_step(session, objection_id=objection.id, kind=StepKind(kind), note=note, actor=actor)


def extend_objection(session: Session, *, objection_id: UUID, reason: str, actor: Actor) -> None:
    note = StepNote(clock.today(), body=reason)
    record_step(session, objection_id=objection_id, kind=StepKind.EXTENSION, note=note, actor=actor)


def templates(session: Session) -> list[str]:
    return list(session.scalars(select(MailMessage.template).order_by(MailMessage.id)))


def test_an_objection_has_a_number_a_clock_and_a_confirmation(session: Session, case: Town) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = objected(session, case, refusal)
    assert (objection.number, objection.in_time) == ("BZ-2026-0001", True)
    assert objection.decide_by == date(2026, 8, 24)
    keys = session.scalars(select(MailMessage.key)).all()
    assert f"objection_received:{objection.id}" in keys
    refused("objection_open_already", objected, session, case, refusal)


def test_only_the_applicant_objects_to_what_was_sent(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "refusal", 0, "requirement")
    values: dict[str, Any] = {"decision_id": decision_id, "grounds": "Nee"}
    with pytest.raises(TransitionError):
        object_to_decision(session, actor=case.initiator, **values)
    with pytest.raises(ForbiddenError):
        object_to_decision(session, actor=case.olga, **values)


def test_an_officer_registers_a_letter(session: Session, case: Town, rosa: Actor) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    values: dict[str, Any] = {
        "decision_id": refusal.id,
        "grounds": "Zie brief",
        "channel": "letter",
        "committee": "de bezwaarcommissie",
        "actor": rosa,
    }
    with clock.at(datetime(2026, 7, 20, 9, tzinfo=UTC)):
        wrong = {**values, "channel": "online"}
        day, post_day = date(2026, 7, 20), date(2026, 7, 13)
        days: dict[str, Any] = {"received_on": day, "posted_on": post_day}
        refused("channel_unknown", register_objection, session, **wrong, **days)
        early = {"received_on": date(2026, 5, 31), "posted_on": None}
        refused("received_on_wrong", register_objection, session, **values, **early)
        after = {"received_on": post_day, "posted_on": day}
        refused("posted_after_receipt", register_objection, session, **values, **after)
        objection_id = register_objection(session, **values, **days)
    objection = session.get_one(Objection, objection_id)
    assert (objection.in_time, objection.received_by) == (True, rosa.person_id)
    assert objection.decide_by == date(
        2026, 10, 5
    )  # twelve weeks from the end of the period (Awb 7:10)


def test_the_term_of_an_objection_is_lengthened_once(
    session: Session, case: Town, rosa: Actor
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    values: dict[str, Any] = {
        "objection_id": objection.id,
        "reason": "Advies gevraagd",
        "actor": rosa,
    }
    extend_objection(session, **values)
    assert objection.decide_by == date(2026, 10, 5)
    refused("term_extended_before", extend_objection, session=session, **values)


def test_a_term_that_is_over_is_not_lengthened(session: Session, case: Town, rosa: Actor) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    with clock.at(NOW + timedelta(days=200)):
        refused(
            "term_ended",
            extend_objection,
            session=session,
            objection_id=objection.id,
            reason="Advies gevraagd",
            actor=rosa,
        )


def test_an_objection_is_taken_back(session: Session, case: Town, rosa: Actor) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    with pytest.raises(DomainError, match="reason_needed"):
        withdraw_objection(session, objection_id=objection.id, actor=rosa)
    withdraw_objection(session, objection_id=objection.id, actor=case.initiator)
    assert objection.status == "withdrawn"
    with pytest.raises(TransitionError):
        propose_ruling(session, objection_id=objection.id, draft=draft("rejected"), actor=rosa)


def test_an_officer_writes_down_that_an_objection_was_withdrawn(
    session: Session, case: Town, rosa: Actor
) -> None:
    """Awb 6:21: in writing, or said at the hearing."""
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    withdraw_objection(
        session, objection_id=objection.id, reason="Gezegd op de hoorzitting.", actor=rosa
    )
    assert (objection.status, objection.outcome) == ("withdrawn", "Gezegd op de hoorzitting.")


def test_without_grounds_it_is_pro_forma_and_gets_a_term(session: Session, case: Town) -> None:
    """Awb 6:6, 7:10, second paragraph: until the day of the answer the term stands still."""
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"), grounds="")
    question = course_of_objection(session, objection.id).open_question
    assert question is not None
    assert (question.detail, question.until) == ("grounds", date(2026, 6, 29))
    assert objection.decide_by == date(2026, 8, 24)
    with clock.at(datetime(2026, 6, 10, 9, tzinfo=UTC)):
        complete_objection(
            session, objection_id=objection.id, body="De begroting klopt.", actor=case.initiator
        )
    assert objection.grounds == "De begroting klopt."
    # Asked and answered before the term began to count (14 July): it moved nothing.
    assert objection.decide_by == date(2026, 8, 24)
    assert "objection_completed" in templates(session)


def test_what_is_asked_while_the_term_counts_moves_its_end(
    session: Session, case: Town, rosa: Actor
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    with clock.at(datetime(2026, 7, 20, 9, tzinfo=UTC)):
        until = date(2026, 8, 3)
        step(session, objection, "question", rosa, until=until, detail="authority")
        assert objection.decide_by == date(2026, 9, 8)
        refused(
            "question_open",
            step,
            session,
            objection,
            "question",
            rosa,
            until=until,
            detail="grounds",
        )
    with clock.at(datetime(2026, 7, 24, 9, tzinfo=UTC)):
        step(session, objection, "completion", rosa, body="De machtiging is er.")
    assert objection.decide_by == date(2026, 8, 28)
    assert objection.grounds == "Ik ben het niet eens."


def test_a_term_to_complete_that_ends_unused_is_written_down(session: Session, case: Town) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"), grounds="")
    assert lapse_answers(session) == 0
    with clock.at(datetime(2026, 6, 30, 9, tzinfo=UTC)):
        assert lapse_answers(session) == 1
        assert lapse_answers(session) == 0
        # What comes after all is still written down; an officer judges what it means.
        complete_objection(
            session, objection_id=objection.id, body="Sorry, te laat.", actor=case.initiator
        )
    kinds = [row.kind for row in steps_of(session, objection.id)]
    assert kinds == ["question", "lapse", "completion"]


def test_another_interested_party_objects_on_paper_with_somebody_who_acts_for_them(
    session: Session, case: Town, rosa: Actor
) -> None:
    """Awb 1:2, 2:1; who applied is told, and can object besides."""
    decision = case.send(session, "award", CLAIM)
    neighbour = Objector(
        "Bewoners Duinlaan", "Duinlaan 4\n2042 AA Zonnedam", "mr. De Haan", "Postbus 1"
    )
    values: dict[str, Any] = {
        "decision_id": decision.id,
        "grounds": "Wij hebben er last van.",
        "channel": "letter",
        "received_on": clock.today(),
        "posted_on": None,
        "actor": rosa,
    }
    objection_id = register_objection(session, objector=neighbour, **values)
    objection = session.get_one(Objection, objection_id)
    assert (objection.party, objection.agent_name) == ("other", "mr. De Haan")
    refused("objection_open_already", register_objection, session, objector=neighbour, **values)
    assert objected(session, case, decision).party == "applicant"
    assert {"objection_by_other", "objection_received"} <= set(templates(session))
    with pytest.raises(ForbiddenError):
        withdraw_objection(session, objection_id=objection.id, actor=case.initiator)


def test_who_decided_does_not_lead_the_hearing(session: Session, case: Town, rosa: Actor) -> None:
    """Awb 7:5; with a committee (7:13) it is the committee that hears."""
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    report: dict[str, Any] = {"detail": "Olga", "body": "Verslag."}
    refused("decided_before", step, session, objection, "hearing", case.olga, **report)
    step(session, objection, "committee", case.olga, detail="Commissie bezwaarschriften")
    step(session, objection, "hearing", case.olga, **report)
    course = course_of_objection(session, objection.id)
    assert course.next_step(in_time=True) is NextStep.ADVICE
    assert objection.decide_by == date(2026, 10, 5)


def test_a_hearing_has_a_day_that_comes_and_a_place(
    session: Session, case: Town, rosa: Actor
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    day = date(2026, 6, 20)
    refused("hearing_day_wrong", step, session, objection, "invitation", rosa, place="Raadhuis")
    refused("hearing_place_missing", step, session, objection, "invitation", rosa, until=day)
    step(session, objection, "invitation", rosa, until=day, place="Raadhuis, kamer 3")
    assert course_of_objection(session, objection.id).next_step(in_time=True) is NextStep.HEARING
    mail = session.scalars(
        select(MailMessage).where(MailMessage.template == "objection_invitation")
    ).one()
    assert mail.context["place"] == "Raadhuis, kamer 3"


def test_more_time_by_consent_is_later_than_what_holds(
    session: Session, case: Town, rosa: Actor
) -> None:
    """Awb 7:10, fourth paragraph."""
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    early = {"until": date(2026, 8, 24), "body": "Afgesproken"}
    refused("consent_day_wrong", step, session, objection, "consent", rosa, **early)
    step(session, objection, "consent", rosa, until=date(2026, 11, 1), body="Afgesproken per brief")
    assert objection.decide_by == date(2026, 11, 2)  # the first working day
