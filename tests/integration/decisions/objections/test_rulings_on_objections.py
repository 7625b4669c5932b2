"""Deciding on an objection: by whom, when, and what it does to the old decision and the money."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import (
    COURT,
    account,
    draft,
    heard,
    objected,
    pay_out,
    ruled,
)
from tests.support.deposits import paid_back
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.rounds import given
from tests.support.factories.towns import Town, applied, officer, town, town_divided, town_fund
from voorjebuurt.decisions.letters import write
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.models import Decision, Objection, TermEvent
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.approvals import approve_ruling, return_ruling
from voorjebuurt.decisions.objections.outcomes import propose_ruling
from voorjebuurt.decisions.objections.preview import ruling_bounds
from voorjebuurt.decisions.objections.reopening import Replacement
from voorjebuurt.decisions.objections.rows import StepNote
from voorjebuurt.decisions.objections.sending import due_rulings, send_ruling
from voorjebuurt.decisions.objections.service import Objector, register_objection
from voorjebuurt.decisions.objections.steps import record_step
from voorjebuurt.decisions.objections.withdrawals import withdraw_objection
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, fund_free, fund_reserved, payable
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import FundPot, PotMove
from voorjebuurt.matching.pots.service import move

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000
AWARD = Replacement("award", CLAIM)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def divided_town(session: Session, **fields: Any) -> Town:
    """Somebody gave what the rules match, so that the case can be computed on its own too."""
    case = town_divided(session, claim=CLAIM, **fields)
    given(case.campaign, CLAIM, at=NOW - timedelta(days=1))
    return case


@pytest.fixture
def case(session: Session) -> Town:
    return divided_town(session)


def judges(session: Session, case: Town) -> tuple[Actor, Actor]:
    place = case.fund.municipality_id
    return officer(session, place, "Rosa"), officer(session, place, "Bram")


@pytest.fixture
def two(session: Session, case: Town) -> tuple[Actor, Actor]:
    return judges(session, case)


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def proposed(
    session: Session, objection: Objection, actor: Actor, **fields: Any
) -> ObjectionRuling:
    values: dict[str, Any] = {"outcome": "rejected", **fields}
    ruling_id = propose_ruling(
        session, objection_id=objection.id, draft=draft(**values), actor=actor
    )
    return session.get_one(ObjectionRuling, ruling_id)


def heard_objection(session: Session, case: Town, actor: Actor, decision: Decision) -> Objection:
    objection = objected(session, case, decision)
    heard(session, objection, actor)
    return objection


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
    ruling = ruled(session, lead, "rejected", by=two, joined=[other.id])
    assert {lead.status, other.status} == {"rejected"}
    assert other.number in ruling_letter(read_ruling(ruling.snapshot)).text


def test_above_the_pot_only_with_an_explicit_extra(session: Session) -> None:
    """Awb 4:25, third paragraph: for exactly what is short, and the ceiling itself stays."""
    case = divided_town(session, rules={"ceiling_cents": 60_000})
    two = judges(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    second = town_sibling(session, case, 40_000)
    pot = session.get_one(FundPot, case.fund.id, populate_existing=True)
    assert pot.left_cents == 20_000
    objection = heard_objection(session, case, two[0], refusal)
    new: dict[str, Any] = {"outcome": "upheld", "new": AWARD}
    short = refused("extra_short", proposed, session, objection, two[0], **new)
    assert (short.field, short.values["lowest_cents"]) == ("extra", 30_000)
    why = {"extra_reason": "Besloten door het college."}
    much = {**new, "extra_cents": 40_000, **why}
    refused("extra_above_need", proposed, session, objection, two[0], **much)
    ruled(session, objection, "upheld", AWARD, by=two, extra_cents=30_000, **why)
    session.refresh(pot)
    assert (pot.ceiling_cents, pot.taken_cents, pot.extra_cents) == (60_000, 90_000, 30_000)
    assert (case.match(session).match_cents, second) == (CLAIM, 40_000)
    kinds = session.scalars(
        select(PotMove.kind).where(PotMove.application_id == case.application.id)
    ).all()
    assert "extra" in kinds


def town_sibling(session: Session, case: Town, cents: int) -> int:
    """Another application of the fund takes ``cents`` of its pot."""
    campaign = CampaignFactory(
        status="live", goal_cents=10_000_000, municipality_id=case.fund.municipality_id
    )
    other = applied(session, case.fund, campaign)
    move(
        session,
        application_id=other.id,
        kind="reserve",
        key="sibling",
        cents=cents,
        actor=case.olga,
    )
    return cents


def test_the_database_lets_nothing_else_above_the_ceiling(session: Session, case: Town) -> None:
    with pytest.raises(IntegrityError, match="no approved decision"), session.begin_nested():
        session.add(
            PotMove(
                key="extra:00000000-0000-0000-0000-000000000000",
                fund_id=case.fund.id,
                application_id=case.application.id,
                municipality_id=case.fund.municipality_id,
                kind="extra",
                cents=100,
                at=clock.now(),
            )
        )
        session.flush()


def test_a_refusal_that_was_not_admitted_is_replaced_by_an_award(session: Session) -> None:
    case = town(session)
    two = judges(session, case)
    refusal = case.send(session, "refusal", 0, "outside_area")
    objection = heard_objection(session, case, two[0], refusal)
    again = Replacement("refusal", 0, ("requirement",), "Nu om een andere reden.")
    ruling = ruled(session, objection, "partly_upheld", again, by=two)
    new = session.get_one(Decision, ruling.replacement_id)
    assert (new.kind, case.application.status, objection.status) == (
        "refusal",
        "refused",
        "partly_upheld",
    )


def test_who_asked_elsewhere_meanwhile_can_not_have_both(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    applied(session, town_fund(case.fund.municipality_id), case.campaign)
    new: dict[str, Any] = {"outcome": "upheld", "new": AWARD}
    refused("other_fund_applied", proposed, session, objection, two[0], **new)
    bounds = ruling_bounds(session, objection_id=objection.id, actor=two[0])
    assert bounds.obstacle is not None
    assert bounds.obstacle.code == "other_fund_applied"


def test_a_founded_objection_needs_what_comes_in_the_place(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = heard_objection(session, case, two[0], refusal)
    kinds = ruling_bounds(session, objection_id=objection.id, actor=two[0]).kinds
    assert [each.kind.value for each in kinds] == ["award", "partial_award", "refusal"]
    refused("replacement_missing", proposed, session, objection, two[0], outcome="upheld")
    wrong = Replacement("determination", CLAIM)
    refused(
        "replacement_kind_wrong", proposed, session, objection, two[0], outcome="upheld", new=wrong
    )
    much = Replacement("award", CLAIM + 1)
    refused("award_not_whole", proposed, session, objection, two[0], outcome="upheld", new=much)
    assert case.application.status == "refused"


def test_a_founded_objection_to_a_lower_determination(
    session: Session, case: Town, two: tuple[Actor, Actor], tmp_path: Path
) -> None:
    case.send(session, "award", CLAIM)
    account(session, case, FolderStorage(tmp_path))
    lowering = case.send(session, "lower_determination", 0, "not_done")
    assert case.match(session).status == "released"
    objection = heard_objection(session, case, two[0], lowering)
    ruled(session, objection, "upheld", Replacement("determination", CLAIM), by=two)
    assert case.application.status == "determined"
    assert (case.match(session).status, case.match(session).match_cents) == ("committed", CLAIM)
    assert balance(session, payable(case.campaign.id)) == CLAIM


def test_a_founded_objection_to_a_claim_to_pay_back(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    case.send(session, "award", CLAIM)
    pay_out(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    clawback = case.send(session, "clawback", CLAIM, "overpaid")
    objection = heard_objection(session, case, two[0], clawback)
    ruling = ruled(session, objection, "upheld", by=two)
    assert balance(session, clawback_receivable(case.application.id)) == 0
    assert case.match(session).match_cents == CLAIM
    assert ruling.replacement_id is None


def test_what_was_paid_back_already_becomes_the_initiators_again(session: Session) -> None:
    """In a prepaid fund, with € 300 of the claim paid back before the objection was upheld."""
    case = divided_town(session, prepaid=True, paid_in=CLAIM)
    two = judges(session, case)
    case.send(session, "award", CLAIM)
    pay_out(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    clawback = case.send(session, "clawback", CLAIM, "overpaid")
    paid_back(
        session,
        application_id=case.application.id,
        cents=30_000,
        reference="afschrift 1",
    )
    assert balance(session, fund_free(case.fund.id)) == 30_000
    objection = heard_objection(session, case, two[0], clawback)
    lower = Replacement("clawback", 10_000, ("overpaid",), "Een deel was wel terecht.")
    ruling = ruled(session, objection, "partly_upheld", lower, by=two)
    assert ruling.replacement_id is not None
    assert balance(session, clawback_receivable(case.application.id)) == 10_000
    assert balance(session, payable(case.campaign.id)) == 30_000
    assert balance(session, fund_free(case.fund.id)) == 0
    assert balance(session, fund_reserved(case.application.id)) == 10_000


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
