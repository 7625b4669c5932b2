"""Decisions by two officers: proposed, approved, recalled, sent; who may, and when not."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import Town, admitted, officer, town, town_divided
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rulings.approvals import approve, recall
from voorjebuurt.decisions.rulings.proposals import dismiss, propose
from voorjebuurt.decisions.rulings.sending import due_decisions, send_decision
from voorjebuurt.decisions.rulings.withdrawals import withdraw_application
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import FundPot

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return town_divided(session, claim=CLAIM)


def taken(session: Session, case: Town) -> int:
    return session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents


def decision(session: Session, decision_id: UUID) -> Decision:
    return session.get_one(Decision, decision_id, populate_existing=True)


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def approved(session: Session, case: Town, decision_id: UUID, minutes: int = 30) -> None:
    approve(session, decision_id=decision_id, recall_minutes=minutes, actor=case.piet)


def test_an_award_is_proposed_approved_and_sent(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "award", CLAIM)
    row = decision(session, decision_id)
    assert (row.number, row.status, row.claim_cents) == ("BS-2026-0001", "proposed", CLAIM)
    assert (case.application.status, taken(session, case)) == ("proposed", CLAIM)
    approved(session, case, decision_id)
    assert (row.status, row.send_at) == ("approved", NOW + timedelta(minutes=30))
    assert balance(session, payable(case.campaign.id)) == 0
    assert send_decision(session, decision_id=decision_id) is False
    with clock.at(NOW + timedelta(minutes=30)):
        assert due_decisions(session) == [decision_id]
        assert send_decision(session, decision_id=decision_id) is True
        assert send_decision(session, decision_id=decision_id) is False
    row = decision(session, decision_id)
    assert (row.status, row.object_until) == ("sent", date(2026, 7, 13))
    assert certain(row.letter).startswith(b"%PDF-")
    assert (case.application.status, case.match(session).status) == ("awarded", "committed")
    assert balance(session, payable(case.campaign.id)) == CLAIM
    assert term_of_application(session, case.application).kept is True
    keys = session.scalars(select(MailMessage.key)).all()
    assert f"decision_sent:{decision_id}" in keys


def test_a_decision_replays_from_its_snapshot(session: Session, case: Town) -> None:
    award = case.send(session, "award", CLAIM)
    again = replay(award.snapshot)
    assert certain(again.computed).award_cents == CLAIM


def test_the_proposer_never_approves(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "award", CLAIM)
    with pytest.raises(ForbiddenError) as error:
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.olga)
    assert error.value.code == "own_decision"
    with pytest.raises(IntegrityError, match="four_eyes"), session.begin_nested():
        session.execute(
            text(
                "UPDATE decisions SET status = 'approved', approved_by = proposed_by,"
                " approved_at = now()"
            )
        )


def test_a_mandate_reaches_the_amount_at_stake(session: Session, case: Town) -> None:
    small = officer(session, case.fund.municipality_id, "Klein", mandate=CLAIM - 1)
    empty = officer(session, case.fund.municipality_id, "Leeg", mandate=None)
    elsewhere = officer(session, MunicipalityFactory().id, "Elders")
    decision_id = case.propose(session, "refusal", 0, "requirement")
    for actor, code in (
        (small, "mandate_too_low"),
        (empty, "mandate_too_low"),
        (elsewhere, "only_officers"),
    ):
        refused(code, approve, session, decision_id=decision_id, recall_minutes=0, actor=actor)
    enough = officer(session, case.fund.municipality_id, "Genoeg", mandate=CLAIM)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=enough)


def test_nobody_with_a_stake_proposes_or_approves(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "award", CLAIM)
    PledgeFactory(campaign=case.campaign, donor_id=case.piet.person_id)
    refused("has_stake", approved, session, case, decision_id)
    PledgeFactory(campaign=case.campaign, donor_id=case.olga.person_id)
    third = officer(session, case.fund.municipality_id, "Derde")
    fields: dict[str, Any] = {"decision_id": decision_id, "recall_minutes": 0, "actor": third}
    refused("proposer_has_stake", approve, session, **fields)
    dismiss(session, decision_id=decision_id, reason="Belang", actor=third)
    with pytest.raises(ForbiddenError):
        case.propose(session, "award", CLAIM)


def test_a_dismissed_proposal_lets_go_what_it_set_apart(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "award", CLAIM)
    fields: dict[str, Any] = {"decision_id": decision_id, "actor": case.piet}
    assert refused("reason_needed", dismiss, session, reason=" ", **fields).field == "reason"
    dismiss(session, reason="De reden ontbreekt", **fields)
    assert (decision(session, decision_id).status, case.application.status) == (
        "dismissed",
        "admitted",
    )
    assert taken(session, case) == 0
    again = case.propose(session, "partial_award", 20_000, "rule")
    assert taken(session, case) == 20_000
    assert decision(session, again).number == "BS-2026-0002"


def test_a_decision_is_recalled_until_it_is_sent(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "award", CLAIM)
    fields: dict[str, Any] = {"decision_id": decision_id, "reason": "Een fout", "actor": case.olga}
    with pytest.raises(TransitionError):
        recall(session, **fields)
    approved(session, case, decision_id)
    recall(session, **fields)
    assert (decision(session, decision_id).status, taken(session, case)) == ("recalled", 0)
    with clock.at(NOW + timedelta(hours=1)):
        assert send_decision(session, decision_id=decision_id) is False
    assert case.application.status == "admitted"
    assert balance(session, payable(case.campaign.id)) == 0
    award = case.send(session, "award", CLAIM)
    with pytest.raises(TransitionError):
        recall(session, decision_id=award.id, reason="Te laat", actor=case.olga)


def test_the_database_keeps_a_sent_decision_as_it_is(session: Session, case: Town) -> None:
    case.send(session, "award", CLAIM)
    for change in ("amount_cents = 1", "status = 'recalled'", "letter = NULL"):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"UPDATE decisions SET {change}"))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("DELETE FROM decisions"))


@pytest.mark.parametrize(
    ("kind", "cents", "grounds", "code"),
    [
        ("award", CLAIM - 1, (), "award_not_whole"),
        ("award", CLAIM + 1, (), "award_not_whole"),
        ("partial_award", CLAIM, ("rule",), "partial_award_out_of_range"),
        ("partial_award", 0, ("rule",), "partial_award_out_of_range"),
        ("refusal", 1, ("requirement",), "amount_not_zero"),
        ("refusal", 0, (), "ground_missing"),
        ("refusal", 0, ("overpaid",), "ground_not_for_kind"),
        ("award", CLAIM, ("rule",), "ground_not_for_kind"),
    ],
)
def test_amounts_and_grounds_are_checked(
    session: Session, case: Town, kind: str, cents: int, grounds: tuple[()] | tuple[str], code: str
) -> None:
    error = refused(code, case.propose, session, kind, cents, *grounds)
    assert error.field in ("amount", "grounds")


def test_a_refusal_needs_a_reason(session: Session, case: Town) -> None:
    error = refused(
        "reason_needed",
        propose,
        session,
        application_id=case.application.id,
        kind="refusal",
        amount_cents=0,
        grounds=["requirement"],
        reason="",
        actor=case.olga,
    )
    assert error.field == "reason"


@pytest.mark.parametrize("kind", ["withdrawal", "determination", "lower_determination", "clawback"])
def test_what_needs_an_award_waits_for_one(session: Session, case: Town, kind: str) -> None:
    grounds = {"determination": (), "clawback": ("overpaid",)}.get(kind, ("not_done",))
    with pytest.raises(TransitionError):
        case.propose(session, kind, 0, *grounds)


def test_one_decision_at_a_time(session: Session, case: Town) -> None:
    case.propose(session, "award", CLAIM)
    refused("decision_open_already", case.propose, session, "refusal", 0, "requirement")


def test_only_a_divided_pot_is_awarded_and_a_refusal_needs_no_admission(session: Session) -> None:
    case = town(session)
    with pytest.raises(TransitionError):
        case.propose(session, "award", CLAIM)
    refusal = case.send(session, "refusal", 0, "outside_area")
    assert (refusal.status, case.application.status) == ("sent", "refused")
    assert case.match(session).status == "released"
    other = town(session)
    admitted(session, other.application, other.olga)
    refused("round_not_divided", other.propose, session, "award", CLAIM)


def test_an_unadmitted_refusal_that_is_dismissed_is_unadmitted_again(session: Session) -> None:
    case = town(session)
    decision_id = case.propose(session, "refusal", 0, "outside_area")
    dismiss(session, decision_id=decision_id, reason="Toch niet", actor=case.piet)
    assert case.application.status == "received"


def test_open_proposals_never_pass_the_ceiling_together(session: Session) -> None:
    case = town_divided(session, claim=800_000)
    case.propose(session, "award", 800_000)
    pot = session.get_one(FundPot, case.fund.id)
    pot.ceiling_cents = 800_000
    session.flush()
    assert taken(session, case) == 800_000
    with pytest.raises(IntegrityError, match="ceiling"), session.begin_nested():
        session.execute(text("UPDATE fund_pots SET ceiling_cents = 799999"))


def test_an_applicant_withdraws_until_a_decision_is_sent(session: Session, case: Town) -> None:
    decision_id = case.propose(session, "award", CLAIM)
    approved(session, case, decision_id)
    fields: dict[str, Any] = {"application_id": case.application.id, "reason": "Niet meer nodig"}
    with pytest.raises(ForbiddenError):
        withdraw_application(session, actor=case.olga, **fields)
    withdraw_application(session, actor=case.initiator, **fields)
    assert decision(session, decision_id).status == "recalled"
    assert (case.application.status, case.match(session).status) == ("withdrawn", "released")
    assert taken(session, case) == 0
    late_case = town_divided(session)
    late_case.send(session, "award", 50_000)
    with pytest.raises(TransitionError):
        withdraw_application(
            session, application_id=late_case.application.id, reason="", actor=late_case.initiator
        )


def test_who_is_no_officer_any_more_proposes_nothing(session: Session, case: Town) -> None:
    session.execute(text("UPDATE role_grants SET revoked_at = granted_at"))
    with pytest.raises(ForbiddenError) as error:
        case.propose(session, "award", CLAIM)
    assert error.value.code == "only_officers"
