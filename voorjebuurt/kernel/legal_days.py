"""Days by Dutch law: general holidays, and where a term set by law ends. Pure.

Source: Algemene termijnenwet (Atw), articles 1, 3 and 4. A term counts from the day after the
fact that starts it, and ends with its last day, at midnight in Amsterdam. Days that a decree puts
on a par with holidays for one year (Atw 3, third paragraph) are not known here; such a day can only
give somebody one day more, so nobody is told a later day than the law gives.
"""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
LONG_TERM_DAYS = 84
"""A term of more than twelve weeks is not moved (Atw 4, under a)."""


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The general holidays of a year, and Good Friday, which counts as one (Atw 3).

    King's Day is 27 April, or the 26th when that is a Sunday; 5 May is one every year.
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.isoweekday() == 7:
        kings_day -= timedelta(days=1)
    after_easter = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    return frozenset(
        {
            date(year, 1, 1),
            kings_day,
            date(year, 5, 5),
            date(year, 12, 25),
            date(year, 12, 26),
            *(sunday + timedelta(days=days) for days in after_easter),
        }
    )


def is_free(day: date) -> bool:
    """Whether no term set by law ends on ``day``: a Saturday, Sunday or general holiday."""
    return day.weekday() >= _SATURDAY or day in holidays(day.year)


def moved(day: date) -> date:
    """``day``, or the first day after it that is not free (Atw 1, first paragraph)."""
    while is_free(day):
        day += timedelta(days=1)
    return day


def last_day(after: date, *, weeks: int) -> date:
    """The last day of a term of so many weeks that starts the day after ``after``.

    A term of more than twelve weeks ends where it ends, also on a Sunday (Atw 4).
    """
    end = after + timedelta(weeks=weeks)
    return end if weeks * 7 > LONG_TERM_DAYS else moved(end)
