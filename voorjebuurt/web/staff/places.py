"""Official files about areas: given, imported in the background, reported, rolled back."""

import hashlib
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.places.files.faults import FileFaultError, fault_text
from voorjebuurt.places.files.opening import open_file
from voorjebuurt.places.import_queries import brought, import_by_id, imports
from voorjebuurt.places.imports import ask_import
from voorjebuurt.places.imports import roll_back_import as roll_back
from voorjebuurt.places.queries import municipalities
from voorjebuurt.places.service import register_municipality as register
from voorjebuurt.places.uploads import keep_upload
from voorjebuurt.places.wishes import demand
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.progress import again_soon, refreshing, switch_url
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm
from voorjebuurt.web.staff.place_forms import ImportForm, MunicipalityForm
from voorjebuurt.web.words.place_labels import language

CBS = "Centraal Bureau voor de Statistiek (CBS)"


@blueprint.get("/gebieden")
def list_imports() -> ResponseReturnValue:
    """Every file that was given, and what became of it."""
    page = Page.asked(size=25)
    with reading() as session:
        rows = imports(session, limit=page.limit, offset=page.offset)
        places = [place.name for place in municipalities(session)]
    return render_template(
        "staff/places/list.html", imports=page.cut(rows), page=page, municipalities=places
    )


@blueprint.route("/gebieden/gemeente", methods=["GET", "POST"])
def register_municipality() -> ResponseReturnValue:
    """Open the site for a municipality; its neighbourhoods come with a file."""
    form = MunicipalityForm()
    answer = submit(
        form,
        lambda session: register(
            session, code=form.code.data or "", name=form.name.data or "", actor=current_actor()
        ),
        message=_("The municipality is on this site. Now import a file with its neighbourhoods."),
        back=url_for("staff.list_imports"),
    )
    if answer is not None:
        return answer
    with reading() as session:
        rows = demand(session)
    return render_template("staff/places/municipality.html", form=form, demand=rows)


@blueprint.route("/gebieden/inlezen", methods=["GET", "POST"])
def add_import() -> ResponseReturnValue:
    """Give a file. What can be seen at its beginning is told at once; the rest is a job's."""
    form = ImportForm(data={"vintage": clock.today().year - 1, "source": CBS})
    with reading() as session:
        places = [(place.code, place.name) for place in municipalities(session)]
    form.municipality.choices = [
        SelectChoice("", _("All municipalities on this site")),
        *(SelectChoice(*pair) for pair in places),
    ]
    if form.validate_on_submit():
        try:
            with refusals_shown(form):
                return redirect(url_for("staff.show_import", import_id=_ask(form)))
        except FileFaultError as fault:
            form.file.errors = [fault_text(fault.as_json(), language())]
    if form.errors and form.file.data and not form.file.errors:
        form.file.errors = [_("Choose the file once more: a browser does not keep it.")]
    return render_template("staff/places/add.html", form=form)


def _ask(form: ImportForm) -> UUID:
    upload = form.file.data
    values: dict[str, Any] = {
        "kind": open_file(upload.stream, the_settings().places).kind,
        "vintage": form.vintage.data,
        "source": form.source.data or "",
        "filename": clean_line(upload.filename or ""),
        "only": form.municipality.data or None,
    }
    upload.stream.seek(0)
    sha256 = hashlib.file_digest(upload.stream, "sha256").hexdigest()
    with writing() as session:
        import_id = ask_import(session, **values, sha256=sha256, actor=current_actor()).id
        keep_upload(the_settings(), import_id, upload.stream)
        jobs.defer(session, "places.run_import", import_id=str(import_id))
    return import_id


@blueprint.get("/gebieden/<uuid:import_id>")
def show_import(import_id: UUID) -> ResponseReturnValue:
    """How far an import is; afterwards its report, or why the file was refused."""
    with reading() as session:
        row = import_by_id(session, import_id) or abort(404)
    page = render_template(
        "staff/places/show.html",
        row=row,
        refreshing=refreshing(),
        switch_href=switch_url(),
    )
    return again_soon(page) if row.under_way else page


@blueprint.route("/gebieden/<uuid:import_id>/terugdraaien", methods=["GET", "POST"])
def roll_back_import(import_id: UUID) -> ResponseReturnValue:
    """Ask why, and let what an import brought count no more."""
    form = ReasonForm()
    with reading() as session:
        row = import_by_id(session, import_id) or abort(404)
        counts = brought(session, import_id)
    answer = submit(
        form,
        lambda session: roll_back(
            session, import_id=import_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("The file is rolled back. What it brought counts no more."),
        back=url_for("staff.show_import", import_id=import_id),
    )
    return answer or render_template(
        "staff/places/roll_back.html", row=row, counts=counts, form=form
    )
