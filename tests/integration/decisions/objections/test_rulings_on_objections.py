"""Deciding on an objection: by whom, when, and what it does to the old decision and the money."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import (
    COURT,
    heard,
    objected,
    ruled,
)
from tests.support.factories.towns import Town, officer
from tests.support.objections import AWARD, CLAIM, NOW, heard_objection, proposed, refused
from voorjebuurt.decisions.letters import write
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.models import Decision, Objection, TermEvent
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling, return_ruling
from voorjebuurt.decisions.objections.rulings.sending import due_rulings, send_ruling
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage


def test_nobody_who_decided_before_decides_on_the_objection(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 10:3, third paragraph; with a mandate for what is at stake, and not alone."""
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    small = officer(session, case.fund.municipality_id, "Klein", mandate=CLAIM - 1)
    for actor, code in (
        (case.olga, "decided_before"),
        (case.piet, "decided_before"),
        (small, "mandate_too_low"),
        (case.initiator, "only_officers"),
    ):
        refused(code, proposed, session, objection, actor)
    ruling = proposed(session, objection, two[0])
    values: dict[str, Any] = {"ruling_id": ruling.id, "recall_minutes": 0}
    for actor, code in ((two[0], "own_decision"), (case.olga, "decided_before")):
        refused(code, approve_ruling, session, actor=actor, **values)
    refused("ruling_open_already", proposed, session, objection, two[1])


def test_the_database_refuses_who_decided_before(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    ruling = proposed(session, heard_objection(session, case, two[0], refusal), two[0])
    with pytest.raises(IntegrityError, match="who decided before"), session.begin_nested():
        session.execute(
            text(
                "UPDATE objection_rulings SET status = 'approved', approved_at = now(),"
                " approved_by = :who WHERE id = :id"
            ),
            {"who": case.olga.person_id, "id": ruling.id},
        )


def test_what_the_law_wants_first_is_done_before_it_is_decided(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    refused("hearing_missing", proposed, session, objection, two[0])
    record_step(
        session,
        objection_id=objection.id,
        kind=StepKind.WAIVER,
        note=StepNote(clock.today(), detail="manifest_inadmissibility", body="Te laat."),
        actor=two[0],
    )
    refused("waiver_not_for_outcome", proposed, session, objection, two[0])
    committee = StepNote(clock.today(), detail="de bezwaarcommissie")
    for kind, note in (
        (StepKind.COMMITTEE, committee),
        (StepKind.HEARING, StepNote(clock.today(), detail="voorzitter", body="Verslag.")),
    ):
        record_step(session, objection_id=objection.id, kind=kind, note=note, actor=two[0])
    refused("advice_missing", proposed, session, objection, two[0])
    record_step(
        session,
        objection_id=objection.id,
        kind=StepKind.ADVICE,
        note=StepNote(clock.today(), body="Verklaar het gegrond."),
        actor=two[0],
    )
    other_way: dict[str, Any] = {"follows_advice": False}
    refused("deviation_missing", proposed, session, objection, two[0], **other_way)
    refused("costs_only_founded", proposed, session, objection, two[0], costs_cents=100)
    refused("court_missing", proposed, session, objection, two[0], court=" ")
    ruling = proposed(
        session, objection, two[0], deviation="De regel laat het niet toe.", **other_way
    )
    letter = ruling_letter(read_ruling(ruling.snapshot)).text
    assert "Verklaar het gegrond." in letter
    assert "De regel laat het niet toe." in letter


def test_one_that_came_too_late_is_judged_by_an_officer(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 6:11: not computed away; without an excuse it is inadmissible."""
    refusal = case.send(session, "refusal", 0, "requirement")
    with clock.at(datetime(2026, 7, 13, 22, 0, tzinfo=UTC)):
        objection = heard_objection(session, case, two[0], refusal)
        assert objection.in_time is False
        refused("excuse_unjudged", proposed, session, objection, two[0])
        for verdict in ("no", "yes"):
            note = StepNote(clock.today(), detail=verdict, body="Hij lag in het ziekenhuis.")
            record_step(
                session,
                objection_id=objection.id,
                kind=StepKind.EXCUSE,
                note=note,
                actor=two[0],
            )
            if verdict == "no":
                refused("late_is_inadmissible", proposed, session, objection, two[0])
        ruling = proposed(session, objection, two[0])
    assert "Hij lag in het ziekenhuis." in ruling_letter(read_ruling(ruling.snapshot)).text


def test_the_old_decision_is_revoked_and_replaced_in_one_deed(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 7:11: until then nothing changes; after it nothing is open and undecided."""
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    before = session.scalars(select(TermEvent.id)).all()
    ruling = proposed(session, objection, two[0], outcome="upheld", new=AWARD)
    assert (case.application.status, case.match(session).status) == ("refused", "released")
    assert session.scalars(select(TermEvent.id)).all() == before
    approve_ruling(session, ruling_id=ruling.id, recall_minutes=30, actor=two[1])
    assert not send_ruling(session, ruling_id=ruling.id)
    assert (case.application.status, list(due_rulings(session))) == ("refused", [])
    with clock.at(NOW + timedelta(minutes=31)):
        assert list(due_rulings(session)) == [ruling.id]
        assert send_ruling(session, ruling_id=ruling.id)
        assert not send_ruling(session, ruling_id=ruling.id)
    new = session.get_one(Decision, ruling.replacement_id)
    assert (objection.status, case.application.status) == ("upheld", "awarded")
    assert (new.status, new.amount_cents, new.snapshot) == ("sent", CLAIM, ruling.replacement)
    assert (new.proposed_by, new.approved_by) == (two[0].person_id, two[1].person_id)
    assert replay(new.snapshot).same
    assert case.match(session).match_cents == CLAIM
    losses = revocations(session, [case.application.id])
    assert {key: each.number for key, each in losses.items()} == {refusal.id: ruling.number}
    refused("decision_revoked", objected, session, case, refusal)
    refused("only_appeal", objected, session, case, new)


def test_the_letters_say_what_was_decided_and_name_the_court(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    ruling = ruled(session, objection, "upheld", AWARD, by=two)
    letter = ruling_letter(read_ruling(ruling.snapshot)).text
    new = session.get_one(Decision, ruling.replacement_id)
    assert f"Wij herroepen besluit {refusal.number}" in letter
    assert f"Daarvoor komt besluit {new.number} in de plaats" in letter
    assert f"in beroep gaan bij {COURT}" in letter
    assert ruling.letter is not None
    assert ruling.letter.startswith(b"%PDF")
    own = write(new.snapshot).text
    assert f"hoort bij onze beslissing {ruling.number} op bezwaar {objection.number}" in own
    assert "in beroep gaan bij de rechtbank" in own
    mails = session.scalars(select(MailMessage.template).where(MailMessage.key.like("%decided:%")))
    assert list(mails) == ["objection_decided"]
    keys = session.scalars(select(MailMessage.key)).all()
    assert f"decision_sent:{new.id}" not in keys


def test_an_unfounded_objection_leaves_everything_as_it_was(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    ruling = ruled(session, objection, "rejected", by=two)
    assert (objection.status, objection.outcome) == ("rejected", "De begroting klopte wel.")
    assert (case.application.status, ruling.replacement_id) == ("refused", None)
    assert revocations(session, [case.application.id]) == {}
    assert ruling.appeal_until is not None
    with pytest.raises(TransitionError):
        proposed(session, objection, two[0])


def test_what_is_proposed_can_be_sent_back_and_recalled(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    first = proposed(session, objection, two[0])
    return_ruling(session, ruling_id=first.id, reason="Motiveer beter.", actor=two[1])
    second = proposed(session, objection, two[0])
    approve_ruling(session, ruling_id=second.id, recall_minutes=30, actor=two[1])
    return_ruling(session, ruling_id=second.id, reason="Toch niet.", actor=two[0])
    assert (first.status, second.status) == ("dismissed", "recalled")
    third = proposed(session, objection, two[0])
    withdraw_objection(session, objection_id=objection.id, actor=case.initiator)
    assert third.status == "dismissed"
    with pytest.raises(TransitionError):
        approve_ruling(session, ruling_id=third.id, recall_minutes=0, actor=two[1])


def test_who_took_the_old_decision_does_not_stop_the_one_on_the_objection(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 10:3: they have no part in it, also not by sending it back or recalling it."""
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    ruling = proposed(session, objection, two[0])
    for actor in (case.olga, case.piet):
        with pytest.raises(ForbiddenError) as refusal_of:
            return_ruling(session, ruling_id=ruling.id, reason="Ik had gelijk.", actor=actor)
        assert refusal_of.value.code == "decided_before"
    approve_ruling(session, ruling_id=ruling.id, recall_minutes=30, actor=two[1])
    with pytest.raises(ForbiddenError):
        return_ruling(session, ruling_id=ruling.id, reason="Ik had gelijk.", actor=case.olga)


def test_a_ruling_that_was_sent_is_final(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    ruled(session, objection, "rejected", by=two)
    for statement, why in (
        ("UPDATE objection_rulings SET reason = 'x'", "is final"),
        ("UPDATE objections SET status = 'received'", "is over"),
        ("DELETE FROM objection_steps", "objection_steps"),
    ):
        with pytest.raises(IntegrityError, match=why), session.begin_nested():
            session.execute(text(statement))


def test_objections_to_the_same_decision_are_decided_together(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    award = case.send(session, "award", CLAIM)
    first_id = register_objection(
        session,
        decision_id=award.id,
        grounds="Te veel lawaai.",
        channel="letter",
        received_on=clock.today(),
        posted_on=None,
        objector=Objector("Buurvrouw", "Duinlaan 4"),
        actor=two[0],
    )
    lead = heard_objection(session, case, two[0], award)
    other = session.get_one(Objection, first_id)
    heard(session, other, two[0])
    ruling = ruled(session, lead, "rejected", by=two, joined=[other.id])
    assert {lead.status, other.status} == {"rejected"}
    assert other.number in ruling_letter(read_ruling(ruling.snapshot)).text


def test_the_snapshot_of_a_decision_says_which_ruling_it_belongs_to(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    ruling = ruled(session, objection, "upheld", AWARD, by=two)
    assert read(ruling.replacement).objection == {
        "number": objection.number,
        "decision": refusal.number,
        "decided_on": "2026-06-01",
        "ruling": ruling.number,
    }
    assert read(refusal.snapshot).objection is None
