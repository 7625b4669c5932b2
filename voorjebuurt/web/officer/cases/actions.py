"""Beside the decision: to whom a case goes, notes on it, and its files."""

from uuid import UUID

from flask import Response, abort, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.attachments.queries import KEY_STEM, unclean_receipts
from voorjebuurt.decisions.archive import service as archive
from voorjebuurt.decisions.archive.case_files import Stores
from voorjebuurt.decisions.cases.delegations import assign, take
from voorjebuurt.decisions.cases.notes import add_note
from voorjebuurt.decisions.cases.parts import case_parts, officer_parts
from voorjebuurt.decisions.overviews.case_file import accountings_of
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.people.queries import officers
from voorjebuurt.people.teams.queries import teams_in
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version, the_application
from voorjebuurt.web.officer.cases.forms import AssignForm, NoteForm
from voorjebuurt.web.officer.cases.team_choices import chosen_team, offer_teams


@blueprint.route("/aanvragen/<uuid:application_id>/behandelaar", methods=["GET", "POST"])
def assign_application(application_id: UUID) -> ResponseReturnValue:
    """Give the case to an officer."""
    row = the_application(application_id)
    with reading() as session:
        version = case_version(session, application_id, officer_parts)
        colleagues = officers(session, row.municipality_id)
        teams = teams_in(session, [row.municipality_id])
    form = AssignForm(data={"officer": str(row.assigned_to or ""), "team": str(row.team_id or "")})
    names = [(str(officer.id), officer.name) for officer in colleagues]
    form.version = version
    form.officer.choices = [
        SelectChoice("", _("Nobody in particular")),
        *(SelectChoice(*pair) for pair in names),
    ]
    offer_teams(form, teams)
    return ask_about(
        application_id,
        form,
        lambda session: assign(
            session,
            application_id=application_id,
            officer_id=UUID(form.officer.data) if form.officer.data else None,
            team_id=chosen_team(form),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        title=_("Who handles this application?"),
        button=_("Save"),
        done=_("Saved. It’s on the work list of that officer, or of that team."),
        says=(_("A team without an officer: whoever of the team is first takes the case."),)
        if teams
        else (),
    )


@blueprint.post("/aanvragen/<uuid:application_id>/oppakken")
def take_application(application_id: UUID) -> ResponseReturnValue:
    """Take the case oneself."""
    with reading() as session:
        version = case_version(session, application_id, case_parts)
    do(
        lambda session: take(session, application_id=application_id, actor=current_actor()),
        message=_("This application is yours now."),
        version=version,
    )
    return redirect(url_for("officer.show_application", application_id=application_id))


@blueprint.route("/aanvragen/<uuid:application_id>/notitie", methods=["GET", "POST"])
def write_note(application_id: UUID) -> ResponseReturnValue:
    """Write a private note for colleagues."""
    form = NoteForm()
    return ask_about(
        application_id,
        form,
        lambda session: add_note(
            session,
            application_id=application_id,
            body=form.note.data or "",
            actor=current_actor(),
        ),
        part="notities",
        title=_("Write a note"),
        button=_("Save the note"),
        done=_("The note is saved."),
    )


@blueprint.get("/aanvragen/<uuid:application_id>/dossier.zip")
def export_case(application_id: UUID) -> ResponseReturnValue:
    """The whole case as a ZIP for the archive."""
    row = the_application(application_id)
    settings = the_settings()
    stores = Stores(FolderStorage(settings.receipts), FolderStorage(settings.attached))
    terms = archive.Terms(settings.platform_name, settings.decisions.retention_years)
    with reading() as session:
        data = archive.export_case(session, application_id, stores=stores, terms=terms)
    return _file(data, "application/zip", f"{row.number}.zip")


@blueprint.get("/aanvragen/<uuid:application_id>/bonnen/<key>")
def send_receipt(application_id: UUID, key: str) -> ResponseReturnValue:
    """A receipt that the initiator accounted with; only those of this case."""
    with reading() as session:
        accounts = accountings_of(session, application_id)
        unclean_stems = unclean_receipts(session, application_id)
    names = {
        receipt["key"]: receipt["name"] for account in accounts for receipt in account.receipts
    }
    data = FolderStorage(the_settings().receipts).get(key) if key in names else None
    if key[:KEY_STEM] in unclean_stems:
        abort(404)
    if data is None:
        abort(404)
    return _file(data, "application/octet-stream", names[key])


def _file(data: bytes, media_type: str, name: str) -> Response:
    """Something to save; the browser does not open it as a page of ours."""
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
