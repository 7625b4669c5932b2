"""What the receipt of cash says."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import OverviewRow
from voorjebuurt.kernel import text
from voorjebuurt.pledges.tins.queries import CashRow
from voorjebuurt.settings import OperatorSettings


def cash_slip_content(
    row: CashRow,
    campaign: OverviewRow,
    *,
    link: str,
    code: str,
    operator: OperatorSettings,
    locale: str,
) -> dict[str, Any]:
    """What the template reads. A practice site has no operator; its receipts say so."""
    number = _("Receipt C-%(number)s", number=f"{row.number:04}")
    lines = [
        (_("For"), _("Gift to the campaign “%(title)s”", title=campaign.title)),
        (_("Name of the donor"), row.name or _("no name was told")),
        (_("Day of the gift"), str(format_date(row.got_on, "long", rebase=False))),
        (_("Way of paying"), _("In cash")),
        (_("Amount"), text.euro(row.amount_cents, locale)),
        (_("Taken by"), row.enterer),
        (_("Confirmed by"), row.confirmer or ""),
    ]
    return {
        "title": _("Receipt of a gift in cash"),
        "author": operator.name or "Voor je Buurt",
        "language": locale,
        "mark": "" if operator.name else _("Practice: this is not a receipt"),
        "payee": [campaign.title],
        "receipts": [{"title": number, "lines": [list(line) for line in lines if line[1]]}],
        "totals_title": "",
        "totals": [],
        "code": code,
        "code_text": _("Follow your gift: scan this code, or type the address."),
        "code_link": link,
        "notes": [
            _("Keep this receipt: it shows whose money it is when the campaign fails."),
            _("Your gift counts once the money is at the bank."),
        ],
    }
