"""Objections to one decision that are decided on together: nobody's is decided as a mere extra."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, ruled
from tests.support.factories.towns import Town
from tests.support.objections import (
    AWARD,
    CLAIM,
    heard_objection,
    proposed,
    refused,
)
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import JoinedLetter, ObjectionRuling
from voorjebuurt.decisions.objections.court.appeals import register_appeal
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.objections.pending import pending_objections
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.overviews.objection_file import RulingPaper, ruling_paper
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.posting.queries import postings_of_case
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor

NOISE = "Te veel lawaai op mijn stoep."


def neighbours(
    session: Session, decision: Decision, actor: Actor, name: str = "Mevrouw Van Dam"
) -> Objection:
    """Somebody who lives beside it objects by letter."""
    objection_id = register_objection(
        session,
        decision_id=decision.id,
        grounds=NOISE,
        channel="letter",
        received_on=clock.today(),
        posted_on=None,
        objector=Objector(name, "Duinlaan 4\n1234 AB Waterdal"),
        actor=actor,
    )
    return session.get_one(Objection, objection_id)


def paper_of(session: Session, ruling: ObjectionRuling, objection: Objection) -> RulingPaper:
    paper = ruling_paper(session, ruling.id, objection.id)
    assert paper is not None
    return paper


def test_everybody_gets_a_letter_of_their_own(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 7:12: about one's own grounds, and with nothing of who else objected but the number."""
    award = case.send(session, "award", CLAIM)
    other = neighbours(session, award, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], award)
    ruling = ruled(session, lead, "rejected", by=two, joined=[other.id])
    own = ruling_letter(read_ruling(paper_of(session, ruling, lead).snapshot)).text
    theirs = ruling_letter(read_ruling(paper_of(session, ruling, other).snapshot))
    assert NOISE in theirs.text
    assert "Mevrouw Van Dam" in theirs.addressee
    assert f"Wij verklaren uw bezwaar {other.number} ongegrond" in theirs.text
    assert lead.grounds not in theirs.text
    assert case.application.number in theirs.text
    assert NOISE not in own
    assert "Van Dam" not in own
    assert other.number in own
    for objection in (lead, other):
        letter = paper_of(session, ruling, objection).letter
        assert letter is not None
        assert letter.startswith(b"%PDF")


def test_who_joined_gets_their_own_letter_by_post(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    award = case.send(session, "award", CLAIM)
    lead = neighbours(session, award, two[0], "Meneer De Boer")
    other = neighbours(session, award, two[0])
    for objection in (lead, other):
        heard(session, objection, two[0])
    ruling = ruled(session, lead, "rejected", by=two, joined=[other.id])
    letters_by_name = {
        posting.address.split("\n")[0]: posted_pdf(session, posting, two[0])
        for posting in postings_of_case(session, case.application.id)
        if posting.kind == "ruling"
    }
    assert letters_by_name == {
        "Meneer De Boer": paper_of(session, ruling, lead).letter,
        "Mevrouw Van Dam": paper_of(session, ruling, other).letter,
    }
    assert len(set(letters_by_name.values())) == len(letters_by_name)


def test_a_letter_that_was_approved_or_sent_stays_as_it_is(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    award = case.send(session, "award", CLAIM)
    other = neighbours(session, award, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], award)
    proposed(session, lead, two[0], joined=[other.id])
    changes = ["UPDATE joined_letters SET snapshot = 'x'", "DELETE FROM joined_letters"]
    for change in changes:
        with pytest.raises(IntegrityError, match="joined_letters"), session.begin_nested():
            session.execute(text(change))
    assert session.scalars(select(JoinedLetter.letter)).all() == [None]


def test_nobody_is_decided_on_unheard_because_another_one_was_heard(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 6:6, 7:2: each of the joined must be ready by itself."""
    award = case.send(session, "award", CLAIM)
    other = neighbours(session, award, two[0])
    lead = heard_objection(session, case, two[0], award)
    error = refused("joined_not_ready", proposed, session, lead, two[0], joined=[other.id])
    assert (error.field, error.values) == ("joined", {"number": other.number})
    heard(session, other, two[0])
    proposed(session, lead, two[0], joined=[other.id])


def test_a_decision_is_not_revoked_while_somebody_else_still_objects_to_it(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 6:19, 7:11: else theirs would be about a decision that does not hold any more."""
    refusal = case.send(session, "refusal", 0, "requirement")
    other = neighbours(session, refusal, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], refusal)
    new: dict[str, Any] = {"outcome": "upheld", "new": AWARD}
    error = refused("objections_left_out", proposed, session, lead, two[0], **new)
    assert (error.field, error.values) == ("joined", {"numbers": other.number})
    ruling = proposed(session, lead, two[0], joined=[other.id], **new)
    late = neighbours(session, refusal, two[0], "Meneer Bos")
    values: dict[str, Any] = {"ruling_id": ruling.id, "recall_minutes": 0, "actor": two[1]}
    error = refused("objections_left_out", approve_ruling, session, **values)
    assert error.values == {"numbers": late.number}


def test_one_that_is_decided_on_with_another_is_not_decided_on_beside_it(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    award = case.send(session, "award", CLAIM)
    other = neighbours(session, award, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], award)
    ruling = proposed(session, lead, two[0], joined=[other.id])
    refused("ruling_open_already", proposed, session, other, two[0])
    withdraw_objection(session, objection_id=other.id, reason="Per brief.", actor=two[0])
    assert (ruling.status, lead.status) == ("dismissed", "received")
    proposed(session, lead, two[0])


def test_professional_help_is_paid_to_who_asked_for_it(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 7:15: asked by the neighbour, not by the applicant who leads."""
    refusal = case.send(session, "refusal", 0, "requirement")
    other = neighbours(session, refusal, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], refusal)
    new: dict[str, Any] = {"outcome": "upheld", "new": AWARD, "joined": [other.id]}
    refused("costs_not_asked", proposed, session, lead, two[0], costs_cents=64_700, **new)
    note = StepNote(clock.today(), body="Mijn advocaat kost geld.")
    record_step(session, objection_id=other.id, kind=StepKind.COSTS, note=note, actor=two[0])
    ruling = proposed(session, lead, two[0], costs_cents=64_700, **new)
    theirs = read_ruling(paper_of(session, ruling, other).snapshot)
    own = read_ruling(paper_of(session, ruling, lead).snapshot)
    assert (theirs.costs_cents, own.costs_cents) == (64_700, 0)
    assert "U krijgt € 647" in ruling_letter(theirs).text.replace("\u00a0", " ")


def test_who_objected_together_goes_to_the_court_by_themselves(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    award = case.send(session, "award", CLAIM)
    other = neighbours(session, award, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], award)
    ruled(session, lead, "rejected", by=two, joined=[other.id])
    for number, objection in enumerate((lead, other)):
        register_appeal(
            session,
            objection_id=objection.id,
            court="Rechtbank Noord-Holland",
            case_number=f"HAA 26/{number}",
            lodged_on=clock.today(),
            actor=two[0],
        )


def test_a_hostile_name_is_only_a_name_in_the_letter(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Neither the typesetter nor the browser takes it for anything else."""
    award = case.send(session, "award", CLAIM)
    name = '#eval("1/0") <script>x</script> \u202eeganoB $x^2$ \\ @ref'
    other = neighbours(session, award, two[0], name)
    heard(session, other, two[0])
    ruling = ruled(session, other, "rejected", by=two)
    assert ruling.letter is not None
    assert ruling.letter.startswith(b"%PDF")
    letter = ruling_letter(read_ruling(ruling.snapshot))
    page = html_of(letter)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_what_waits_for_approval_together_waits_for_no_decision_by_itself(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """On the work list both wait for a colleague, and nobody is asked to decide on one again."""
    award = case.send(session, "award", CLAIM)
    other = neighbours(session, award, two[0])
    heard(session, other, two[0])
    lead = heard_objection(session, case, two[0], award)
    proposed(session, lead, two[0], joined=[other.id])
    waiting = pending_objections(session, case.fund.municipality_id)
    assert {waiting[each.id].proposed_by for each in (lead, other)} == {two[0].person_id}
