"""What the frame around every page shows: the menus, the languages, the foot."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from voorjebuurt.people.queries import SignedIn
from voorjebuurt.web.kit.actors import is_kept_out, known_person
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.desks import desks_of
from voorjebuurt.web.kit.i18n import language_links

Link = dict[str, Any]


def init_layout(app: Flask) -> None:
    """Give every template what ``layouts/base.html`` asks for."""
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    settings = the_settings()
    person = known_person()
    frame: dict[str, Any] = {
        "request_id": g.get("request_id"),
        "settings_public": {
            "platform_name": settings.platform_name,
            "practice": settings.practice,
        },
        "nav": _present(
            ("public.list_campaigns", _("Campaigns")),
            ("resident.start_campaign", _("Start a campaign")),
            ("public.list_funds", _("Funds")),
            ("public.show_how", _("How it works")),
        ),
        "footer_links": _present(
            ("public.show_about", _("About us")),
            ("public.show_contact", _("Contact")),
            ("public.show_terms", _("Terms")),
            ("public.show_privacy", _("Privacy")),
            ("public.show_accessibility", _("Accessibility")),
            ("outbox.show_outbox", _("Practice mailbox")),
        ),
        "languages": language_links(),
        "kept_out": is_kept_out(),
        "viewed_until": None,
    }
    if "outbox" in current_app.blueprints:
        frame["outbox_href"] = url_for("outbox.show_outbox")
    if person is None:
        return frame | {"sign_in_href": url_for("auth.show_sign_in")}
    return frame | {
        "user_name": person.name or person.email,
        "user_menu": _desks(person)
        + _present(("auth.show_own_gifts", _("My gifts")), ("auth.show_profile", _("My details"))),
        "sign_out_href": url_for("auth.sign_out"),
        "viewed_until": person.viewed_until,
        "other_desks": _other_desks(person),
        "desk_nav": _present(
            ("resident.list_campaigns", _("My campaigns")),
            ("auth.show_own_gifts", _("My gifts")),
            ("auth.show_profile", _("My details")),
            ("auth.show_password", _("Password")),
            ("auth.show_security", _("Signing in safely")),
        ),
    }


def _desks(person: SignedIn) -> list[Link]:
    links = [("resident.list_campaigns", _("My campaigns"))]
    links += [(desk.endpoint, str(desk.label)) for desk in desks_of(person)]
    return _present(*links)


def _other_desks(person: SignedIn) -> list[Link]:
    """Of who sits at several desks, those beside the one whose page this is."""
    desks = desks_of(person)
    if request.blueprint not in {desk.audience for desk in desks}:
        return []
    others = [desk for desk in desks if desk.audience != request.blueprint]
    return _present(*((desk.endpoint, str(desk.label)) for desk in others))


def _present(*links: tuple[str, str]) -> list[Link]:
    """Links to those endpoints that this site has."""
    endpoints = current_app.view_functions
    return [_link(endpoint, label) for endpoint, label in links if endpoint in endpoints]


def _link(endpoint: str, label: str) -> Link:
    href = url_for(endpoint)
    return {"href": href, "label": label, "current": request.path == href}
