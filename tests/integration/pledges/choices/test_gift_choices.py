"""What donors choose: their word stands, and what is taken back goes at once."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.pledges import PledgeFactory
from tests.support.giving import attempt, balances, jobs_of, paid, pledge, tell
from tests.support.near_misses import REST, asking, in_time, near_miss_of, nearly
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.ledger.rules import REFUNDS_IN_FLIGHT, held, tips_deferred
from voorjebuurt.payments.models import Refund
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.models import MatchClaim
from voorjebuurt.pledges.near_miss.models import NearMissAnswer
from voorjebuurt.pledges.near_miss.rules import Answer


def answers(session: Session) -> list[str]:
    session.flush()
    return sorted(session.scalars(select(NearMissAnswer.answer)))


def test_what_is_taken_back_goes_in_the_same_transaction(session: Session) -> None:
    case = asking(session)
    with clock.at(in_time(case)):
        answer_gift(session, token=case.first.token, answer=Answer.BACK, actor=GUEST)
    session.flush()
    accounts = (held(case.campaign.id), tips_deferred(case.campaign.id), REFUNDS_IN_FLIGHT)
    assert balances(session, *accounts) == (40_000, 200, 50_200)
    assert (case.first.status, case.first.refund_reason) == ("refunding", "donor_choice")
    assert [
        claim.kind for claim in session.scalars(select(MatchClaim).order_by(MatchClaim.seq))
    ] == [
        "gift",
        "gift",
        "refund",
    ]
    (message,) = mails_of(session, "refund_asked")
    assert "U koos ervoor uw gift" in words_of(message)


def test_pressing_twice_orders_one_refund(session: Session) -> None:
    case = asking(session)
    with clock.at(in_time(case)):
        for _ in range(2):
            answer_gift(session, token=case.first.token, answer=Answer.BACK, actor=GUEST)
    session.flush()
    assert len(session.scalars(select(Refund)).all()) == 1


def test_who_keeps_may_still_take_back_and_not_the_other_way_round(session: Session) -> None:
    case = asking(session)
    with clock.at(in_time(case)):
        answer_gift(session, token=case.first.token, answer=Answer.KEEP, actor=GUEST)
        answer_gift(session, token=case.first.token, answer=Answer.BACK, actor=GUEST)
        with pytest.raises(DomainError, match="answer_final"):
            answer_gift(session, token=case.first.token, answer=Answer.KEEP, actor=GUEST)
    assert answers(session) == ["back"]


def test_the_database_keeps_what_was_taken_back(session: Session) -> None:
    case = asking(session)
    with clock.at(in_time(case)):
        answer_gift(session, token=case.first.token, answer=Answer.BACK, actor=GUEST)
    with pytest.raises(DBAPIError, match="never overruled"):
        session.execute(text("UPDATE near_miss_answers SET answer = 'keep'"))


def test_what_no_answer_means_stays_as_it_was_said(session: Session) -> None:
    nearly(session)
    with pytest.raises(DBAPIError, match="stays as it was said"):
        session.execute(text("UPDATE pledges SET no_answer = 'keep'"))


@pytest.mark.parametrize("when", ["before", "at the end"])
def test_an_answer_out_of_time_is_refused(session: Session, when: str) -> None:
    case = nearly(session) if when == "before" else asking(session)
    moment = in_time(case) if when == "before" else near_miss_of(session, case).ends_at
    with clock.at(moment), pytest.raises(DomainError, match="near_miss_over"):
        answer_gift(session, token=case.first.token, answer=Answer.BACK, actor=GUEST)
    assert case.first.status == "booked"


def test_more_only_where_the_plan_asks_for_it(session: Session) -> None:
    case = asking(session)
    with clock.at(in_time(case)), pytest.raises(DomainError, match="no_more_asked"):
        answer_gift(session, token=case.first.token, answer=Answer.MORE, actor=GUEST)


def test_an_unknown_link_and_a_gift_that_was_never_paid(session: Session) -> None:
    case = nearly(session)
    with pytest.raises(NotFoundError):
        answer_gift(session, token="x" * 32, answer=Answer.KEEP, actor=GUEST)
    promise = PledgeFactory(campaign=case.campaign, status="open")
    with clock.at(in_time(case)), pytest.raises(DomainError, match="gift_not_asked"):
        answer_gift(session, token=promise.token, answer=Answer.KEEP, actor=GUEST)


def test_a_gift_of_the_second_turn_counts_and_is_not_asked(session: Session) -> None:
    case = asking(session, REST)
    with clock.at(in_time(case)):
        extra, payment = paid(session, case.campaign, amount_cents=10_000, email="x@x.example")
        assert payment.booked_as == "contribution"
        with pytest.raises(DomainError, match="gift_not_asked"):
            answer_gift(session, token=extra.token, answer=Answer.BACK, actor=GUEST)
    assert balances(session, held(case.campaign.id)) == (100_000,)


def test_between_the_last_day_and_the_second_turn_a_payment_is_late(session: Session) -> None:
    case = nearly(session)
    with clock.at(in_time(case)), pytest.raises(DomainError, match="campaign_takes_no_pledges"):
        pledge(session, case.campaign)


def test_a_payment_after_the_second_turn_goes_back(session: Session) -> None:
    case = asking(session, REST)
    with clock.at(in_time(case)):
        payment = attempt(session, pledge(session, case.campaign, email="x@x.example"))
    end = near_miss_of(session, case).ends_at
    with clock.at(end):
        tell(session, payment, paid_at=end)
        book_payment(session, payment_id=payment.id)
    assert payment.booked_as == "returned"


def test_more_is_written_down_and_the_gift_stays(session: Session) -> None:
    case = asking(session, REST)
    with clock.at(in_time(case)):
        answer_gift(session, token=case.first.token, answer=Answer.MORE, actor=GUEST)
    assert answers(session) == ["more"]
    assert case.first.status == "booked"
    assert jobs_of(session, "pledges.refund_campaign") == 0
