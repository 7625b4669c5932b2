"""From when a municipality owes interest on an award, and which days count."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.decision_samples import OWED_INTEREST
from voorjebuurt.decisions.proof.owed_interest import (
    owed_interest_facts,
    owed_interest_is_same,
    returned_lines,
)
from voorjebuurt.decisions.rules.owed_interest import (
    AwardDue,
    ReturnedSum,
    counted_rates,
    pauses_of,
    returned_sums,
)
from voorjebuurt.decisions.rules.payment import pay_until

DAY = date(2025, 3, 3)
AWARD = AwardDue("BS-1", 100_000, DAY, DAY, DAY, None)


LATER = DAY + timedelta(days=3)


@pytest.mark.parametrize(
    "award",
    [
        replace(AWARD, sent_on=LATER),
        replace(AWARD, ended_on=LATER),
        replace(AWARD, checked_on=LATER),
    ],
)
def test_the_last_of_three_days_begins_the_six_weeks(award: AwardDue) -> None:
    assert AWARD.pay_by == DAY + timedelta(weeks=6)
    assert award.pay_by == LATER + timedelta(weeks=6)


@pytest.mark.parametrize(
    ("decide_by", "counted_on"),
    [(LATER, LATER), (LATER + timedelta(days=1), LATER + timedelta(days=1)), (None, None)],
)
def test_a_letter_that_came_late_counts_as_of_the_last_day_to_decide(
    decide_by: date | None, counted_on: date | None
) -> None:
    """Awb 4:100."""
    sent_on = LATER + timedelta(days=30)
    award = replace(AWARD, sent_on=sent_on, decide_by=decide_by)
    assert award.pay_by == pay_until(counted_on or sent_on)
    assert award.is_late is (decide_by is not None)


def test_a_letter_in_time_counts_as_of_its_own_day() -> None:
    award = replace(AWARD, decide_by=LATER)
    assert (award.pay_by, award.is_late) == (AWARD.pay_by, False)
    assert not replace(AWARD, decide_by=DAY).is_late


def test_what_was_kept_before_the_term_to_decide_was_is_counted_as_it_was() -> None:
    document = OWED_INTEREST.told()
    document["award"] = {
        key: value
        for key, value in document["award"].items()
        if key not in ("decide_by", "after_objection")
    }
    assert owed_interest_facts(document) == replace(OWED_INTEREST, rates=list(OWED_INTEREST.rates))


def test_days_on_which_a_new_account_was_not_checked_do_not_count() -> None:
    day, check = date(2025, 9, 1), date(2025, 9, 11)
    assert pauses_of([DAY, day], [DAY, check]) == ((day, date(2025, 9, 10)),)
    assert pauses_of([day], [day]) == ()
    assert pauses_of([DAY, day], [DAY]) == ()
    assert pauses_of([day], []) == ()


def test_a_pause_has_no_percentage_and_what_held_before_holds_after() -> None:
    rates = [(date(2025, 1, 1), Decimal(6)), (date(2025, 7, 1), Decimal(4))]
    pause = (date(2025, 6, 20), date(2025, 7, 10))
    assert list(counted_rates(rates, [pause])) == [
        (date(2025, 1, 1), Decimal(6)),
        (date(2025, 6, 20), Decimal(0)),
        (date(2025, 7, 11), Decimal(4)),
    ]


def test_a_late_letter_is_kept_with_its_term() -> None:
    award = replace(OWED_INTEREST.award, decide_by=date(2025, 3, 3), after_objection=True)
    facts = replace(OWED_INTEREST, award=award)
    assert owed_interest_facts(facts.told()) == replace(facts, rates=list(facts.rates))


def test_what_a_snapshot_keeps_is_counted_the_same_and_another_amount_is_not() -> None:
    document = OWED_INTEREST.told()
    assert owed_interest_facts(document).lines == OWED_INTEREST.lines
    assert owed_interest_is_same(document, 6_656)
    assert not owed_interest_is_same(document, 6_657)
    assert not owed_interest_is_same({**document, "total_cents": 1}, 6_656)


def test_nothing_can_be_laid_down_before_it_is_paid_or_up_to_another_day() -> None:
    facts = replace(OWED_INTEREST, award=replace(OWED_INTEREST.award, paid_on=None))
    assert facts.total_cents > 0
    assert facts.due_cents == 0
    assert replace(OWED_INTEREST, until=date(2026, 2, 1)).due_cents == 0


def test_less_than_ten_euros_is_not_due_and_what_was_before_is_taken_off() -> None:
    assert replace(OWED_INTEREST, least_cents=6_657).due_cents == 0
    assert replace(OWED_INTEREST, least_cents=6_656).due_cents == 6_656
    assert replace(OWED_INTEREST, before_cents=6_000).due_cents == 656


def test_the_last_payments_went_back_and_the_last_of_those_were_too_much() -> None:
    """Of € 3 and € 4, € 5 went back, of which € 4.50 was too much: all of the € 4 and 50 cents."""
    first, second, repaid_on = date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5)
    rest, sums = returned_sums(
        ((first, 300), (second, 400)), back_cents=500, excess=450, repaid_on=repaid_on
    )
    assert rest == ((first, 200),)
    assert [(each.cents, each.paid_on) for each in sums] == [(50, first), (400, second)]


def test_what_was_paid_too_much_bears_interest_from_its_day_until_the_day_it_went_back() -> None:
    """€ 1,000 for 59 days at 6% is € 9.69; after a year the interest of it joins the sum."""
    rates = ((date(2020, 1, 1), Decimal(6)),)
    short = ReturnedSum(100_000, date(2026, 1, 5), date(2026, 3, 5))
    [line] = returned_lines((short,), rates)
    assert (line.first, line.last, line.days, line.cents) == (
        date(2026, 1, 5),
        date(2026, 3, 4),
        59,
        100_000 * 6 * 59 // 36_500,
    )
    assert not short.is_over_a_year
    long = ReturnedSum(100_000, date(2025, 1, 5), date(2026, 1, 15))
    assert [(line.base_cents, line.days) for line in returned_lines((long,), rates)] == [
        (100_000, 365),
        (106_000, 10),
    ]
    assert long.is_over_a_year


def test_what_went_back_on_the_day_it_was_paid_bears_none() -> None:
    day = date(2026, 1, 5)
    assert returned_sums(((day, 300),), back_cents=300, excess=300, repaid_on=day) == ((), ())
