"""What the letter-sized receipt of a gift at the desk says."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _
from markupsafe import escape

from voorjebuurt.kernel import text
from voorjebuurt.pledges.desk.queries import DeskRow
from voorjebuurt.settings import OperatorSettings
from voorjebuurt.web.words.cash_labels import CASH_STATES, TELLINGS
from voorjebuurt.web.words.written import as_written


class DeskSheet(NamedTuple):
    """A receipt (eurocents). ``payee`` is who holds the money for the campaign, if it is known."""

    number: str
    title: str
    payee: str
    way: str
    is_paid: bool
    is_confirmed: bool
    name: str
    amount_cents: int
    day: date
    helper: str
    kind: str
    deadline_on: date | None
    no_answer: str
    address: Sequence[str]
    link: str

    @property
    def heading(self) -> str:
        """A receipt, or only a promise as long as it was not paid."""
        return str(_("Receipt of your gift") if self.is_paid else _("Your gift is written down"))


def desk_sheet_lines(
    sheet: DeskSheet, locale: str, *, on_page: bool = False
) -> list[tuple[str, str]]:
    """What stands in the table of the receipt; ``on_page``: words of people say their language."""
    mark: Callable[[str], str] = as_written if on_page else str
    about = _("Gift to the campaign “%(title)s”", title=sheet.title)
    if on_page:
        about = escape(_("Gift to the campaign “%(title)s”")) % {"title": mark(sheet.title)}
    way = _("In cash") if sheet.way == "cash" else _("On the payment page, with a bank app or card")
    lines = [
        (_("Number of the receipt"), sheet.number),
        (_("For"), about),
        (_("Paid to"), sheet.payee),
        (_("Name of the donor"), mark(sheet.name) or _("no name was told")),
        (_("Day of the gift"), str(format_date(sheet.day, "long", rebase=False))),
        (_("Way of paying"), way),
        (_("Amount"), text.euro(sheet.amount_cents, locale)),
        (_("Taken by"), mark(sheet.helper)),
    ]
    return [line for line in lines if line[1]]


def desk_sheet_notes(sheet: DeskSheet) -> list[str]:
    """What the donor must know: honest about what does not count yet."""
    notes = []
    if not sheet.is_paid and sheet.way == "checkout":
        notes.append(_("This gift was not paid when this sheet was printed."))
    if sheet.way == "cash" and not sheet.is_confirmed:
        notes.append(_("A second person still has to confirm this cash."))
    if sheet.way == "cash":
        notes.append(_("Your gift counts once the money is at the bank."))
    if sheet.deadline_on is not None:
        day = str(format_date(sheet.deadline_on, "long", rebase=False))
        notes.append(_("Until the end of %(day)s you can take your gift back yourself.", day=day))
    notes += _notes_of_the_end(sheet)
    notes.append(_("You have no internet? Then who took your gift tells you how it ends."))
    notes.append(_("Keep this sheet to yourself: who has the code can choose for you."))
    return notes


def _notes_of_the_end(sheet: DeskSheet) -> list[str]:
    """Only what is all or nothing goes back when it fails, or asks for a choice at a near miss."""
    if sheet.kind != "all_or_nothing":
        return [_("This campaign keeps what comes in, even if the goal is not reached.")]
    return [
        _("Is there not enough money? Then you get everything back, by itself."),
        _("Is there almost enough? You choose. If you don't choose, your gift stays with the plan.")
        if sheet.no_answer == "keep"
        else _("Is there almost enough? You choose. If you don't choose, you get your gift back."),
    ]


def desk_sheet_content(
    sheet: DeskSheet, *, code: str, operator: OperatorSettings, locale: str
) -> dict[str, Any]:
    """What the template of receipts reads. A practice site has no operator; the sheet says so."""
    return {
        "title": sheet.heading,
        "author": operator.name or "Voor je Buurt",
        "language": locale,
        "mark": "" if operator.name else _("Practice: this is not a receipt"),
        "payee": list(sheet.address) or [sheet.title],
        "receipts": [
            {
                "title": sheet.number,
                "lines": [list(line) for line in desk_sheet_lines(sheet, locale)[1:]],
            }
        ],
        "totals_title": "",
        "totals": [],
        "code": code,
        "code_text": _("Your gift's own page: scan this code, or type the address."),
        "code_link": sheet.link,
        "notes": desk_sheet_notes(sheet),
    }


def desk_state(row: DeskRow) -> tuple[str, str]:
    """What became of a gift at the desk, and the tone of its badge."""
    if row.status is None and row.cash_state is not None:
        name, tone = CASH_STATES[row.cash_state]
        return str(name), tone
    if row.status == "open":
        return _("Not paid yet"), "warning"
    if row.status == "booked":
        return _("Paid: it counts"), "positive"
    return _("Goes back, or went back"), "neutral"


FILTERS: dict[str, Callable[..., object]] = {
    "desk_notes": desk_sheet_notes,
    "desk_state": desk_state,
    "told_name": lambda code: str(TELLINGS.get(code, code)),
}
"""What the templates of the desk may call."""
