"""A decision for who wants paper is a letter to post, until an officer ticks it off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.factories.towns import Town, admitted, divided, officer, town
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.letters.parts import addressee
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.posting.queries import Posting, postings_of
from voorjebuurt.decisions.posting.service import note_posting
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.matching.applicants.service import keep_details
from voorjebuurt.people.models import Person


def case_with(session: Session, **changes: Any) -> Town:
    """A divided case whose applicant said who applies."""
    case = town(session)
    keep_details(
        session,
        application=case.application,
        details=details(**changes),
        actor=case.initiator,
    )
    admitted(session, case.application, case.olga)
    divided(session, case.fund, {case.application.id: 50_000})
    return case


def to_post(session: Session, case: Town, actor: Actor) -> list[Any]:
    """The letters to post on somebody's desk."""
    assert actor.person_id
    desk = desk_of(
        session, officer_id=actor.person_id, municipality_id=case.application.municipality_id
    )
    return [work.subject_id for work in work_list(session, desk) if work.kind is WorkKind.POST]


def posting_of(session: Session, subject_id: UUID) -> Posting:
    """The one letter of a decision."""
    [posting] = postings_of(session, subject_id)
    return posting


def test_without_consent_the_letter_is_posted_and_ticked_off(session: Session) -> None:
    case = case_with(session, electronic=False)
    decision = case.send(session, "award", 50_000)
    posting = posting_of(session, decision.id)
    assert to_post(session, case, case.olga) == [posting.id]
    assert to_post(session, case, case.piet) == [posting.id]
    assert posting.address.split("\n") == [
        "Stichting De Molen",
        "Noor de Wit",
        "Molenstraat 12-3",
        "1234 AB  TESTDAM",
    ]
    assert note_posting(session, letter_id=posting.id, actor=case.olga)
    assert not note_posting(session, letter_id=posting.id, actor=case.piet)
    assert to_post(session, case, case.olga) == []
    posting = posting_of(session, decision.id)
    assert (posting.posted_by, posting.posted_at is not None) == (case.olga.person_id, True)
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "decision.posted")).all()
    assert [event.detail["decision"] for event in events] == [decision.number]


@pytest.mark.parametrize("has_details", [True, False])
def test_who_agreed_or_was_never_asked_gets_no_paper(session: Session, has_details: bool) -> None:
    case = case_with(session)
    if not has_details:
        case = town(session)
        admitted(session, case.application, case.olga)
        divided(session, case.fund, {case.application.id: 50_000})
    decision = case.send(session, "award", 50_000)
    assert to_post(session, case, case.olga) == []
    with pytest.raises(NotFoundError):
        note_posting(session, letter_id=decision.id, actor=case.olga)


def test_only_officers_of_the_municipality_tick_it_off(session: Session) -> None:
    case = case_with(session, electronic=False)
    posting = posting_of(session, case.send(session, "award", 50_000).id)
    elsewhere = officer(session, town(session).application.municipality_id, "Eva")
    for actor in (elsewhere, case.initiator):
        with pytest.raises(ForbiddenError, match="only_officers"):
            note_posting(session, letter_id=posting.id, actor=actor)


def test_a_person_is_addressed_by_name_alone(session: Session) -> None:
    case = case_with(
        session, electronic=False, legal_form="person", signing_right="self", kvk="", rsin=""
    )
    decision = case.send(session, "award", 50_000)
    posting = posting_of(session, decision.id)
    assert posting.address.split("\n")[0] == "Noor de Wit"
    assert session.get_one(Person, case.application.applicant_id)
    assert posting.due_at <= clock.now()


def test_the_letter_begins_with_the_lines_of_its_address_page(session: Session) -> None:
    case = case_with(session, electronic=False)
    decision = case.send(session, "award", 50_000)
    lines = posting_of(session, decision.id).address.split("\n")
    text = letters.show(decision.snapshot, letters.read_announcement(decision.announcement))
    assert "Stichting De Molen" in text
    assert addressee(read(decision.snapshot)) == tuple(lines[:2])


def test_what_is_intended_goes_by_post_too_in_time_to_answer(session: Session) -> None:
    case = case_with(session, electronic=False)
    intention_id = state_intention(
        session,
        application_id=case.application.id,
        kind="refusal",
        amount_cents=0,
        grounds=["will_not_happen"],
        reason="Er is geen vergunning.",
        until=clock.today() + timedelta(days=14),
        actor=case.olga,
    )
    posting = posting_of(session, intention_id)
    assert (posting.kind, posting.number[:2]) == ("intention", "VN")
    assert to_post(session, case, case.olga) == [posting.id]
    intention = session.get_one(Intention, intention_id)
    assert posted_pdf(session, posting, case.olga) == intention.letter
    assert note_posting(session, letter_id=posting.id, actor=case.olga)
    assert to_post(session, case, case.olga) == []
