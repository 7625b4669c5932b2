"""The audit trail: who did what, when, and why."""

from datetime import timedelta
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.audit.queries import EventFilter, find_events
from voorjebuurt.campaigns.overview import titles_of
from voorjebuurt.decisions.reports.trail_subjects import names_in_trail
from voorjebuurt.kernel import clock
from voorjebuurt.people.queries import names_of, person_by_email
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import TrailForm
from voorjebuurt.web.words.trail_labels import TOPICS
from voorjebuurt.web.words.trail_lines import about, particulars

NOBODY = UUID(int=0)


@blueprint.get("/logboek")
def list_events() -> ResponseReturnValue:
    """Deeds that meet the filters, newest first."""
    form, page = TrailForm(request.args), Page.asked(size=50)
    form.soort.choices = [
        SelectChoice("", _("Everything")),
        *(SelectChoice(*pair) for pair in TOPICS.items()),
    ]
    with reading() as session:
        filters = _wanted(session, form) if form.validate() else None
        events = (
            find_events(session, filters, limit=page.limit, offset=page.offset) if filters else []
        )
        names = names_of(session, [event.actor_id for event in events])
        subjects_by_name = names_in_trail(session, events)
        subjects = [event.subject_id for event in events if event.subject_kind == "campaign"]
        titles = titles_of(session, subjects)
    return render_template(
        "staff/trail.html",
        form=form,
        events=page.cut(events),
        names=names,
        titles=titles,
        subjects_by_name=subjects_by_name,
        about=about,
        particulars=particulars,
        page=page,
    )


def _wanted(session: Session, form: TrailForm) -> EventFilter:
    """The form as a filter; an address that nobody has finds nothing."""
    who = person_by_email(session, form.wie.data) if form.wie.data else None
    return EventFilter(
        topic=form.soort.data or "",
        actor_id=(who.id if who else NOBODY) if form.wie.data else None,
        subject_id=_subject(),
        since=clock.end_of_day(form.van.data - timedelta(days=1)) if form.van.data else None,
        until=clock.end_of_day(form.tot.data) if form.tot.data else None,
    )


def _subject() -> UUID | None:
    """The thing whose deeds were asked for by a link on its page."""
    try:
        return UUID(request.args["over"])
    except (KeyError, ValueError):
        return None
