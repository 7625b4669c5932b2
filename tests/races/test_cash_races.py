"""Several who handle cash do something at the same moment."""

from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.cash import CashScene
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.desk import BOUNDS, at_desk, terms
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.staff import with_role
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import BANK, cash_received, held
from voorjebuurt.payments.models import Payment
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.by_hand.models import DeskGift
from voorjebuurt.pledges.by_hand.rules import DeskWay
from voorjebuurt.pledges.closing import cancel_campaign
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.desk.giving import make_desk_gift
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.service import start_attempt
from voorjebuurt.pledges.tins.collecting import confirm_cash
from voorjebuurt.pledges.tins.depositing import book_arrival, make_deposit, withdraw_deposit
from voorjebuurt.pledges.tins.models import CashDeposit, CashGift
from voorjebuurt.pledges.tins.returning import propose_cash_return, release_cash_return
from voorjebuurt.pledges.tins.reversing import release_reversal


def refused(results: list[object]) -> list[str]:
    no_deadlock(results)
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, DomainError)]
    assert wrong == []
    return [result.code for result in results if isinstance(result, DomainError)]


def right(database: Database) -> None:
    with database.snapshot() as session:
        assert all(each.passed for each in check_books(session, in_flight_max_days=10))


def test_receipts_of_gifts_confirmed_at_once_have_no_gap(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, list[UUID], Actor]:
        tin = CashScene(session, CampaignFactory(status="live"))
        return tin.campaign.id, [tin.entry() for _ in range(6)], tin.second

    campaign_id, gifts, second = build(scene)
    deeds = [
        alone(partial(confirm_cash, campaign_id=campaign_id, gift_id=gift_id, actor=second))
        for gift_id in (*gifts, gifts[0])
    ]
    assert refused([*at_once(*deeds)]) == ["wrong_state"]
    with fresh_database.reading() as session:
        assert sorted(gift.number or 0 for gift in session.query(CashGift)) == [1, 2, 3, 4, 5, 6]


def test_a_tin_is_deposited_once(fresh_database: Database, build: Build, alone: Alone) -> None:
    def scene(session: Session) -> tuple[UUID, Actor, Actor]:
        tin = CashScene(session, CampaignFactory(status="live"))
        tin.in_tin(2_500)
        return tin.campaign.id, tin.first, tin.second

    campaign_id, *actors = build(scene)
    deeds = [alone(partial(make_deposit, campaign_id=campaign_id, actor=actor)) for actor in actors]
    assert refused([*at_once(*deeds)]) == ["cash_tin_empty"]
    with fresh_database.reading() as session:
        assert [each.amount_cents for each in session.query(CashDeposit)] == [2_500]


def test_a_line_is_booked_once_and_not_withdrawn_meanwhile(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, UUID, UUID, list[Actor], Actor]:
        tin = CashScene(session, CampaignFactory(status="live"))
        tin.in_tin(2_500)
        deposit = tin.deposit()
        arrival = tin.seen(deposit)
        third = actor_of(with_role(session, "staff", "Carla Groen"))
        return tin.campaign.id, deposit.id, arrival.id, [tin.bram, third], tin.first

    campaign_id, deposit_id, arrival_id, staff, first = build(scene)
    book = [alone(partial(book_arrival, arrival_id=arrival_id, actor=actor)) for actor in staff]
    withdraw = partial(
        withdraw_deposit, campaign_id=campaign_id, deposit_id=deposit_id, actor=first
    )
    assert len(refused([*at_once(*book, alone(withdraw))])) == 2
    with fresh_database.reading() as session:
        assert balance(session, BANK) == balance(session, held(campaign_id)) == 2_500
    right(fresh_database)


def test_a_campaign_is_cancelled_while_its_deposit_is_booked(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, UUID, Actor]:
        tin = CashScene(session, CampaignFactory(status="live"))
        tin.in_tin(2_500)
        return tin.campaign.id, tin.seen(tin.deposit()).id, tin.bram

    campaign_id, arrival_id, bram = build(scene)
    book = partial(book_arrival, arrival_id=arrival_id, actor=bram)
    cancel = partial(cancel_campaign, campaign_id=campaign_id, reason="Gestopt", actor=SYSTEM)
    assert refused([*at_once(alone(book), alone(cancel))]) == []
    with fresh_database.reading() as session:
        rest = balance(session, held(campaign_id)) + balance(session, cash_received(campaign_id))
        assert (balance(session, BANK), rest) == (2_500, 2_500)
    right(fresh_database)


def test_money_goes_back_once(fresh_database: Database, build: Build, alone: Alone) -> None:
    def scene(session: Session) -> tuple[UUID, UUID, list[Actor]]:
        tin = CashScene(session, CampaignFactory(status="live"))
        tin.in_tin(2_500)
        tin.arrived(tin.deposit(), 4_000)
        back = propose_cash_return(session, campaign_id=tin.campaign.id, actor=tin.anna)
        third = actor_of(with_role(session, "staff", "Carla Groen"))
        return tin.campaign.id, back, [tin.bram, third]

    campaign_id, return_id, staff = build(scene)
    deeds = [
        alone(partial(release_cash_return, return_id=return_id, sent_on=clock.today(), actor=actor))
        for actor in staff
    ]
    assert refused([*at_once(*deeds)]) == ["wrong_state"]
    with fresh_database.reading() as session:
        assert balance(session, BANK) == 2_500
        assert balance(session, cash_received(campaign_id)) == 0
    right(fresh_database)


def test_an_arrival_is_reversed_once_while_its_donor_takes_the_cash_back(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, UUID, list[Actor], str]:
        tin = CashScene(session, CampaignFactory(status="live"))
        gift = at_desk(tin, DeskWay.CASH)
        tin.confirm(gift.id, tin.second)
        reversal = tin.reversal(tin.arrived(tin.deposit()))
        third = actor_of(with_role(session, "staff", "Carla Groen"))
        token = session.get_one(Pledge, gift.pledge_id).token
        return tin.campaign.id, reversal, [tin.anna, third], token

    campaign_id, reversal_id, staff, token = build(scene)
    deeds = [
        alone(
            partial(release_reversal, reversal_id=reversal_id, campaign_id=campaign_id, actor=actor)
        )
        for actor in staff
    ]
    deeds.append(alone(partial(take_back, token=token, actor=GUEST)))
    assert "wrong_state" in refused([*at_once(*deeds)])
    with fresh_database.reading() as session:
        assert balance(session, BANK) == balance(session, held(campaign_id)) == 0
    right(fresh_database)


def test_one_form_of_the_desk_sent_twice_at_once_is_one_gift(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, Actor]:
        tin = CashScene(session, CampaignFactory(status="live"))
        return tin.campaign.id, tin.first

    campaign_id, first = build(scene)
    for way in DeskWay:
        number = new_id()
        deed = partial(
            make_desk_gift,
            campaign_id=campaign_id,
            gift_id=number,
            terms=terms(way),
            bounds=BOUNDS,
            actor=first,
        )
        assert refused([*at_once(*[alone(deed) for _ in range(3)])]) == []
    with fresh_database.reading() as session:
        assert session.query(DeskGift).count() == 2
        assert (session.query(Pledge).count(), session.query(CashGift).count()) == (1, 1)


def test_a_gift_at_the_desk_that_is_paid_by_a_double_click_is_paid_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> str:
        gift = at_desk(CashScene(session, CampaignFactory(status="live")), DeskWay.CHECKOUT)
        return session.get_one(Pledge, gift.pledge_id).token

    token = build(scene)
    deed = partial(start_attempt, token=token, base_url="https://site.example", actor=GUEST)
    assert refused([*at_once(*[alone(deed) for _ in range(3)])]) == []
    with fresh_database.reading() as session:
        assert session.query(Payment).count() == 1
