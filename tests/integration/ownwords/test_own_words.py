"""Versions of own words: one open, approved by a second person, kept for good."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.factories.own_words import AWARD_PARTS, TEXTS, approved_words, proposed_words
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, appointer
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.towns import town_divided
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.archive.explanation import explanation_of
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError
from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.models import OwnWords
from voorjebuurt.ownwords.queries import wording_in_force


@pytest.fixture
def place_id(session: Session) -> UUID:
    place_id: UUID = MunicipalityFactory().id
    return place_id


def officer(place_id: UUID, **fields: Any) -> Actor:
    person = PersonFactory()
    values = {"role": "officer", "municipality_id": place_id, "mandate_limit_cents": 0, **fields}
    RoleGrantFactory(person_id=person.id, **values)
    return actor_of(person, "officer")


def test_nothing_counts_before_a_second_person_approved(session: Session, place_id: UUID) -> None:
    writer, approver = officer(place_id), appointer(session, place_id)
    wording_id = proposed_words(session, place_id, writer)
    assert wording_in_force(session, place_id) is None
    with pytest.raises(ForbiddenError, match="own_wording"):
        service.approve(session, wording_id=wording_id, actor=writer)
    with pytest.raises(ForbiddenError, match="only_appointers_approve_wording"):
        service.approve(session, wording_id=wording_id, actor=officer(place_id))
    service.approve(session, wording_id=wording_id, actor=approver)
    current = wording_in_force(session, place_id)
    assert current is not None
    assert (current.number, current.wording.court) == (1, TEXTS["court"])
    assert current.wording.part("award", "opening") == AWARD_PARTS["opening"]


def test_who_wrote_or_proposed_does_not_approve_also_with_the_right(
    session: Session, place_id: UUID
) -> None:
    first, second = appointer(session, place_id), appointer(session, place_id)
    wording_id = service.begin(session, municipality_id=place_id, actor=first)
    service.write(session, wording_id=wording_id, changes=TEXTS, actor=first)
    service.propose(session, wording_id=wording_id, actor=second)
    for actor in (first, second):
        with pytest.raises(ForbiddenError, match="own_wording"):
            service.approve(session, wording_id=wording_id, actor=actor)
    row = session.get_one(OwnWords, wording_id)
    for person in (first.person_id, second.person_id):
        with pytest.raises(DBAPIError, match="two_people"), session.begin_nested():
            session.execute(
                update(OwnWords)
                .where(OwnWords.id == row.id)
                .values(status="approved", approved_by=person, approved_at=clock.now())
            )
    service.approve(session, wording_id=wording_id, actor=appointer(session, place_id))


def test_who_got_the_role_from_the_writer_lately_is_no_second_person(
    session: Session, place_id: UUID
) -> None:
    writer, dependent = appointer(session, place_id), PersonFactory()
    RoleGrantFactory(
        person_id=dependent.id,
        role="officer",
        municipality_id=place_id,
        may_appoint=True,
        granted_by=writer.person_id,
        granted_at=clock.now() - timedelta(days=2),
    )
    wording_id = proposed_words(session, place_id, writer)
    with pytest.raises(ForbiddenError, match="role_from_wording_writer"):
        service.approve(session, wording_id=wording_id, actor=actor_of(dependent, "officer"))


def test_only_officers_of_the_municipality_write(session: Session, place_id: UUID) -> None:
    elsewhere = officer(MunicipalityFactory().id)
    wording_id = service.begin(session, municipality_id=place_id, actor=officer(place_id))
    for deed in (
        lambda: service.begin(session, municipality_id=place_id, actor=elsewhere),
        lambda: service.write(session, wording_id=wording_id, changes={}, actor=elsewhere),
        lambda: service.propose(session, wording_id=wording_id, actor=elsewhere),
        lambda: service.drop(session, wording_id=wording_id, actor=elsewhere),
    ):
        with pytest.raises(ForbiddenError, match="only_officers"):
            deed()
    with pytest.raises(NotFoundError):
        service.drop(session, wording_id=UUID(int=1), actor=elsewhere)


def test_one_version_is_open_and_a_double_click_opens_no_second(
    session: Session, place_id: UUID
) -> None:
    writer = officer(place_id)
    first = service.begin(session, municipality_id=place_id, actor=writer)
    assert service.begin(session, municipality_id=place_id, actor=officer(place_id)) == first
    service.drop(session, wording_id=first, actor=writer)
    service.drop(session, wording_id=first, actor=writer)
    second = service.begin(session, municipality_id=place_id, actor=writer)
    assert session.get_one(OwnWords, second).number == 2
    with pytest.raises(TransitionError):
        service.write(session, wording_id=first, changes=TEXTS, actor=writer)


def test_what_waits_is_given_back_with_a_reason_before_it_changes(
    session: Session, place_id: UUID
) -> None:
    writer, colleague = officer(place_id), officer(place_id)
    wording_id = proposed_words(session, place_id, writer)
    with pytest.raises(TransitionError, match="wording_waits"):
        service.write(session, wording_id=wording_id, changes={"court": "Limburg"}, actor=writer)
    with pytest.raises(DBAPIError, match="do not change"), session.begin_nested():
        session.execute(update(OwnWords).where(OwnWords.id == wording_id).values(words="{}"))
    with pytest.raises(DomainError, match="reason_needed"):
        service.give_back(session, wording_id=wording_id, remark=" ", actor=colleague)
    service.give_back(session, wording_id=wording_id, remark="Verkeerde rechtbank", actor=colleague)
    row = session.get_one(OwnWords, wording_id)
    assert (row.status, row.remark) == ("draft", "Verkeerde rechtbank")
    service.write(session, wording_id=wording_id, changes={"court": "Limburg"}, actor=writer)


def test_gaps_are_told_at_their_field_before_a_colleague_is_asked(
    session: Session, place_id: UUID
) -> None:
    writer = officer(place_id)
    wording_id = service.begin(session, municipality_id=place_id, actor=writer)
    with pytest.raises(DomainError) as error:
        service.propose(session, wording_id=wording_id, actor=writer)
    assert (error.value.code, error.value.field) == ("wording_function_missing", "signer_function")


@pytest.mark.parametrize("ending", ["approved", "dropped"])
def test_a_version_that_is_over_is_kept(session: Session, place_id: UUID, ending: str) -> None:
    writer = officer(place_id)
    if ending == "approved":
        wording_id = approved_words(session, place_id, writer)
    else:
        wording_id = service.begin(session, municipality_id=place_id, actor=writer)
        service.drop(session, wording_id=wording_id, actor=writer)
    session.flush()
    mine = OwnWords.id == wording_id
    for statement in (
        update(OwnWords).where(mine).values(words="{}"),
        update(OwnWords).where(mine).values(status="draft"),
        delete(OwnWords).where(mine),
    ):
        with pytest.raises(DBAPIError, match="is kept"), session.begin_nested():
            session.execute(statement)


def test_every_deed_is_in_the_trail_with_what_changed(session: Session, place_id: UUID) -> None:
    writer = officer(place_id)
    wording_id = approved_words(session, place_id, writer)
    session.flush()
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_id == wording_id).order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in events] == [
        f"own_words.{verb}" for verb in ("begun", "written", "proposed", "approved")
    ]
    assert "award.opening" in events[1].detail["texts"]
    assert {event.municipality_id for event in events} == {place_id}


def test_a_decision_keeps_the_words_of_its_proposal(session: Session) -> None:
    """Words that change later change no letter: it is made again to the byte."""
    case = town_divided(session, claim=50_000)
    place_id = case.application.municipality_id
    approved_words(session, place_id, officer(place_id))
    decision = case.send(session, "award", 50_000)
    approved_words(session, place_id, officer(place_id), court="Limburg")
    session.flush()
    snapshot = read(decision.snapshot)
    assert snapshot.words is not None
    assert (snapshot.words["version"], snapshot.words["court"]) == (1, TEXTS["court"])
    announcement = letters.read_announcement(decision.announcement)
    assert announcement.function == TEXTS["signer_function"]
    assert letters.render(decision.snapshot, announcement) == decision.letter
    explanation = explanation_of(session, decision.number)
    assert explanation.same
    assert "rechtbank Noord-Holland" in letters.write(decision.snapshot, announcement).text
