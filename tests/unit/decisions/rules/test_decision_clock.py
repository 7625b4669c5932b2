"""The term for deciding: what stops it, what moves it, and where it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.decisions.rules.objections import (
    decide_objection_by,
    extended_by_law,
    is_in_time,
    object_until,
)
from voorjebuurt.decisions.rules.terms import TermEventKind, TermFact, suspended_days, term_of
from voorjebuurt.kernel.legal_days import is_free, moved

K = TermEventKind
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
MONDAY = date(2026, 6, 1)


def ask(on: date, days: int = 14) -> TermFact:
    return TermFact(K.COMPLETION_ASKED, on, on + timedelta(days=days))


def test_eight_weeks_from_the_day_after_the_receipt() -> None:
    term = term_of(MONDAY, weeks=8, facts=[])
    assert term.end == MONDAY + timedelta(days=56)
    assert (term.complete_by, term.extended, term.kept) == (None, False, None)


def test_a_completion_request_stops_the_clock_until_the_day_of_completion() -> None:
    question = ask(MONDAY + timedelta(days=3))
    completion = TermFact(K.COMPLETED, question.on + timedelta(days=8))
    assert suspended_days(question, completion) == 7
    term = term_of(MONDAY, weeks=8, facts=[question, completion])
    assert term.end == MONDAY + timedelta(days=63)
    assert (term.suspended_days, term.complete_by) == (7, None)


@pytest.mark.parametrize(("after", "days"), [(0, 0), (1, 0), (2, 1), (14, 13), (40, 14)])
def test_the_days_of_a_suspension(after: int, days: int) -> None:
    question = ask(MONDAY)
    assert suspended_days(question, TermFact(K.COMPLETED, MONDAY + timedelta(days=after))) == days


def test_a_term_for_completion_that_ends_unused_counts_whole() -> None:
    question = ask(MONDAY)
    lapse = TermFact(K.COMPLETION_EXPIRED, question.until or MONDAY)
    assert term_of(MONDAY, weeks=8, facts=[question, lapse]).suspended_days == 14
    standing = term_of(MONDAY, weeks=8, facts=[question])
    assert standing.complete_by == question.until
    assert standing.end == term_of(MONDAY, weeks=8, facts=[question, lapse]).end


def test_an_extension_names_the_new_day_and_a_later_suspension_adds_to_it() -> None:
    until = MONDAY + timedelta(days=84)
    extension = TermFact(K.EXTENDED, MONDAY + timedelta(days=50), until)
    assert term_of(MONDAY, weeks=8, facts=[extension]).end == until
    question = ask(MONDAY + timedelta(days=60))
    completion = TermFact(K.COMPLETED, question.on + timedelta(days=8))
    later = term_of(MONDAY, weeks=8, facts=[extension, question, completion])
    assert later.end == until + timedelta(days=7)
    assert later.extended


def test_a_decision_is_in_time_or_late_and_reopening_starts_anew() -> None:
    on_time = TermFact(K.DECIDED, MONDAY + timedelta(days=56))
    assert term_of(MONDAY, weeks=8, facts=[on_time]).kept is True
    late = TermFact(K.DECIDED, MONDAY + timedelta(days=57))
    assert term_of(MONDAY, weeks=8, facts=[late]).kept is False
    reopening = TermFact(K.REOPENED, MONDAY + timedelta(days=90), MONDAY + timedelta(days=112))
    again = term_of(MONDAY, weeks=8, facts=[late, reopening])
    assert (again.end, again.kept) == (MONDAY + timedelta(days=112), None)


@given(
    receipt_day=DAYS,
    weeks=st.integers(1, 12),
    turns=st.lists(st.tuples(st.integers(1, 20), st.integers(7, 56), st.integers(0, 60))),
)
def test_a_suspension_adds_exactly_its_days_and_no_end_is_free(
    receipt_day: date, weeks: int, turns: list[tuple[int, int, int]]
) -> None:
    facts, day, extra_days = [], receipt_day, 0
    for pause, term, length in turns:
        question = ask(day + timedelta(days=pause), term)
        is_late = length > term
        kind = K.COMPLETION_EXPIRED if is_late else K.COMPLETED
        end = TermFact(kind, question.on + timedelta(days=min(length, term)))
        facts += [question, end]
        extra_days += suspended_days(question, end)
        day = end.on
    whole_term = term_of(receipt_day, weeks=weeks, facts=facts)
    assert whole_term.suspended_days == extra_days
    expected = moved(receipt_day + timedelta(weeks=weeks) + timedelta(days=extra_days))
    assert whole_term.end == expected
    assert not is_free(whole_term.end)


def test_six_weeks_to_object_from_the_day_after_the_announcement() -> None:
    assert object_until(date(2026, 6, 1)) == date(2026, 7, 13)
    # Six weeks later is Good Friday: until the Tuesday after Easter.
    assert object_until(date(2026, 2, 20)) == date(2026, 4, 7)


def test_a_letter_in_the_post_in_time_may_come_a_week_later() -> None:
    until = date(2026, 7, 13)
    assert is_in_time(until, received_on=until)
    assert not is_in_time(until, received_on=until + timedelta(days=1))
    assert is_in_time(until, received_on=until + timedelta(days=7), posted_on=until)
    assert not is_in_time(until, received_on=until + timedelta(days=8), posted_on=until)
    day_late = until + timedelta(days=1)
    assert not is_in_time(until, received_on=day_late, posted_on=day_late)


@given(day=DAYS, early=st.integers(0, 30), committee=st.booleans())
def test_the_terms_of_an_objection_end_on_working_days(
    day: date, early: int, committee: bool
) -> None:
    until = object_until(day)
    receipt_day = until - timedelta(days=early)
    fields = {"in_time": True, "committee": committee}
    decide_by = decide_objection_by(until, received_on=receipt_day, **fields)
    weeks = timedelta(weeks=12 if committee else 6)
    assert not is_free(until)
    assert decide_by == moved(until + weeks)
    post_day = until + timedelta(days=7)  # In time, for it was posted by the last day.
    assert decide_by == decide_objection_by(until, received_on=post_day, **fields)
    late = decide_objection_by(until, received_on=post_day, in_time=False, committee=committee)
    assert late == moved(post_day + weeks)
    assert extended_by_law(decide_by) == moved(decide_by + timedelta(weeks=6))
