"""What receipts say: as PDF, and as a table for a spreadsheet."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from voorjebuurt.kernel import clock, text
from voorjebuurt.pledges.gift_receipts.queries import OwnGift, Return
from voorjebuurt.settings import OperatorSettings
from voorjebuurt.web.words.money_labels import GIFT_STATES

Lines = list[tuple[str, str]]


def gift_receipts_content(
    gifts: Sequence[OwnGift], *, year: int | None, operator: OperatorSettings, locale: str
) -> dict[str, Any]:
    """What the template reads: of one gift, or of all gifts of a year with what they add up to.

    A practice site has no operator; its receipts say that they are none.
    """
    heading = _("Receipt of a gift") if year is None else _("Gifts in %(year)s", year=year)
    return {
        "title": heading,
        "author": operator.name or "Voor je Buurt",
        "language": locale,
        "mark": "" if operator.name else _("Practice: this is not a receipt"),
        "payee": list(_payee(operator)),
        "receipts": [_receipt(gift, locale) for gift in gifts],
        "totals_title": _("Together"),
        "totals": _totals(gifts, locale) if year is not None else [],
        "notes": [
            _("This is a receipt of a gift, not an invoice."),
            _(
                "Made on %(day)s. What went back after that day is not on it.",
                day=_day(clock.now()),
            ),
        ],
    }


def gift_rows(gifts: Sequence[OwnGift], euros: Any) -> Iterator[list[str]]:
    """The rows of the table, below ``gift_columns``; ``euros`` writes an amount."""
    for gift in gifts:
        yield [
            gift.receipt or "",
            clock.local(gift.paid_at).date().isoformat() if gift.paid_at else "",
            gift.title,
            gift.group_name,
            gift.method or "",
            euros(gift.amount_cents),
            euros(gift.tip_cents),
            euros(gift.total_cents),
            euros(gift.returned_cents),
            euros(gift.left_cents),
            str(GIFT_STATES[gift.status][0]),
        ]


def gift_columns() -> list[str]:
    """The heads of the table."""
    return [
        _("Receipt"),
        _("Paid on"),
        _("Campaign"),
        _("Group"),
        _("Way of paying"),
        _("Gift"),
        _("Extra for the platform"),
        _("Total"),
        _("Paid back"),
        _("Left"),
        _("Status"),
    ]


def _payee(operator: OperatorSettings) -> Iterator[str]:
    yield _("Paid to: %(name)s", name=operator.name or "Voor je Buurt")
    yield from operator.address.splitlines()
    if operator.registration:
        yield _("Chamber of Commerce: %(number)s", number=operator.registration)


def _receipt(gift: OwnGift, locale: str) -> dict[str, Any]:
    lines: Lines = [
        (_("For"), _("Gift to the campaign “%(title)s”", title=gift.title)),
        (_("Group"), gift.group_name),
        (_("Paid by"), gift.name),
        (_("KvK number"), gift.books[0] if gift.books else ""),
        (_("Address"), ", ".join(gift.books[1:])),
        (_("Paid on"), _day(gift.paid_at) if gift.paid_at else ""),
        (_("Way of paying"), gift.method or ""),
        (_("Gift"), text.euro(gift.amount_cents, locale)),
        (_("Extra for the platform"), text.euro(gift.tip_cents, locale) if gift.tip_cents else ""),
        (_("Paid in total"), text.euro(gift.total_cents, locale)),
        *(_return(part, locale) for part in gift.returns),
    ]
    if gift.returns:
        lines.append((_("Left of it"), text.euro(gift.left_cents, locale)))
    return {
        "title": _("Receipt %(number)s", number=gift.receipt or ""),
        "lines": [list(line) for line in lines if line[1]],
    }


def _return(part: Return, locale: str) -> tuple[str, str]:
    amount = text.euro(part.cents, locale)
    if part.at is None:
        return _("On its way back"), amount
    day = _day(part.at)
    label = _("Taken back by the bank on %(day)s", day=day) if part.by_bank else ""
    return label or _("Paid back on %(day)s", day=day), amount


def _totals(gifts: Sequence[OwnGift], locale: str) -> list[list[str]]:
    sums = {
        _("Gift"): sum(gift.amount_cents for gift in gifts),
        _("Extra for the platform"): sum(gift.tip_cents for gift in gifts),
        _("Paid back, or on its way"): sum(gift.returned_cents for gift in gifts),
        _("Left of it"): sum(gift.left_cents for gift in gifts),
    }
    return [[label, text.euro(cents, locale)] for label, cents in sums.items()]


def _day(moment: datetime) -> str:
    return str(format_date(clock.local(moment).date(), "long", rebase=False))
