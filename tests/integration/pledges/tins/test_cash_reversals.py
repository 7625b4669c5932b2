"""Cash that was booked wrongly is taken back by two people, and what it made count with it."""

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
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import BANK, OWN_FUNDS, cash_received, credit, debit, held
from voorjebuurt.ledger.service import post
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.closing import cancel_campaign, decide_campaign
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.pledges.tins.checks import cash_reversals_undo_arrivals
from voorjebuurt.pledges.tins.depositing import book_arrival, withdraw_deposit
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.returning import propose_cash_return, release_cash_return
from voorjebuurt.pledges.tins.reversing import drop_reversal, propose_reversal, release_reversal


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5_000)


@pytest.fixture
def scene(session: Session, campaign: Campaign) -> CashScene:
    return CashScene(session, campaign)


def money(scene: CashScene) -> tuple[int, ...]:
    """At the bank, deposits that do not count, held; the books agree."""
    scene.session.flush()
    wrong = [each for each in check_books(scene.session, in_flight_max_days=10) if not each.passed]
    assert wrong == []
    campaign_id = scene.campaign.id
    return balances(scene.session, BANK, cash_received(campaign_id), held(campaign_id))


def crowd(scene: CashScene) -> tuple[int, int]:
    total = crowd_totals(scene.session, [scene.campaign.id])[scene.campaign.id]
    return total.crowd_cents, total.donors


def state(scene: CashScene, gift_id: object) -> str:
    return scene.session.get_one(CashGift, gift_id).state


def test_cash_that_counted_is_on_its_way_again_and_counts_anew_when_it_comes(
    scene: CashScene,
) -> None:
    gifts = [scene.in_tin(4_000), scene.in_tin(2_000)]
    deposit = scene.deposit()
    arrival = scene.arrived(deposit)
    assert (money(scene), crowd(scene)) == ((6_000, 0, 6_000), (6_000, 2))
    reversal_id = scene.reversal(arrival)
    assert money(scene) == (6_000, 0, 6_000), "one person changes nothing"
    scene.reverse(reversal_id)
    assert (money(scene), crowd(scene)) == ((0, 0, 0), (0, 0))
    assert (arrival.state, deposit.state, deposit.settled_at) == ("reversal", "way", None)
    assert {state(scene, gift_id) for gift_id in gifts} == {"way"}
    again = scene.arrived(deposit, line="L1")  # the same line, this time rightly
    assert (money(scene), crowd(scene)) == ((6_000, 0, 6_000), (6_000, 2))
    scene.reverse(scene.reversal(again))
    assert (money(scene), crowd(scene)) == ((0, 0, 0), (0, 0))


def test_the_tin_can_be_deposited_anew_after_a_reversal(scene: CashScene) -> None:
    gift_id = scene.in_tin(4_000)
    deposit = scene.deposit()
    scene.reverse(scene.reversal(scene.arrived(deposit)))
    withdraw_deposit(
        scene.session, campaign_id=scene.campaign.id, deposit_id=deposit.id, actor=scene.first
    )
    assert state(scene, gift_id) == "tin"
    scene.arrived(scene.deposit(), line="L2")
    assert (state(scene, gift_id), money(scene)) == ("bank", (4_000, 0, 4_000))


def test_what_came_beside_a_whole_deposit_is_reversed_alone(scene: CashScene) -> None:
    scene.in_tin(4_000)
    deposit = scene.deposit()
    scene.arrived(deposit)
    twice = scene.arrived(deposit, line="L2")
    assert money(scene) == (8_000, 4_000, 4_000)
    scene.reverse(scene.reversal(twice))
    assert (deposit.state, money(scene)) == ("bank", (4_000, 0, 4_000))


def test_a_wrong_day_is_mended_by_a_reversal(scene: CashScene) -> None:
    gift_id = scene.in_tin(4_000)
    deposit = scene.deposit()
    assert scene.campaign.deadline_on
    with pytest.MonkeyPatch.context() as patch:
        day = scene.campaign.deadline_on.replace(year=scene.campaign.deadline_on.year + 1)
        patch.setattr(clock, "today", lambda: day)
        late = scene.arrived(deposit, day=day)
    assert (state(scene, gift_id), money(scene)) == ("back", (4_000, 4_000, 0))
    scene.reverse(scene.reversal(late))
    assert (state(scene, gift_id), deposit.state) == ("way", "way")
    scene.arrived(deposit, line="L2")
    assert (state(scene, gift_id), money(scene)) == ("bank", (4_000, 0, 4_000))


def test_two_of_the_staff_reverse_and_say_why(scene: CashScene) -> None:
    scene.in_tin(4_000)
    arrival = scene.arrived(scene.deposit())
    ids = {"arrival_id": arrival.id, "campaign_id": scene.campaign.id}
    with pytest.raises(DomainError, match="cash_reason_missing"):
        propose_reversal(scene.session, **ids, reason=" ", actor=scene.bram)
    reversal_id = scene.reversal(arrival)
    with pytest.raises(DomainError, match="cash_reversal_waits"):
        scene.reversal(arrival)
    own = {"reversal_id": reversal_id, "campaign_id": scene.campaign.id}
    with pytest.raises(ForbiddenError, match="own_proposal"):
        release_reversal(scene.session, **own, actor=scene.bram)
    with pytest.raises(ForbiddenError, match="own_campaign"):
        release_reversal(scene.session, **own, actor=scene.second)
    drop_reversal(scene.session, **own, actor=scene.anna)
    with pytest.raises(TransitionError):
        scene.reverse(reversal_id)
    assert money(scene) == (4_000, 0, 4_000)


def test_what_went_back_is_not_reversed_below_zero(scene: CashScene) -> None:
    scene.in_tin(2_000)
    arrival = scene.arrived(scene.deposit(), 3_000)
    back = propose_cash_return(scene.session, campaign_id=scene.campaign.id, actor=scene.anna)
    today = clock.today()
    release_cash_return(scene.session, return_id=back, sent_on=today, actor=scene.bram)
    with pytest.raises(DomainError, match="cash_reversal_below_zero"):
        scene.reverse(scene.reversal(arrival))


def test_a_success_that_counts_on_it_stays(scene: CashScene) -> None:
    scene.in_tin(6_000)
    arrival = scene.arrived(scene.deposit())
    scene.campaign.status = "closing"
    scene.campaign.status = "closing"
    assert decide_campaign(scene.session, campaign_id=scene.campaign.id, terms=NO_SECOND_CHANCE)
    assert scene.campaign.status == "succeeded"
    with pytest.raises(DomainError, match="cash_reversal_too_late"):
        scene.reverse(scene.reversal(arrival))


def test_of_a_campaign_that_stopped_the_cash_stays_on_the_return_list(scene: CashScene) -> None:
    gift_id = scene.in_tin(4_000)
    deposit = scene.deposit()
    late = scene.seen(deposit)
    cancel_campaign(scene.session, campaign_id=scene.campaign.id, reason="Gestopt", actor=SYSTEM)
    book_arrival(scene.session, arrival_id=late.id, actor=scene.bram)
    assert money(scene) == (4_000, 4_000, 0)
    scene.reverse(scene.reversal(late))
    assert (state(scene, gift_id), deposit.state, money(scene)) == ("back", "void", (0, 0, 0))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cash_arrivals SET state = 'reversal'",
        "UPDATE cash_arrivals SET state = 'entry', booked_by = NULL",
        "INSERT INTO cash_reversals (id, arrival_id, amount_cents, reason, state, proposed_at,"
        " proposed_by) SELECT id, id, 1, 'x', 'proposal', entered_at, entered_by"
        " FROM cash_arrivals",
    ],
)
def test_the_database_reverses_nothing_by_itself(scene: CashScene, statement: str) -> None:
    scene.in_tin(4_000)
    scene.arrived(scene.deposit())
    with pytest.raises(IntegrityError), scene.session.begin_nested():
        scene.session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cash_reversals SET amount_cents = 1",
        "UPDATE cash_reversals SET released_by = proposed_by, released_at = proposed_at,"
        " state = 'booking'",
        "DELETE FROM cash_reversals",
    ],
)
def test_the_database_keeps_a_reversal_as_it_was_proposed(scene: CashScene, statement: str) -> None:
    scene.in_tin(4_000)
    scene.reversal(scene.arrived(scene.deposit()))
    with pytest.raises(IntegrityError), scene.session.begin_nested():
        scene.session.execute(text(statement))


def test_the_check_finds_a_reversal_that_is_not_in_the_books(scene: CashScene) -> None:
    scene.in_tin(4_000)
    arrival = scene.arrived(scene.deposit())
    scene.reverse(scene.reversal(arrival))
    assert cash_reversals_undo_arrivals(scene.session).passed
    post(
        scene.session,
        kind=BookingKind.CASH_REVERSED,
        key="cash_arrival:x:reversed",
        entries=[debit(OWN_FUNDS, 1), credit(BANK, 1)],
    )
    differences = cash_reversals_undo_arrivals(scene.session).differences
    assert [str(line) for line in differences] == [
        "cash_arrival:x:reversed: 0 cents of cash are not reversed as they were booked"
    ]
