"""The day to aim at stands beside the day of the law, and only where it is before that."""

from datetime import date

from voorjebuurt.decisions.rules.terms import DAYS_BEFORE_END, aim_before, award_by

LEGAL, END = date(2026, 7, 27), date(2026, 7, 1)


def test_a_live_fund_that_runs_aims_before_the_end_of_the_campaign() -> None:
    aim = aim_before(LEGAL, live=True, last_day=END)
    assert aim == award_by(LEGAL, live=True, last_day=END)
    assert aim is not None
    assert (END - aim).days == DAYS_BEFORE_END


def test_elsewhere_there_is_only_the_day_of_the_law() -> None:
    assert aim_before(LEGAL, live=False, last_day=END) is None
    assert aim_before(LEGAL, live=True, last_day=None) is None
    assert aim_before(END, live=True, last_day=LEGAL) is None
