"""Staff see the site as a resident does, and nothing more: the one place that says what they may.

Every request of who looks along comes by here first. What would change something is refused, and
so is each page that is not in ``SHOWN``: a route that is made later is refused until somebody
thinks about it. ``writing`` refuses too, whatever a view tries.
"""

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.web.kit.actors import known_person
from voorjebuurt.web.kit.database import READ_ONLY
from voorjebuurt.web.words.error_pages import VIEWING

SHOWN = frozenset(
    {
        # what everybody sees
        "public.list_campaigns",
        "public.list_changes",
        "public.list_funds",
        "public.list_questions",
        "public.list_updates",
        "public.show_about",
        "public.show_accessibility",
        "public.show_campaign",
        "public.show_contact",
        "public.show_destinations",
        "public.show_fund",
        "public.show_home",
        "public.show_how",
        "public.show_privacy",
        "public.show_terms",
        "public.show_town",
        "public.show_update",
        "public.start_pledge",
        # one's own campaigns
        "resident.check_pitch",
        "resident.correct_own_page",
        "resident.edit_budget",
        "resident.edit_gallery",
        "resident.edit_idea",
        "resident.edit_needs",
        "resident.edit_place",
        "resident.edit_rewards",
        "resident.edit_story",
        "resident.edit_update",
        "resident.extend_campaign",
        "resident.list_campaigns",
        "resident.list_gifts",
        "resident.list_questions",
        "resident.list_updates",
        "resident.plan_near_miss",
        "resident.preview_campaign",
        "resident.publish_update",
        "resident.show_campaign",
        "resident.show_material",
        "resident.start_campaign",
        "resident.stop_campaign",
        "resident.thank_donors",
        "resident.write_update",
    }
)
"""Pages that are shown. None has account numbers, addresses of others, secret links or files; none
is about one's own data, signing in, or a case with a municipality.
"""
FILES = frozenset({"public.send_group_logo", "public.send_picture"})
"""The same for everybody: served before it is asked who looks."""
STOP = "auth.stop_viewing"
START = "staff.start_viewing"
VIEWED = "viewed"
"""In the session: the person whom staff look along with, to know when that is over."""
_READS = frozenset({"GET", "HEAD"})


def init_viewing(app: Flask) -> None:
    """Put every request of who looks along before this."""
    app.before_request(_only_look)


def _only_look() -> ResponseReturnValue | None:
    if request.endpoint is None or (request.endpoint in FILES and request.method in _READS):
        return None
    person = known_person()
    if person is None or person.viewed_until is None:
        return _over() if person is not None and VIEWED in session else None
    if session.get(VIEWED) != str(person.id):
        session[VIEWED] = str(person.id)
    if request.endpoint == STOP and request.method == "POST":
        return None
    setattr(g, READ_ONLY, True)
    if request.endpoint in SHOWN and request.method in _READS:
        return None
    if request.endpoint == START and (request.view_args or {}).get("person_id") == person.id:
        return redirect(url_for("resident.list_campaigns"))  # begun twice
    return render_template("errors/show.html", page=VIEWING, typed_fields=[]), 403


def _over() -> ResponseReturnValue:
    """It ended since the page was shown: what this request asks for was asked as somebody else."""
    person_id = session.pop(VIEWED)
    if request.endpoint != STOP:
        flash(_("You no longer look along. From here on you are yourself again."), "info")
    return redirect(url_for("staff.show_person", person_id=person_id))
