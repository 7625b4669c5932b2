"""Rehearsals on the screens: the same pages for staff and, of their own municipality, officers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.matching.rehearsal.comparison import Change
from voorjebuurt.matching.rehearsal.queries import (
    RehearsalView,
    rehearsal_input,
    rehearsal_view,
    rehearsals,
)
from voorjebuurt.matching.rehearsal.requests import ask_rehearsal
from voorjebuurt.matching.rehearsal.states import RehearsalStatus
from voorjebuurt.places.queries import municipalities
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.progress import again_soon, refreshing, switch_url
from voorjebuurt.web.rehearsals import report as reports
from voorjebuurt.web.rehearsals.form import NOTHING, RehearsalForm, offered

PARTS = {"regels": "rules", "vergelijking": "against", "acties": "facts"}
"""Inputs of a rehearsal as addresses call them."""


@dataclass(frozen=True)
class Audience:
    """Whose pages these are. ``mine``: the municipalities that they may use; None for all."""

    blueprint: str
    mine: Collection[UUID] | None
    may_ask: bool

    def url(self, endpoint: str, **arguments: Any) -> str:
        """The address of one of these pages."""
        return url_for(f"{self.blueprint}.{endpoint}", **arguments)

    def input_url(self, rehearsal_id: UUID, part: str) -> str:
        """Where an input can be downloaded."""
        return self.url("send_rehearsal_input", rehearsal_id=rehearsal_id, part=part)


def list_page(audience: Audience) -> ResponseReturnValue:
    """Earlier rehearsals, the latest first."""
    page = Page.asked(size=25)
    with reading() as session:
        rows = rehearsals(
            session, municipality_ids=audience.mine, limit=page.limit, offset=page.offset
        )
    return render_template("rehearsals/list.html", rows=page.cut(rows), page=page, desk=audience)


def ask_page(audience: Audience) -> ResponseReturnValue:
    """The form; ``?regels=`` chooses rules beforehand."""
    with reading() as session:
        form = offered(session, audience.mine, _places(session, audience))
    if request.method == "GET" and request.args.get("regels"):
        form.rules.data = request.args["regels"]
    if form.validate_on_submit():
        rehearsal_id = _ask(audience, form)
        if rehearsal_id is not None:
            return redirect(audience.url("show_rehearsal", rehearsal_id=rehearsal_id))
    return render_template("rehearsals/ask.html", form=form, desk=audience)


def show_page(audience: Audience, rehearsal_id: UUID) -> ResponseReturnValue:
    """A rehearsal: how far it is, why it failed, or what came of it."""
    with reading() as session:
        view = rehearsal_view(session, rehearsal_id) or abort(404)
    template = "rehearsals/show.html"
    if view.row.status in (RehearsalStatus.WAITING, RehearsalStatus.RUNNING):
        waiting = {"refreshing": refreshing(), "switch_url": switch_url()}
        return again_soon(
            render_template(template, view=view, desk=audience, report=None, **waiting)
        )
    if view.outcome is None:
        return render_template(template, view=view, desk=audience, report=None)
    return _report(audience, view)


def input_file(rehearsal_id: UUID, part: str) -> ResponseReturnValue:
    """One of the inputs as it was hashed, to keep or to rehearse again elsewhere."""
    with reading() as session:
        text = rehearsal_input(session, rehearsal_id, PARTS[part]) if part in PARTS else None
    if text is None:
        abort(404)
    answer = Response(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{part}.json"'
    return answer


def _ask(audience: Audience, form: RehearsalForm) -> UUID | None:
    try:
        with refusals_shown(form), writing() as session:
            return ask_rehearsal(
                session,
                municipality_id=form.municipality,
                rules=form.chosen_rules(session, form.rules, form.rules_file, audience.mine),
                against=None
                if form.against.data == NOTHING
                else form.chosen_rules(session, form.against, form.against_file, audience.mine),
                facts=form.chosen_facts(),
                indicators=the_settings().matching.indicators,
                actor=current_actor(),
            ).id
    except RefusedError as refusal:
        form.refuse(refusal.faults)
    return None


def _places(session: Session, audience: Audience) -> list[tuple[str, str]]:
    places = [(str(place.id), place.name, place.id) for place in municipalities(session)]
    if audience.mine is None:
        return [("", _("None in particular")), *((key, name) for key, name, _id in places)]
    return [(key, name) for key, name, own in places if own in audience.mine]


def _report(audience: Audience, view: RehearsalView) -> ResponseReturnValue:
    report = view.outcome or {}
    page = Page.asked(size=reports.ROWS)
    rows = reports.ordered(report)[page.offset : page.offset + page.limit]
    return render_template(
        "rehearsals/show.html",
        view=view,
        desk=audience,
        report=report,
        drawn=reports.drawings(report),
        tally=reports.tally(report),
        fallen=reports.of_change(report, Change.FALLS_OUT),
        rows=page.cut(rows),
        page=page,
    )
