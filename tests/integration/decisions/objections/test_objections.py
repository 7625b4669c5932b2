"""Objections: received in time or not, decided by another officer, and what an upheld one does."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import account, objected, pay_out
from tests.support.deposits import paid_back
from tests.support.factories.towns import Town, applied, officer, town, town_divided, town_fund
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.letters import write
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.outcomes import decide_objection
from voorjebuurt.decisions.objections.service import (
    extend_objection,
    object_to_decision,
    register_objection,
    withdraw_objection,
)
from voorjebuurt.decisions.overviews.case_file import decisions_of
from voorjebuurt.decisions.proof.earlier import decisions_for_the_court, objection_behind
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, fund_free, fund_reserved, payable
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


def upheld(session: Session, objection: Objection, actor: Actor, **fields: Any) -> None:
    values: dict[str, Any] = {"outcome": "upheld", "reason": "De begroting klopte wel.", **fields}
    decide_objection(session, objection_id=objection.id, actor=actor, **values)


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
        "committee": True,
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


def test_another_officer_decides_within_the_mandate(
    session: Session, case: Town, rosa: Actor
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    small = officer(session, case.fund.municipality_id, "Klein", mandate=CLAIM - 1)
    for actor, code in (
        (case.olga, "decided_before"),
        (case.piet, "decided_before"),
        (small, "mandate_too_low"),
        (case.initiator, "only_officers"),
    ):
        refused(code, upheld, session, objection, actor)
    assert refused("reason_needed", upheld, session, objection, rosa, reason=" ").field
    refused("outcome_unknown", upheld, session, objection, rosa, outcome="received")
    upheld(session, objection, rosa, outcome="rejected")
    assert (objection.status, case.application.status) == ("rejected", "refused")
    with pytest.raises(TransitionError):
        upheld(session, objection, rosa)


def test_one_that_came_too_late_needs_an_excuse(session: Session, case: Town, rosa: Actor) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    with clock.at(datetime(2026, 7, 13, 22, 0, tzinfo=UTC)):
        objection = objected(session, case, refusal)
        assert objection.in_time is False
        assert refused("excuse_missing", upheld, session, objection, rosa).field == "excuse"
        upheld(session, objection, rosa, excuse="Hij lag in het ziekenhuis.")
    assert "ziekenhuis" in objection.outcome


def test_an_upheld_objection_to_a_refusal_opens_the_case_again(
    session: Session, case: Town, rosa: Actor
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = objected(session, case, refusal)
    upheld(session, objection, rosa)
    assert (case.application.status, case.match(session).status) == ("admitted", "open")
    term = term_of_application(session, case.application)
    assert (term.end, term.decided_on) == (objection.decide_by, None)
    assert case.application.round_id is None


def test_the_decision_that_answers_an_objection_says_so_and_names_the_court(
    session: Session, case: Town, rosa: Actor
) -> None:
    """Awb 6:23: only that one; what is decided after it can be objected to again."""
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = objected(session, case, refusal)
    upheld(session, objection, rosa)
    with clock.at(NOW + timedelta(days=1)):
        answer = read(case.send(session, "refusal", 0, "rule").snapshot)
    assert read(refusal.snapshot).objection is None
    assert answer.objection == {
        "number": objection.number,
        "decision": refusal.number,
        "decided_on": "2026-06-01",
    }
    assert "in beroep gaan bij de rechtbank" in write(answer.text).text
    assert "bezwaar maken bij het college" in write(refusal.snapshot).text
    assert objection_behind(session, case.application, "refusal") is None
    decisions = sorted(decisions_of(session, case.application.id), key=lambda row: row.number)
    assert [row.kind for row in decisions] == ["refusal", "refusal"]
    second = next(row for row in decisions if row.id != refusal.id)
    assert decisions_for_the_court(session, case.application.id) == {second.id}
    refused("only_appeal", objected, session, case, second)
    keys = [f"decision_sent:{row.id}" for row in (refusal, second)]
    mails = dict(
        session.execute(
            select(MailMessage.key, MailMessage.template).where(MailMessage.key.in_(keys))
        ).all()
    )
    assert [mails[key] for key in keys] == ["decision_sent", "decision_answers_objection"]


def test_a_decision_of_another_kind_does_not_answer_an_objection(
    session: Session, case: Town, rosa: Actor
) -> None:
    case.send(session, "award", CLAIM)
    pay_out(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    clawback = case.send(session, "clawback", CLAIM, "overpaid")
    upheld(session, objected(session, case, clawback), rosa)
    behind = {kind: objection_behind(session, case.application, kind) for kind in DecisionKind}
    assert [kind for kind, objection in behind.items() if objection] == [DecisionKind.CLAWBACK]


def test_a_refusal_that_was_not_admitted_is_looked_at_again(session: Session) -> None:
    case = town(session)
    again = officer(session, case.fund.municipality_id, "Ander")
    objection = objected(session, case, case.send(session, "refusal", 0, "outside_area"))
    upheld(session, objection, again)
    assert case.application.status == "received"


def test_who_asked_elsewhere_meanwhile_can_not_have_both(
    session: Session, case: Town, rosa: Actor
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    applied(session, town_fund(case.fund.municipality_id), case.campaign)
    refused("other_fund_applied", upheld, session, objection, rosa)


def test_an_upheld_objection_to_a_lower_determination(
    session: Session, case: Town, rosa: Actor, tmp_path: Path
) -> None:
    case.send(session, "award", CLAIM)
    account(session, case, FolderStorage(tmp_path))
    lowering = case.send(session, "lower_determination", 0, "not_done")
    assert case.match(session).status == "released"
    upheld(session, objected(session, case, lowering), rosa)
    assert case.application.status == "accounted"
    case.send(session, "determination", CLAIM)
    assert (case.match(session).status, case.match(session).match_cents) == ("committed", CLAIM)
    assert balance(session, payable(case.campaign.id)) == CLAIM


def test_an_upheld_objection_to_a_claim_to_pay_back(
    session: Session, case: Town, rosa: Actor
) -> None:
    case.send(session, "award", CLAIM)
    pay_out(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    clawback = case.send(session, "clawback", CLAIM, "overpaid")
    upheld(session, objected(session, case, clawback), rosa)
    assert balance(session, clawback_receivable(case.application.id)) == 0
    assert case.match(session).match_cents == CLAIM


def test_what_was_paid_back_already_becomes_the_initiators_again(session: Session) -> None:
    """In a prepaid fund, with € 300 of the claim paid back before the objection was upheld."""
    case = town_divided(session, claim=CLAIM, prepaid=True, paid_in=CLAIM)
    hears = officer(session, case.fund.municipality_id, "Hoort")
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
    upheld(session, objected(session, case, clawback), hears)
    assert balance(session, clawback_receivable(case.application.id)) == 0
    assert balance(session, payable(case.campaign.id)) == 30_000
    assert balance(session, fund_free(case.fund.id)) == 0
    assert balance(session, fund_reserved(case.application.id)) == 0


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
    refused("term_extended_before", extend_objection, session, **values)
    with clock.at(NOW + timedelta(days=200)):
        objection.extended_reason = ""
        refused("term_ended", extend_objection, session, **values)


def test_an_objection_is_taken_back(session: Session, case: Town, rosa: Actor) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    with pytest.raises(ForbiddenError):
        withdraw_objection(session, objection_id=objection.id, actor=rosa)
    withdraw_objection(session, objection_id=objection.id, actor=case.initiator)
    assert objection.status == "withdrawn"
    with pytest.raises(TransitionError):
        upheld(session, objection, rosa)


def test_who_asked_the_same_fund_again_meanwhile_can_not_have_both(session: Session) -> None:
    case = town_divided(session, claim=CLAIM, stacks=True)
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    applied(session, case.fund, case.campaign)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    refused("other_fund_applied", upheld, session, objection, rosa)
