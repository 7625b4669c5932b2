"""Cash from the tin to the bank: two people each time, and it counts when it is there."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.cash import CashScene
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import NO_SECOND_CHANCE, balances
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.ledger.rules import BANK, cash_received, held, payable
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.closing import (
    cancel_campaign,
    contributions_to_return,
    decide_campaign,
    raised,
    return_contribution,
)
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.pledges.tins import staff_queries
from voorjebuurt.pledges.tins.collecting import hand_back, void_cash
from voorjebuurt.pledges.tins.depositing import book_arrival, void_arrival, withdraw_deposit
from voorjebuurt.pledges.tins.forgetting import forget_names
from voorjebuurt.pledges.tins.models import CashDeposit, CashGift
from voorjebuurt.pledges.tins.queries import returnable, tin_sums
from voorjebuurt.pledges.tins.returning import propose_cash_return, release_cash_return
from voorjebuurt.pledges.tins.rules import Giver


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5_000)


@pytest.fixture
def scene(session: Session, campaign: Campaign) -> CashScene:
    return CashScene(session, campaign)


def money(scene: CashScene) -> tuple[int, ...]:
    """At the bank, deposits that do not count, held, payable; the books agree."""
    scene.session.flush()
    wrong = [each for each in check_books(scene.session, in_flight_max_days=10) if not each.passed]
    assert wrong == []
    campaign_id = scene.campaign.id
    accounts = (BANK, cash_received(campaign_id), held(campaign_id), payable(campaign_id))
    return balances(scene.session, *accounts)


def state(scene: CashScene, gift_id: object) -> str:
    return scene.session.get_one(CashGift, gift_id).state


def test_a_second_person_confirms_and_receipts_have_no_gap(scene: CashScene) -> None:
    first, second, third = scene.entry(), scene.entry(), scene.entry(actor=scene.second)
    with pytest.raises(ForbiddenError, match="own_cash"):
        scene.confirm(first, scene.first)
    with pytest.raises(ForbiddenError, match="not_your_campaign"):
        scene.confirm(first, scene.anna)
    void_cash(scene.session, campaign_id=scene.campaign.id, gift_id=second, actor=scene.first)
    assert scene.confirm(third, scene.first) == 1
    assert scene.confirm(first, scene.second) == 2
    with pytest.raises(TransitionError):
        scene.confirm(first, scene.second)
    assert money(scene) == (0, 0, 0, 0)
    assert raised(scene.session, scene.campaign.id) == 0, "it is not certain yet"
    assert tin_sums(scene.session, scene.campaign.id).tin_cents == 5_000


@pytest.mark.parametrize(
    "change",
    [
        "confirmed_by = entered_by",
        "amount_cents = amount_cents + 1",
        "number = number + 1",
        "number = NULL, confirmed_by = NULL, confirmed_at = NULL, state = 'entry'",
    ],
)
def test_the_database_keeps_what_was_confirmed(scene: CashScene, change: str) -> None:
    gift_id = scene.in_tin()
    with pytest.raises(IntegrityError):
        scene.session.execute(
            text(f"UPDATE cash_gifts SET {change} WHERE id = :id"), {"id": gift_id}
        )


def test_the_database_refuses_a_gap_and_one_pair_of_eyes(scene: CashScene) -> None:
    gift_id, statement = (
        scene.entry(),
        (
            "UPDATE cash_gifts SET state = 'tin', confirmed_at = now(), confirmed_by = {who},"
            " number = {number} WHERE id = :id"
        ),
    )
    for who, number in (("entered_by", 1), (f"'{scene.second.person_id}'", 2)):
        with pytest.raises(IntegrityError), scene.session.begin_nested():
            scene.session.execute(text(statement.format(who=who, number=number)), {"id": gift_id})


def test_it_counts_once_it_is_at_the_bank(scene: CashScene) -> None:
    gift_id = scene.in_tin(3_000)
    scene.in_tin(2_000, giver=Giver.COLLECTION, name="Braderie")
    deposit = scene.deposit()
    assert deposit.amount_cents == 5_000
    arrival = scene.seen(deposit)
    with pytest.raises(ForbiddenError, match="own_deposit"):
        book_arrival(scene.session, arrival_id=arrival.id, actor=scene.anna)
    assert money(scene) == (0, 0, 0, 0)
    book_arrival(scene.session, arrival_id=arrival.id, actor=scene.bram)
    assert money(scene) == (5_000, 0, 5_000, 0)
    assert state(scene, gift_id) == "bank"
    with pytest.raises(TransitionError):
        book_arrival(scene.session, arrival_id=arrival.id, actor=scene.bram)
    with pytest.raises(DomainError, match="receipt_known"):
        scene.seen(deposit)
    total = crowd_totals(scene.session, [scene.campaign.id])[scene.campaign.id]
    assert (total.crowd_cents, total.donors) == (5_000, 2)
    scene.campaign.status = "closing"
    assert decide_campaign(scene.session, campaign_id=scene.campaign.id, terms=NO_SECOND_CHANCE)
    assert money(scene) == (5_000, 0, 0, 5_000)


def test_too_little_waits_and_too_much_goes_back(scene: CashScene) -> None:
    scene.in_tin(5_000)
    deposit = scene.deposit()
    scene.arrived(deposit, 4_000, line="L1")
    assert money(scene) == (4_000, 4_000, 0, 0)
    assert returnable(scene.session, scene.campaign.id) == 0, "the rest may come"
    with pytest.raises(DomainError, match="cash_deposit_seen"):
        withdraw_deposit(
            scene.session,
            campaign_id=scene.campaign.id,
            deposit_id=deposit.id,
            actor=scene.first,
        )
    scene.arrived(deposit, 1_500, line="L2")
    assert money(scene) == (5_500, 500, 5_000, 0)
    send_back(scene, 500)
    assert money(scene) == (5_000, 0, 5_000, 0)


def test_twice_the_same_deposit_goes_back(scene: CashScene) -> None:
    scene.in_tin(5_000)
    deposit = scene.deposit()
    scene.arrived(deposit, line="L1")
    scene.arrived(deposit, line="L2")
    assert money(scene) == (10_000, 5_000, 5_000, 0)
    assert returnable(scene.session, scene.campaign.id) == 5_000


def test_an_old_line_of_the_bank_is_found_however_many_came_after_it(
    scene: CashScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.in_tin(5_000)
    deposit = scene.deposit()
    old, new = scene.seen(deposit, 50, line="L1"), scene.seen(deposit, 60, line="L2")
    monkeypatch.setattr(staff_queries, "MOST_GIFTS", 1)
    campaign_id = scene.campaign.id
    scene.session.flush()
    assert [row.id for row in staff_queries.arrivals_of(scene.session, campaign_id)] == [new.id]
    line = staff_queries.one_arrival(scene.session, campaign_id, old.id)
    assert line is not None
    assert line.amount_cents == 50


def test_a_wrong_line_is_dismissed_and_can_be_entered_again(scene: CashScene) -> None:
    scene.in_tin(5_000)
    deposit = scene.deposit()
    wrong = scene.seen(deposit, 50)
    void_arrival(scene.session, arrival_id=wrong.id, actor=scene.anna)
    scene.session.flush()
    with pytest.raises(DomainError, match="cash_reference_unknown"):
        scene.seen(CashDeposit(reference="RF99VJB1"), 1)
    scene.arrived(deposit, line="L3")
    assert money(scene) == (5_000, 0, 5_000, 0)


def send_back(scene: CashScene, cents: int) -> None:
    session = scene.session
    return_id = propose_cash_return(session, campaign_id=scene.campaign.id, actor=scene.anna)
    with pytest.raises(DomainError, match="payout_under_way"):
        propose_cash_return(session, campaign_id=scene.campaign.id, actor=scene.bram)
    day = clock.today()
    with pytest.raises(ForbiddenError, match="own_proposal"):
        release_cash_return(session, return_id=return_id, sent_on=day, actor=scene.anna)
    before = balances(session, BANK)[0]
    release_cash_return(session, return_id=return_id, sent_on=day, actor=scene.bram)
    assert balances(session, BANK)[0] == before - cents


def test_a_campaign_that_fails_gives_all_cash_back(scene: CashScene) -> None:
    at_bank = scene.in_tin(3_000)
    scene.arrived(scene.deposit())
    in_tin = scene.in_tin(700, giver=Giver.STRANGER, name="")
    session, campaign_id = scene.session, scene.campaign.id
    cancel_campaign(session, campaign_id=campaign_id, reason="Geen vergunning", actor=SYSTEM)
    (pledge_id,) = contributions_to_return(session, campaign_id, but_not=(), limit=9)
    reason = RefundReason.CAMPAIGN_CANCELLED
    assert return_contribution(session, pledge_id=pledge_id, reason=reason, actor=SYSTEM)
    assert not return_contribution(session, pledge_id=pledge_id, reason=reason, actor=SYSTEM)
    assert money(scene) == (3_000, 3_000, 0, 0)
    home = partial(hand_back, session, campaign_id=campaign_id, actor=scene.first)
    with pytest.raises(DomainError, match="cash_still_at_bank"):
        home(gift_id=at_bank, remark="")
    send_back(scene, 3_000)
    assert money(scene) == (0, 0, 0, 0)
    home(gift_id=at_bank, remark="")
    with pytest.raises(DomainError, match="cash_note_missing"):
        home(gift_id=in_tin, remark=" ")
    home(gift_id=in_tin, remark="In de buurtpot, zoals gezegd")
    with pytest.raises(TransitionError):
        home(gift_id=in_tin, remark="nog eens")
    assert {state(scene, at_bank), state(scene, in_tin)} == {"home"}


def test_a_deposit_that_comes_after_the_end_does_not_count(scene: CashScene) -> None:
    gift_id = scene.in_tin(5_000)
    deposit = scene.deposit()
    cancel_campaign(scene.session, campaign_id=scene.campaign.id, reason="Gestopt", actor=SYSTEM)
    scene.arrived(deposit)
    assert state(scene, gift_id) == "back"
    assert money(scene) == (5_000, 5_000, 0, 0)
    send_back(scene, 5_000)


def test_part_of_a_deposit_is_not_stuck_when_the_campaign_ends(scene: CashScene) -> None:
    gift_id = scene.in_tin(5_000)
    deposit = scene.deposit()
    scene.arrived(deposit, 1_000)
    cancel_campaign(scene.session, campaign_id=scene.campaign.id, reason="Gestopt", actor=SYSTEM)
    withdraw_deposit(
        scene.session, campaign_id=scene.campaign.id, deposit_id=deposit.id, actor=scene.first
    )
    assert state(scene, gift_id) == "tin"
    send_back(scene, 1_000)
    assert money(scene) == (0, 0, 0, 0)


def test_news_after_success_goes_to_the_initiator(scene: CashScene) -> None:
    scene.in_tin(5_000)
    scene.arrived(scene.deposit())
    scene.in_tin(800)
    deposit = scene.deposit()
    scene.campaign.status = "closing"
    assert decide_campaign(scene.session, campaign_id=scene.campaign.id, terms=NO_SECOND_CHANCE)
    assert scene.campaign.status == "succeeded"
    scene.arrived(deposit, line="L2")
    assert money(scene) == (5_800, 0, 0, 5_800)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "cash_name_missing"),
        ({"cents": 0}, "cash_amount_missing"),
        ({"cents": 10_001, "giver": Giver.STRANGER, "name": ""}, "cash_anonymous_too_high"),
        ({"cents": 50_001}, "cash_gift_too_high"),
        ({"got_on": None}, "cash_in_future"),
    ],
)
def test_what_is_not_taken_in_cash(scene: CashScene, values: dict[str, Any], code: str) -> None:
    if "got_on" in values:
        values = {"got_on": clock.today() + timedelta(days=1)}
    with pytest.raises(DomainError, match=code):
        scene.entry(**values)


def test_a_tin_has_a_bottom_and_a_campaign_an_end(scene: CashScene) -> None:
    for _ in range(4):
        scene.in_tin(50_000)
    with pytest.raises(DomainError, match="cash_tin_full"):
        scene.entry(100)
    scene.campaign.status = "closing"
    with pytest.raises(DomainError, match="cash_not_now"):
        scene.entry(100)


def test_names_go_a_year_after_the_end_but_not_before_the_cash_is_home(scene: CashScene) -> None:
    at_bank = scene.in_tin(5_000)
    scene.arrived(scene.deposit())
    in_tin = scene.in_tin(700)
    scene.campaign.status = "closing"
    decide_campaign(scene.session, campaign_id=scene.campaign.id, terms=NO_SECOND_CHANCE)
    forget_names(scene.session)
    scene.session.expire_all()
    assert scene.session.get_one(CashGift, at_bank).name == "Noor Visser"
    scene.campaign.decided_at = clock.now() - timedelta(days=366)
    scene.session.flush()
    forget_names(scene.session)
    scene.session.expire_all()
    assert scene.session.get_one(CashGift, at_bank).name == ""
    assert scene.session.get_one(CashGift, in_tin).name == "Noor Visser"
