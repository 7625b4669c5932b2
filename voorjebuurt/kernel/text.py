"""Amounts and moments as people read them. No Flask: mails and jobs use it too.

Locales are codes (``nl``, ``en``); moments are shown on the clocks of Amsterdam.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup, escape

from voorjebuurt.kernel import clock

_DAY_LOCALES = {"en": "en_GB"}


def direction(locale: str) -> str:
    """How a language is written: ``rtl`` or ``ltr``."""
    return Locale.parse(locale).text_direction


def euro(cents: int, locale: str) -> str:
    """``1250`` as ``€ 12,50`` (nl) or ``€12.50`` (en); whole euros without decimals."""
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    if cents % 100 == 0:
        pattern = pattern.replace("0.00", "0")
    amount = Decimal(cents).scaleb(-2)
    return format_currency(amount, "EUR", pattern, locale=locale, currency_digits=False)


def percent(value: int, locale: str) -> str:
    """``74`` as ``74%``."""
    return format_percent(Decimal(value) / 100, locale=locale)


def share(thousandths: int, locale: str) -> str:
    """``819`` as ``81,9%`` (nl) or ``81.9%``."""
    return format_percent(Decimal(thousandths) / 1000, format="#,##0.#%", locale=locale)


def day(moment: date, locale: str) -> str:
    """A date, or the date of a moment in Amsterdam: ``12 november 2026``."""
    return format_date(_local_date(moment), "long", locale=_DAY_LOCALES.get(locale, locale))


def short_day(moment: date, locale: str) -> str:
    """The same for tables: ``12 nov 2026``."""
    return format_date(_local_date(moment), "medium", locale=_DAY_LOCALES.get(locale, locale))


def moment(at: datetime, locale: str) -> str:
    """An aware moment: ``12 november 2026, 14:05``."""
    return f"{day(at, locale)}, {format_time(clock.local(at), 'HH:mm', locale=locale)}"


def time_of_day(at: datetime) -> str:
    """The time of an aware moment in Amsterdam: ``14:05``."""
    return f"{clock.local(at):%H:%M}"


def exact_moment(at: datetime, locale: str) -> str:
    """The same to the millisecond: ``12 november 2026, 14:05:09,123``."""
    local = clock.local(at)
    millisecond = f"{local.microsecond // 1000:03}"
    point = Locale.parse(locale).number_symbols["latn"]["decimal"]
    return f"{day(at, locale)}, {format_time(local, 'HH:mm:ss', locale=locale)}{point}{millisecond}"


def decimal(number: Decimal | str, locale: str) -> str:
    """A number with at most one decimal: ``20``, or ``20,5`` (nl); a text as mails keep it."""
    return str(format_decimal(Decimal(number), format="0.#", locale=locale))


def days_until(deadline: date) -> int:
    """Whole days from today to the deadline; 0 on its last day, negative afterwards.

    A date is a day that may still be used. An aware moment is the moment at which it is over,
    so the midnight that closes 12 November counts as the 12th.
    """
    if isinstance(deadline, datetime):
        deadline = clock.local(deadline - timedelta(microseconds=1)).date()
    return (deadline - clock.today()).days


def nl2br(text: str) -> Markup:
    """Plain text with its line ends kept."""
    return Markup("<br>\n").join(escape(line) for line in (text or "").splitlines())


def _local_date(at: date) -> date:
    return clock.local(at).date() if isinstance(at, datetime) else at
