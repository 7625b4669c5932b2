"""What comes in the place of the old decision, and what it does to the money (Awb 7:11)."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import (
    account,
    pay_out,
    ruled,
)
from tests.support.deposits import paid_back
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import Town, applied, town, town_fund
from tests.support.objections import (
    AWARD,
    CLAIM,
    divided_town,
    heard_objection,
    judges,
    proposed,
    refused,
)
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.preview import ruling_bounds
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, fund_free, fund_reserved, payable
from voorjebuurt.matching.funds.ceilings import left_below
from voorjebuurt.matching.models import FundPot, PotMove
from voorjebuurt.matching.pots.service import move


def test_above_the_pot_only_with_an_explicit_extra(session: Session) -> None:
    """Awb 4:25, third paragraph: for exactly what is short, and the ceiling itself stays."""
    case = divided_town(session, rules={"ceiling_cents": 60_000})
    two = judges(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    second = town_sibling(session, case, 40_000)
    pot = session.get_one(FundPot, case.fund.id, populate_existing=True)
    assert left_below(session, pot, pot.ceiling_cents) == 20_000
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
