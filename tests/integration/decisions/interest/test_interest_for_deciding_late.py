"""Interest of a municipality that decided late, or otherwise at first (Awb 4:100, 4:102)."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, objected, ruled
from tests.support.certain import certain
from tests.support.factories import payouts as make
from tests.support.factories.rounds import given
from tests.support.factories.towns import Town, officer, town_divided
from tests.support.late_awards import (
    CLAIM,
    FREE,
    TABLE,
    owed_due,
    owed_sent,
    paid,
    staff_of,
)
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.interest.owed import award_due, pending_owed
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.payouts.checks import check_books

ASKED, DECIDED, PAID = 220, 100, 90
"""So many days ago it was applied for, decided on and paid."""


def asked(session: Session, weeks: int = 8) -> Town:
    """An application of long ago, to a fund that decides within so many weeks; checked already."""
    then = clock.now() - timedelta(days=ASKED)
    with clock.at(then):
        case = town_divided(
            session, claim=CLAIM, prepaid=True, paid_in=CLAIM + FREE, decision_weeks=weeks
        )
        # Its success hangs on no award.
        case.campaign.kind = "keep_what_comes"
        case.application.received_at = then
        case.campaign.decided_at = then
        given(case.campaign, CLAIM, at=then)
        make.verified(session, staff_of(session, case))
    return case


def books_agree(session: Session) -> None:
    session.flush()
    checks = check_books(session, in_flight_max_days=10)
    check = "money_covers_what_is_owed"
    wrong = {each.name: each.differences for each in checks if not each.passed}
    assert {name: rows for name, rows in wrong.items() if name != check} == {}


def days_late(pay_by: date) -> int:
    return (clock.today() - timedelta(days=PAID) - pay_by).days - 1


def test_an_award_that_came_late_bears_interest_from_when_it_was_due(session: Session) -> None:
    """It was paid ten days after its letter, well within its six weeks."""
    case = asked(session)
    with clock.at(clock.now() - timedelta(days=DECIDED)):
        case.send(session, "award", CLAIM)
    with clock.at(clock.now() - timedelta(days=PAID)):
        paid(session, case)
    award = certain(award_due(session, case.application.id))
    assert award.decide_by is not None
    assert award.decide_by == session.get_one(Application, case.application.id).decide_by
    assert (award.is_late, award.after_objection) == (True, False)
    assert award.pay_by == pay_until(award.decide_by)
    cents = owed_due(session, case)
    assert cents == pytest.approx(CLAIM * 6 * days_late(award.pay_by) / 36_500, abs=2)
    pending = pending_owed(session, case.fund.municipality_id, TABLE)
    assert [facts.due_cents for facts in pending.values()] == [cents]
    decision = owed_sent(session, case)
    assert replay(decision.snapshot).differences == ()
    assert "artikel 4:100" in letters.write(decision.snapshot, None).text
    books_agree(session)


def test_a_term_to_decide_that_was_longer_is_looked_at(session: Session) -> None:
    case = asked(session, weeks=22)
    with clock.at(clock.now() - timedelta(days=DECIDED)):
        case.send(session, "award", CLAIM)
    with clock.at(clock.now() - timedelta(days=PAID)):
        paid(session, case)
    assert not certain(award_due(session, case.application.id)).is_late
    assert owed_due(session, case) == 0


def test_an_award_in_the_place_of_a_refusal_counts_by_the_first_term(session: Session) -> None:
    """Awb 4:102, second paragraph: the refusal itself was in time."""
    case = asked(session)
    with clock.at(clock.now() - timedelta(days=ASKED - 10)):
        refusal = case.send(session, "refusal", 0, "requirement")
        objection = objected(session, case, refusal)
    with clock.at(clock.now() - timedelta(days=DECIDED)):
        place = case.fund.municipality_id
        rosa, sam = officer(session, place, "Rosa"), officer(session, place, "Sam")
        heard(session, objection, rosa)
        ruled(session, objection, "upheld", Replacement("award", CLAIM), by=(rosa, sam))
    with clock.at(clock.now() - timedelta(days=PAID)):
        paid(session, case)
    award = certain(award_due(session, case.application.id))
    first_by = clock.today() - timedelta(days=ASKED) + timedelta(weeks=8)
    assert (award.is_late, award.after_objection) == (True, True)
    assert award.decide_by is not None
    assert 0 <= (award.decide_by - first_by).days <= 4
    cents = owed_due(session, case)
    assert cents == pytest.approx(CLAIM * 6 * days_late(award.pay_by) / 36_500, abs=2)
    decision = owed_sent(session, case)
    assert replay(decision.snapshot).differences == ()
    assert "artikel 4:102, tweede lid" in letters.write(decision.snapshot, None).text
    books_agree(session)
