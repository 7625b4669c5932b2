"""What went above the ceiling on an objection, and was let go later, is nobody else's room."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import ruled
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import Town, applied, asked_before
from tests.support.objections import AWARD, CLAIM, divided_town, heard_objection, judges
from voorjebuurt.decisions.objections.rulings.preview import ruling_bounds
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.funds.ceilings import Extra, extra_in_use, extras_of, left_below, margin
from voorjebuurt.matching.funds.queries import fund_row
from voorjebuurt.matching.models import Application, FundPot, PotMove
from voorjebuurt.matching.pots.position import fund_position
from voorjebuurt.matching.pots.queries import room_now
from voorjebuurt.matching.pots.service import move

CEILING, OTHERS, EXTRA = 60_000, 40_000, 30_000


def other(session: Session, case: Town) -> Application:
    campaign = CampaignFactory(
        status="live", goal_cents=10_000_000, municipality_id=case.fund.municipality_id
    )
    return applied(session, case.fund, campaign)


def takes(session: Session, case: Town, application: Application, cents: int, key: str) -> None:
    fields: dict[str, Any] = {"application_id": application.id, "kind": "reserve", "key": key}
    move(session, **fields, cents=cents, actor=case.olga)


def lowered(session: Session, case: Town, cents: int) -> None:
    decision_id = propose(
        session,
        application_id=case.application.id,
        kind="award_change",
        amount_cents=cents,
        grounds=["not_done"],
        reason="Daarom.",
        weighing=asked_before("award_change", ["not_done"]),
        actor=case.olga,
    )
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)


@pytest.fixture
def case(session: Session) -> Town:
    """An award of 50,000 after an objection, of which 30,000 above the ceiling of 60,000."""
    case = divided_town(session, rules={"ceiling_cents": CEILING})
    two = judges(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    sibling = other(session, case)
    takes(session, case, sibling, OTHERS, "sibling")
    objection = heard_objection(session, case, two[0], refusal)
    why = {"extra_reason": "Besloten door het college."}
    ruled(session, objection, "upheld", AWARD, by=two, extra_cents=EXTRA, **why)
    return case


def pot_of(session: Session, case: Town) -> FundPot:
    return session.get_one(FundPot, case.fund.id, populate_existing=True)


def left_everywhere(session: Session, case: Town, newcomer: Application) -> set[int]:
    """What each screen and each check says that is left for who applies now."""
    pot, row, position = (
        pot_of(session, case),
        fund_row(session, case.fund.id),
        fund_position(session, case.fund.id),
    )
    assert row is not None
    assert position is not None
    return {
        left_below(session, pot, pot.ceiling_cents),
        row.left_cents,
        position.left_cents,
        room_now(session, newcomer.id).below_ceiling_cents,
    }


def test_what_is_lowered_of_it_is_not_room_for_others(session: Session, case: Town) -> None:
    newcomer = other(session, case)
    assert left_everywhere(session, case, newcomer) == {0}
    assert extra_in_use(session, pot_of(session, case)) == EXTRA
    lowered(session, case, CLAIM - 20_000)
    pot = pot_of(session, case)
    assert (pot.taken_cents, pot.extra_cents) == (70_000, EXTRA)
    assert left_everywhere(session, case, newcomer) == {0}
    assert extra_in_use(session, pot) == 10_000
    row = fund_row(session, case.fund.id)
    assert row is not None
    assert row.extra_cents == 10_000
    with pytest.raises(DomainError) as error:
        takes(session, case, newcomer, 1, "newcomer")
    assert (error.value.code, error.value.values) == ("ceiling_reached", {"left_cents": 0})
    with pytest.raises(IntegrityError, match="more than its ceiling"), session.begin_nested():
        session.add(
            PotMove(
                key="newcomer",
                fund_id=case.fund.id,
                application_id=newcomer.id,
                municipality_id=case.fund.municipality_id,
                kind="reserve",
                cents=1,
                at=clock.now(),
            )
        )
        session.flush()


def test_what_is_lowered_below_the_ceiling_is_room_again(session: Session, case: Town) -> None:
    newcomer = other(session, case)
    lowered(session, case, 5_000)
    assert extra_in_use(session, pot_of(session, case)) == 0
    assert left_everywhere(session, case, newcomer) == {CEILING - OTHERS - 5_000}
    takes(session, case, newcomer, CEILING - OTHERS - 5_000, "newcomer")
    assert left_everywhere(session, case, newcomer) == {0}


def test_it_stays_there_for_whom_it_was_given(session: Session, case: Town) -> None:
    lowered(session, case, CLAIM - 20_000)
    assert room_now(session, case.application.id).below_ceiling_cents == 20_000


def test_what_others_let_go_is_room_beside_it(session: Session, case: Town) -> None:
    newcomer = other(session, case)
    sibling = session.query(Application).filter(Application.id != case.application.id).first()
    assert sibling is not None
    takes(session, case, sibling, -15_000, "back")
    assert left_everywhere(session, case, newcomer) == {15_000}
    assert extra_in_use(session, pot_of(session, case)) == EXTRA


def test_moves_that_are_not_in_the_pot_yet_are_counted(session: Session, case: Town) -> None:
    """As the allocator counts within one batch: what goes back goes out of the extra first."""
    pot, own = pot_of(session, case), case.application.id
    extras = extras_of(session, pot)
    assert extras == {own: Extra(EXTRA, 0)}
    assert margin(pot, CEILING, extras, moves={own: -EXTRA}) == 0
    assert margin(pot, CEILING, extras, moves={own: -EXTRA - 1}) == 1
    assert margin(pot, CEILING, extras, application_id=own, moves={own: -EXTRA}) == EXTRA
    assert margin(pot, CEILING - 1, extras) == -1
    assert Extra(100, 40).let_go_after(30) == 10
    assert Extra(100, 40).let_go_after(50) == 0
    assert Extra(100, 40).let_go_after(-90) == 100


def test_a_ruling_reads_the_same_room(session: Session, case: Town) -> None:
    newcomer = other(session, case)
    lowered(session, case, CLAIM - 20_000)
    two = judges(session, case)
    newcomer_case = Town(
        case.fund,
        session.get_one(type(case.campaign), newcomer.campaign_id),
        newcomer,
        case.olga,
        case.piet,
    )
    refusal = newcomer_case.send(session, "refusal", 0, "outside_area")
    objection = heard_objection(session, newcomer_case, two[0], refusal)
    assert ruling_bounds(session, objection_id=objection.id, actor=two[0]).left_cents == 0
