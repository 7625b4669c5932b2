"""The blueprint of the platform's staff, and the menu beside its screens."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from voorjebuurt import __version__
from voorjebuurt.payouts.waiting import DeskCounts, desk_counts
from voorjebuurt.people.rules import Role
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.words import check_labels, mandate_labels, place_labels, trail_labels
from voorjebuurt.web.words import money_labels as labels

blueprint = Blueprint("staff", __name__, url_prefix="/beheer")

for _name, _filter in {
    **labels.FILTERS,
    **place_labels.FILTERS,
    **trail_labels.FILTERS,
    **mandate_labels.FILTERS,
    **check_labels.FILTERS,
}.items():
    blueprint.add_app_template_filter(_filter, _name)


@blueprint.context_processor
def desk() -> dict[str, Any]:
    """The menu with what waits, and whether this person may do more than look."""
    person = current_person()
    if person is None:
        return {}
    with reading() as session:
        counts = desk_counts(session)
    is_staff = Role.STAFF in person.roles
    frame = {
        "desk_title": _("Administration"),
        "desk_nav": _menu(counts, is_staff),
        "is_staff": is_staff,
        "counts": counts,
    }
    if is_staff or Role.AUDITOR in person.roles:
        # An error page at a staff address is shown to others too, who are told nothing.
        frame["software_version"] = __version__
    return frame


def _menu(counts: DeskCounts, is_staff: bool) -> list[dict[str, Any]]:
    items = [
        ("staff.show_desk", _("To do"), 0),
        ("staff.list_second_looks", _("Second pair of eyes"), 0),
        ("staff.list_payees", _("Accounts"), counts.payees),
        ("staff.list_payouts", _("Payouts"), counts.payouts),
        ("staff.list_bank_files", _("Bank files"), 0),
        ("staff.list_money", _("Municipal money"), counts.municipal_money),
        ("staff.list_cash", _("Cash"), 0),
        ("staff.list_alerts", _("Alerts"), counts.alerts),
        ("staff.list_campaigns", _("Campaigns"), 0),
        ("staff.list_rehearsals", _("Rehearsals"), 0),
        ("staff.show_ledger", _("Ledger"), 0),
        ("staff.show_destinations", _("Where the money went"), 0),
        ("staff.show_week", _("Numbers of the week"), 0),
        ("staff.list_imports", _("Area figures"), 0),
        ("staff.list_events", _("Audit trail"), 0),
    ]
    if is_staff:
        items.insert(2, ("staff.list_abuse_reports", _("Reports of abuse"), counts.abuse))
        items.append(("staff.list_people", _("People and roles"), 0))
        items.append(("staff.list_mails", _("Undeliverable mail"), counts.mails))
    return [_item(endpoint, label, count) for endpoint, label, count in items]


def _item(endpoint: str, label: str, count: int) -> dict[str, Any]:
    href = url_for(endpoint)
    here = request.path == href or (href != "/beheer" and request.path.startswith(f"{href}/"))
    return {"href": href, "label": label, "count": count, "current": here}
