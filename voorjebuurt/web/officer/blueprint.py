"""The blueprint of municipal officers, and the menu beside their screens."""

from typing import Any

from flask import Blueprint, current_app, request, url_for
from flask_babel import gettext as _

from voorjebuurt.web.kit.actors import current_person

blueprint = Blueprint("officer", __name__, url_prefix="/gemeente")


@blueprint.context_processor
def desk() -> dict[str, Any]:
    """The menu with what waits."""
    if current_person() is None:
        return {}
    return {"desk_title": _("Municipality"), "desk_nav": _menu()}


def _menu() -> list[dict[str, Any]]:
    items = [
        ("officer.show_desk", _("To do"), 0),
        ("officer.list_applications", _("Applications"), 0),
        ("officer.list_funds", _("Funds"), 0),
        ("officer.list_rehearsals", _("Rehearsals"), 0),
        ("officer.list_objections", _("Objections"), 0),
        ("officer.list_questions", _("Questions"), 0),
        ("officer.list_campaigns", _("Campaigns"), 0),
        ("officer.list_reports", _("Reports"), 0),
        ("officer.show_destinations", _("Where the money went"), 0),
        ("officer.list_trail", _("Audit trail"), 0),
        ("officer.list_delegations", _("Replacements"), 0),
        ("officer.list_teams", _("Teams"), 0),
        ("officer.list_colleagues", _("Officers and mandates"), 0),
        ("officer.list_wording", _("Letters"), 0),
        ("officer.list_own_addresses", _("Own addresses"), 0),
        ("officer.choose_mails", _("My mails"), 0),
        ("officer.show_calendars", _("My calendar"), 0),
    ]
    endpoints = current_app.view_functions
    usable: Any = current_app.jinja_env.globals["usable"]
    mine = [_item(*item) for item in items if item[0] in endpoints]
    return [item for item in mine if usable(item["href"])]


def _item(endpoint: str, label: str, count: int) -> dict[str, Any]:
    href = url_for(endpoint)
    here = request.path == href or (href != "/gemeente" and request.path.startswith(f"{href}/"))
    return {"href": href, "label": label, "count": count, "current": here}
