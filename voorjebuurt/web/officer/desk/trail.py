"""The audit trail of a municipality: who did what in which case, to look through and to save."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.audit.queries import EventFilter, find_events
from voorjebuurt.decisions.reports.exports import euros, spreadsheet
from voorjebuurt.decisions.reports.trail_subjects import (
    TrailNames,
    case_by_number,
    names_in_trail,
)
from voorjebuurt.kernel import clock
from voorjebuurt.people.queries import person_by_email
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import DayField, Form, StringField, at_most
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.words.trail_labels import TOPICS, action_name, actor_kind_name
from voorjebuurt.web.words.trail_lines import Line, about, amount_cents, particulars

NOBODY = UUID(int=0)
MOST_ROWS = 20_000
"""So many rows are in one file, the latest; a shorter period has the rest."""
_CHUNK = 1_000
OPEN_TOPICS = frozenset(
    {"application", "attachment", "decision", "delegation", "deposit", "fund", "fund_return"}
    | {"match", "municipality", "objection", "place_import", "rehearsal", "role", "stake", "team"}
)
"""What a municipality reads of itself. Not gifts and payments, which are the donors' own, nor what
initiators and coaches do with a plan before it is public.
"""
COLUMNS = (
    *("moment", "wie", "wat", "zaak_of_onderwerp", "besluit_en_bijzonderheden", "bedrag_euro"),
    "reden",
)


class TownTrailForm(Form):
    """Which deeds to show."""

    class Meta:
        csrf = False

    soort = SelectField(_l("About"), validators=[Optional()])
    zaak = StringField(
        _l("Number of a case, decision or objection"),
        validators=[Optional(), at_most(40, quiet=True)],
    )
    wie = StringField(
        _l("Email address of who did it"), validators=[Optional(), at_most(254, quiet=True)]
    )
    van = DayField(_l("From"), validators=[Optional()])
    tot = DayField(_l("Up to and including"), validators=[Optional()])


@blueprint.get("/logboek")
def list_trail() -> ResponseReturnValue:
    """Deeds in one's municipality that meet the filters, newest first."""
    form, page = _form(), Page.asked(size=50)
    with reading() as session:
        filters = _wanted(session, form) if form.validate() else None
        events = (
            find_events(session, filters, limit=page.limit, offset=page.offset) if filters else []
        )
        names = names_in_trail(session, events)
        fields: dict[str, Any] = {
            key: value for key, value in request.args.items() if value and key in form
        }
        return render_template(
            "officer/trail.html",
            form=form,
            events=page.cut(events),
            names=names,
            about=about,
            particulars=particulars,
            page=page,
            file_href=url_for("officer.export_trail", **fields) if filters else None,
            most=format_decimal(MOST_ROWS),
        )


@blueprint.get("/logboek.csv")
def export_trail() -> ResponseReturnValue:
    """The same for a spreadsheet: at most ``MOST_ROWS`` rows, the latest."""
    form = _form()
    with reading() as session:
        filters = _wanted(session, form) if form.validate() else None
    answer = Response(b"".join(_rows(filters)), mimetype="text/csv")
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="logboek.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rows(filters: EventFilter | None) -> Iterator[bytes]:
    """The file in pieces: no more of the rows than one piece is read at a time."""
    yield spreadsheet(COLUMNS, [])
    offset = 0
    # What is written meanwhile is newer than the first row, and not part of it.
    filters = replace(filters, until=filters.until or clock.now()) if filters else None
    while filters is not None and offset < MOST_ROWS:
        with reading() as session:
            events = find_events(session, filters, limit=_CHUNK, offset=offset)
            names = names_in_trail(session, events)
            rows = [_row(event, names) for event in events]
        yield spreadsheet((), rows).partition(b"\r\n")[2]
        if len(rows) < _CHUNK:
            return
        offset += _CHUNK


def _row(event: Line, names: TrailNames) -> list[str]:
    cents = amount_cents(event)
    return [
        clock.local(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        names.persons.get(event.actor_id, "")
        if event.actor_id
        else actor_kind_name(event.actor_kind),
        action_name(event.action),
        about(event, names),
        particulars(event, names),
        euros(cents),
        event.reason or "",
    ]


def _form() -> TownTrailForm:
    form = TownTrailForm(request.args)
    form.soort.choices = [
        SelectChoice("", _("Everything")),
        *(SelectChoice(*pair) for pair in TOPICS.items() if pair[0] in OPEN_TOPICS),
    ]
    return form


def _wanted(session: Session, form: TownTrailForm) -> EventFilter:
    """The form as a filter; an address or a number that nobody has finds nothing."""
    who = person_by_email(session, form.wie.data) if form.wie.data else None
    case_id = case_by_number(session, form.zaak.data) if form.zaak.data else None
    return EventFilter(
        topic=form.soort.data or "",
        actor_id=(who.id if who else NOBODY) if form.wie.data else None,
        subject_id=(case_id or NOBODY) if form.zaak.data else None,
        since=clock.end_of_day(form.van.data - timedelta(days=1)) if form.van.data else None,
        until=clock.end_of_day(form.tot.data) if form.tot.data else None,
        municipality_ids=signed_in_person().reads,
        topics=OPEN_TOPICS,
    )
