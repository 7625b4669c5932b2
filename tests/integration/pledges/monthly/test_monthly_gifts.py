"""What becomes of a monthly gift: begun, announced, collected, changed, paused, over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import (
    BOUNDS,
    balances,
    close,
    mails,
    pledge,
    taken,
    tell,
    tell_chargeback,
)
from tests.support.monthly import (
    begun,
    chosen,
    collected,
    first_attempt,
    make,
    months,
    noon,
    planned,
    states,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError, NotFoundError, TransitionError
from voorjebuurt.ledger.rules import held, tips_deferred
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.erasing.detaching import detach_donor
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly import changing
from voorjebuurt.pledges.monthly.choosing import choose_monthly
from voorjebuurt.pledges.monthly.collecting import advance, due_collections, to_release
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.queries import monthly_by_token, monthly_of_donor, monthly_of_gift
from voorjebuurt.pledges.monthly.rows import move
from voorjebuurt.pledges.service import change_pledge
from voorjebuurt.pledges.slow_gifts import slow_payments

START = datetime(2027, 1, 31, 10, tzinfo=UTC)
FEBRUARY, MARCH, APRIL = date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with clock.at(START):
        yield


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000, deadline_on=date(2027, 5, 7))


@pytest.fixture
def monthly(session: Session, campaign: Campaign) -> MonthlyGift:
    return begun(session, campaign)


def change(session: Session, monthly: MonthlyGift, cents: int, **values: Any) -> None:
    wish: dict[str, Any] = {
        "tip_cents": 200,
        "consent": False,
        "bounds": BOUNDS,
        "actor": GUEST,
    } | values
    changing.change_amount(
        session,
        token=monthly.token,
        amount_cents=cents,
        **wish,
    )
    session.flush()


def test_it_begins_with_the_first_payment(session: Session, monthly: MonthlyGift) -> None:
    assert (monthly.status, monthly.day, monthly.most) == ("run", 31, 4)
    assert monthly.until_on == APRIL
    (first,) = months(session, monthly)
    assert (first.month, first.state) == (date(2027, 1, 1), "arrival")
    assert {"monthly_begun", "receipt"} < set(mails(session))
    advance(session, monthly.id)
    assert states(session, monthly) == ["arrival"]


def test_each_month_is_announced_and_collected_as_a_gift_of_its_own(
    session: Session, campaign: Campaign, monthly: MonthlyGift
) -> None:
    with clock.at(noon(date(2027, 2, 22))):
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival"]
    for day in (FEBRUARY, MARCH, APRIL):
        collected(session, monthly, day)
    assert [row.due_on for row in months(session, monthly)[1:]] == [FEBRUARY, MARCH, APRIL]
    assert balances(session, held(campaign.id), tips_deferred(campaign.id)) == (20_000, 800)
    assert (monthly.status, monthly.reason) == ("end", "complete")
    assert mails(session).count("monthly_announced") == 3
    assert all(each.passed for each in check_books(session, in_flight_max_days=10))
    gifts = session.query(Pledge).order_by(Pledge.created_at).all()
    assert {gift.email for gift in gifts} == {"noor@voorbeeld.example"}
    assert len({gift.token for gift in gifts}) == 4


def test_a_month_is_made_once(session: Session, monthly: MonthlyGift) -> None:
    collection = planned(session, monthly, FEBRUARY)
    with clock.at(noon(FEBRUARY - timedelta(days=1))):
        assert make(session, collection.id) is None
        assert due_collections(session) == []
    with clock.at(noon(FEBRUARY)):
        assert due_collections(session) == [(monthly.id, collection.id)]
        first, second = make(session, collection.id), make(session, collection.id)
        assert first is not None
        assert second is first
        assert (first.sequence, first.mandate_id, first.amount_cents) == (
            "recurring",
            "mdt_abc",
            5200,
        )
        assert due_collections(session) == [(monthly.id, collection.id)]
    with clock.at(noon(MARCH)):
        assert list(slow_payments(session, limit=5)) == []
    assert states(session, monthly) == ["arrival", "way"]


def test_a_failure_is_told_once_and_paid_after_all_counts(
    session: Session, monthly: MonthlyGift
) -> None:
    payment = collected(session, monthly, FEBRUARY, "failed")
    for _ in range(2):
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "failure"]
    assert mails(session).count("monthly_failed") == 1
    with clock.at(noon(FEBRUARY + timedelta(days=2))):
        tell(session, payment, "paid")
        book_payment(session, payment_id=payment.id)
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "arrival"]


def test_two_failures_in_a_row_stop_it(session: Session, monthly: MonthlyGift) -> None:
    collected(session, monthly, FEBRUARY, "failed")
    collected(session, monthly, MARCH, "failed")
    assert (monthly.status, monthly.reason) == ("stop", "failures")
    assert mails(session).count("monthly_over") == 1
    assert list(to_release(session)) == [monthly.id]


def test_what_is_charged_back_is_a_failure_that_is_told_where_it_is_booked(
    session: Session, monthly: MonthlyGift
) -> None:
    payment = collected(session, monthly, FEBRUARY)
    with clock.at(noon(date(2027, 3, 10))):
        tell_chargeback(session, payment, taken())
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "failure"]
    assert "monthly_failed" not in mails(session)
    collected(session, monthly, MARCH, "failed")
    assert (monthly.status, monthly.reason) == ("stop", "failures")


def test_a_lower_amount_holds_at_once_and_a_higher_one_from_the_next_announcement(
    session: Session, monthly: MonthlyGift
) -> None:
    collection = planned(session, monthly, FEBRUARY)
    with pytest.raises(DomainError, match="monthly_raise_not_agreed") as error:
        change(session, monthly, 7000)
    assert error.value.field == "agreed"
    change(session, monthly, 7000, consent=True)
    assert (collection.amount_cents, monthly.amount_cents) == (5000, 7000)
    change(session, monthly, 4000, tip_cents=0)
    assert (collection.amount_cents, collection.tip_cents) == (4000, 0)
    change(session, monthly, 4000, tip_cents=0)
    assert mails(session).count("monthly_changed") == 2
    with clock.at(noon(FEBRUARY)):
        payment = make(session, collection.id)
        assert payment is not None
        assert payment.amount_cents == 4000


@pytest.mark.parametrize(
    ("cents", "tip", "code", "field"),
    [
        (99, 0, "pledge_too_low", "amount"),
        (600_000, 0, "pledge_too_high", "amount"),
        (5000, 60_000, "tip_too_high", "tip"),
    ],
)
def test_an_amount_out_of_bounds_is_refused_at_its_field(
    session: Session, monthly: MonthlyGift, cents: int, tip: int, code: str, field: str
) -> None:
    with pytest.raises(DomainError, match=code) as error:
        change(session, monthly, cents, tip_cents=tip, consent=True)
    assert error.value.field == field


def test_paused_nothing_is_collected_and_what_went_by_is_not_made_up_for(
    session: Session, monthly: MonthlyGift
) -> None:
    collection = planned(session, monthly, FEBRUARY)
    for _ in range(2):
        changing.pause(session, token=monthly.token, actor=GUEST)
    assert (monthly.status, states(session, monthly)) == ("pause", ["arrival", "skip"])
    with clock.at(noon(FEBRUARY)):
        assert make(session, collection.id) is None
    with clock.at(noon(MARCH)):
        advance(session, monthly.id)
        for _ in range(2):
            changing.resume(session, token=monthly.token, actor=GUEST)
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "skip", "skip"]
    collected(session, monthly, APRIL)
    assert states(session, monthly) == ["arrival", "skip", "skip", "arrival"]


def test_who_goes_on_in_time_gives_in_that_month(session: Session, monthly: MonthlyGift) -> None:
    changing.pause(session, token=monthly.token, actor=GUEST)
    with clock.at(noon(date(2027, 2, 10))):
        changing.resume(session, token=monthly.token, actor=GUEST)
    assert planned(session, monthly, FEBRUARY).due_on == FEBRUARY


def test_stopped_is_for_good(session: Session, monthly: MonthlyGift) -> None:
    planned(session, monthly, FEBRUARY)
    for _ in range(2):
        changing.stop(session, token=monthly.token, actor=GUEST)
    assert (monthly.status, monthly.reason) == ("stop", "donor")
    assert states(session, monthly) == ["arrival", "skip"]
    for deed in (changing.pause, changing.resume):
        with pytest.raises(DomainError, match="monthly_over"):
            deed(session, token=monthly.token, actor=GUEST)
    with pytest.raises(DomainError, match="monthly_over"):
        change(session, monthly, 1000)
    assert mails(session).count("monthly_over") == 1
    with pytest.raises(NotFoundError):
        changing.stop(session, token="x" * 30, actor=GUEST)


def test_what_is_at_the_bank_still_arrives_before_the_mandate_is_let_go(
    session: Session, monthly: MonthlyGift
) -> None:
    collection = planned(session, monthly, FEBRUARY)
    with clock.at(noon(FEBRUARY)):
        payment = make(session, collection.id)
        assert payment is not None
        changing.stop(session, token=monthly.token, actor=GUEST)
        assert list(to_release(session)) == []
        tell(session, payment, "paid")
        book_payment(session, payment_id=payment.id)
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "arrival"]
    assert list(to_release(session)) == [monthly.id]


def test_the_end_of_the_campaign_ends_it(
    session: Session, campaign: Campaign, monthly: MonthlyGift
) -> None:
    close(session, campaign)
    advance(session, monthly.id)
    assert (monthly.status, monthly.reason) == ("end", "campaign")
    assert mails(session).count("monthly_over") == 1


def test_who_is_erased_gives_no_more_and_hears_nothing(
    session: Session, monthly: MonthlyGift
) -> None:
    detach_donor(session, session.get_one(Pledge, monthly.first_pledge_id))
    session.flush()
    advance(session, monthly.id)
    assert (monthly.status, monthly.reason) == ("end", "erasure")
    assert "monthly_over" not in mails(session)


def test_a_failed_month_whose_donor_is_forgotten_stops_nothing(
    session: Session, monthly: MonthlyGift
) -> None:
    payment = collected(session, monthly, FEBRUARY, "failed")
    detach_donor(session, session.get_one(Pledge, payment.pledge_id))
    session.flush()
    assert collected(session, monthly, MARCH).status == "paid"


def test_while_gifts_are_paused_nothing_is_announced_or_made(
    session: Session, campaign: Campaign, monthly: MonthlyGift
) -> None:
    collection = planned(session, monthly, FEBRUARY)
    campaign.pledges_stopped_at = clock.now()
    session.flush()
    with clock.at(noon(FEBRUARY)):
        assert make(session, collection.id) is None
    with clock.at(noon(FEBRUARY + timedelta(days=4))):
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "skip"]
    with clock.at(noon(MARCH)):
        advance(session, monthly.id)
    assert states(session, monthly) == ["arrival", "skip"]


def test_a_first_payment_without_mandate_is_asked_after_for_a_day(
    session: Session, campaign: Campaign
) -> None:
    promise, monthly = chosen(session, campaign)
    payment = tell(session, first_attempt(session, promise, monthly))
    book_payment(session, payment_id=payment.id)
    advance(session, monthly.id)
    assert monthly.status == "first"
    jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'payments.sync'")
    assert session.scalar(jobs) == 1
    with clock.at(START + timedelta(days=2)):
        advance(session, monthly.id)
    assert (monthly.status, monthly.reason) == ("break", "mandate")


@pytest.mark.parametrize("how", ["closed", "forgotten", "sent back"])
def test_a_first_payment_that_never_counts_ends_it(
    session: Session, campaign: Campaign, how: str
) -> None:
    promise, monthly = chosen(session, campaign)
    advance(session, monthly.id)
    assert monthly.status == "first"
    if how == "closed":
        close(session, campaign, wins=False)
    elif how == "forgotten":
        detach_donor(session, promise)
    else:
        promise.status, promise.booked_at = "refunded", clock.now()
    session.flush()
    advance(session, monthly.id)
    assert (monthly.status, monthly.reason) == ("end", "unpaid")
    assert "monthly_over" not in mails(session)


def test_a_mandate_that_comes_after_all_was_let_go_is_let_go_too(
    session: Session, campaign: Campaign
) -> None:
    promise, monthly = chosen(session, campaign)
    payment = first_attempt(session, promise, monthly)
    choose_monthly(session, pledge=promise, wish=False, actor=GUEST)
    session.flush()
    monthly.released_at = clock.now()
    with clock.at(START + timedelta(hours=2)):
        tell(session, payment, mandate_id="mdt_late")
        book_payment(session, payment_id=payment.id)
        advance(session, monthly.id)
    assert monthly.status == "stop"
    assert list(to_release(session)) == [monthly.id]


def test_the_choice_follows_what_is_corrected(session: Session, campaign: Campaign) -> None:
    promise, monthly = chosen(session, campaign)
    tell(session, first_attempt(session, promise, monthly), "failed")
    successor = change_pledge(
        session,
        token=promise.token,
        details=details_of(promise, amount_cents=2500),
        bounds=BOUNDS,
        actor=GUEST,
    )
    choose_monthly(session, pledge=successor, wish=True, actor=GUEST)
    later = monthly_of_gift(session, successor.id)
    assert later is not None
    assert (later.amount_cents, later.status, monthly.status) == (2500, "first", "stop")
    row = session.query(MonthlyGift).filter_by(first_pledge_id=successor.id).one()
    assert (row.customer_id is not None, monthly.customer_id) == (True, None)
    choose_monthly(session, pledge=successor, wish=False, actor=GUEST)
    assert monthly_of_gift(session, successor.id) is None
    choose_monthly(session, pledge=successor, wish=True, actor=GUEST)
    choose_monthly(session, pledge=successor, wish=True, actor=GUEST)
    assert monthly_of_gift(session, successor.id) is not None


def details_of(promise: Pledge, **values: Any) -> Any:
    names = PledgeDetails.__dataclass_fields__
    details = PledgeDetails(**{name: getattr(promise, name) for name in names})
    return replace(details, **values)


def test_it_can_t_be_chosen_where_no_month_fits(session: Session) -> None:
    campaign = CampaignFactory(status="live", deadline_on=date(2027, 3, 6))
    with pytest.raises(DomainError, match="monthly_too_late") as error:
        choose_monthly(session, pledge=pledge(session, campaign), wish=True, actor=GUEST)
    assert error.value.field == "often"
    choose_monthly(session, pledge=pledge(session, campaign), wish=False, actor=GUEST)


def test_its_donor_sees_it(session: Session, monthly: MonthlyGift) -> None:
    collection = planned(session, monthly, FEBRUARY)
    view = monthly_by_token(session, monthly.token)
    assert view is not None
    assert (view.next_on, view.next_cents, view.is_announced) == (FEBRUARY, 5200, True)
    assert (view.most_cents, view.is_over) == (4 * 5200, False)
    assert [month.state for month in view.months] == ["arrival", "plan"]
    assert collection.pledge_id is None
    assert monthly_by_token(session, "nothing") is None
    mine = monthly_of_donor(session, email="noor@voorbeeld.example", person_id=monthly.id)
    assert [each.token for each in mine] == [monthly.token]
    assert monthly_of_donor(session, email="iemand@voorbeeld.example", person_id=None) == []


class TestWhatTheDatabaseRefuses:
    def refused(self, session: Session, name: str, sql: str, **values: object) -> None:
        with pytest.raises(IntegrityError, match=name), session.begin_nested():
            session.execute(text(sql), values)

    def other(self, session: Session, campaign: Campaign, cents: int = 5000) -> Pledge:
        return pledge(session, campaign, amount_cents=cents)

    def test_two_in_one_month(self, session: Session, monthly: MonthlyGift) -> None:
        with pytest.raises(IntegrityError, match="monthly_gift_id_month"), session.begin_nested():
            session.add(
                MonthlyCollection(
                    monthly_gift_id=monthly.id,
                    month=date(2027, 1, 1),
                    due_on=date(2027, 1, 31),
                    amount_cents=1,
                    tip_cents=0,
                    state="skip",
                )
            )
            session.flush()

    SET = "UPDATE monthly_collections SET pledge_id = :pledge, state = 'way' WHERE id = :id"

    def test_more_than_was_announced(
        self, session: Session, campaign: Campaign, monthly: MonthlyGift
    ) -> None:
        collection = planned(session, monthly, FEBRUARY)
        gift = self.other(session, campaign, 6000)
        self.refused(session, "not as it was agreed", self.SET, pledge=gift.id, id=collection.id)

    def test_more_often_later_or_while_it_does_not_run(
        self, session: Session, campaign: Campaign, monthly: MonthlyGift
    ) -> None:
        collection = planned(session, monthly, FEBRUARY)
        gift = self.other(session, campaign)
        for change in (
            "until_on = '2027-02-27'",
            "status = 'pause'",
        ):
            with session.begin_nested() as part:
                session.execute(
                    text(f"UPDATE monthly_gifts SET {change} WHERE id = :id"), {"id": monthly.id}
                )
                self.refused(
                    session, "not as it was agreed", self.SET, pledge=gift.id, id=collection.id
                )
                part.rollback()
        session.execute(
            text("UPDATE monthly_collections SET notice_at = NULL WHERE id = :id"),
            {"id": collection.id},
        )
        self.refused(session, "not as it was agreed", self.SET, pledge=gift.id, id=collection.id)

    def test_another_gift_for_a_month_or_none(
        self, session: Session, campaign: Campaign, monthly: MonthlyGift
    ) -> None:
        (first,) = months(session, monthly)
        gift = self.other(session, campaign)
        self.refused(session, "stays", self.SET, pledge=gift.id, id=first.id)
        self.refused(
            session, "stays", "DELETE FROM monthly_collections WHERE id = :id", id=first.id
        )

    def test_collecting_without_a_mandate(self, session: Session, monthly: MonthlyGift) -> None:
        sql = "UPDATE monthly_gifts SET mandate_id = NULL WHERE id = :id"
        self.refused(session, "ck_monthly_gifts_mandate", sql, id=monthly.id)


def test_a_state_is_not_left_twice(session: Session, monthly: MonthlyGift) -> None:
    with pytest.raises(TransitionError):
        move(monthly, "start")
