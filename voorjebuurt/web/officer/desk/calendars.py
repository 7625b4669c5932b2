"""Terms in an officer's own calendar: a secret link to make and to end, and what it answers."""

from uuid import UUID

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from voorjebuurt.decisions.calendars.service import (
    Scope,
    count_read,
    end_feed,
    feed_by_secret,
    feeds_of,
    make_feed,
    terms_of,
)
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.icalendar import DayEvent, calendar_text
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.desk.work_rows import href_of
from voorjebuurt.web.words.case_labels import PENALTY_TASKS, WORK_KINDS


@blueprint.get("/agenda")
def show_calendars() -> ResponseReturnValue:
    """Which links there are, and how to make and end one."""
    return _page()


@blueprint.post("/agenda/<uuid:municipality_id>/<scope>/maken")
def make_calendar(municipality_id: UUID, scope: str) -> ResponseReturnValue:
    """Make a link. Its secret is on this one page and nowhere else."""
    secrets: list[str] = []
    do(
        lambda session: secrets.append(
            make_feed(
                session,
                municipality_id=municipality_id,
                scope=_scope(scope),
                actor=current_actor(),
            )
        ),
        message=_("The link is made. Copy it now: we can’t show it again."),
    )
    if not secrets:
        return redirect(url_for("officer.show_calendars"))
    answer = make_response(
        _page(the_settings().base_url + url_for("officer.send_calendar", token=secrets[0]))
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/agenda/<uuid:municipality_id>/<scope>/stoppen")
def end_calendar(municipality_id: UUID, scope: str) -> ResponseReturnValue:
    """End a link at once."""
    do(
        lambda session: end_feed(
            session, municipality_id=municipality_id, scope=_scope(scope), actor=current_actor()
        ),
        message=_("The link is ended. It opens nothing now."),
    )
    return redirect(url_for("officer.show_calendars"))


@blueprint.get("/agenda/<token>.ics")
def send_calendar(token: str) -> ResponseReturnValue:
    """The terms as a calendar, for who has the link: case numbers and kinds, no names."""
    with writing() as session:
        match = feed_by_secret(session, token)
        may_read = match is not None and count_read(session, match[0])
    if not may_read:
        abort(404 if match is None else 429)
    with reading() as session:
        feed, person = feed_by_secret(session, token) or abort(404)
        works = terms_of(session, feed)
        with force_locale(person.locale):
            name = _("Terms at %(platform)s", platform=the_settings().platform_name)
            data = calendar_text(
                name, map(_event, works), product="-//Voor je Buurt//Termijnen//NL", now=clock.now()
            )
    return _calendar(data)


def _event(work: Work) -> DayEvent:
    kind = str(WORK_KINDS[work.kind])
    if work.detail in PENALTY_TASKS and work.kind == "penalty":
        kind = f"{kind}: {PENALTY_TASKS[work.detail]}"
    return DayEvent(
        uid=f"{work.kind}-{work.subject_id}@voorjebuurt",
        on=work.due_on,
        summary=f"{work.number}: {kind}",
        url=the_settings().base_url + href_of(work),
    )


def _calendar(data: bytes) -> Response:
    answer = make_response(data)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _scope(text: str) -> Scope:
    return Scope(text) if text in set(Scope) else abort(404)


def _page(address: str = "") -> str:
    reader = signed_in_person()
    with reading() as session:
        places = [each for each in municipalities(session) if each.id in reader.municipalities]
        feeds = {(feed.municipality_id, feed.scope): feed for feed in feeds_of(session, reader.id)}
        return render_template(
            "officer/calendars.html",
            places=places,
            feeds=feeds,
            scopes=list(Scope),
            address=address,
        )
