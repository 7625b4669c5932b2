"""Bank files: made of what is released, downloaded as often as needed, always the same bytes."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.payouts import queries
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.fund_returns.queries import fund_returns, fund_returns_in_file
from voorjebuurt.payouts.pain001 import Debtor
from voorjebuurt.web.kit.actions import refusals_flashed
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_sealer, the_settings, writing
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint


@blueprint.get("/betaalbestanden")
def list_bank_files() -> ResponseReturnValue:
    """Every file that was made, and what is ready for the next one."""
    page = Page.asked(size=25)
    with reading() as session:
        files = queries.bank_files(session, limit=page.limit, offset=page.offset)
        ready = queries.payouts(session, statuses=["released"], limit=500)
        returns = fund_returns(session, statuses=["released"], limit=500)
    return render_template(
        "staff/bank_files/list.html", files=page.cut(files), ready=ready, returns=returns, page=page
    )


@blueprint.post("/betaalbestanden")
def make_bank_file() -> ResponseReturnValue:
    """Put everything that is released into a new file."""
    settings = the_settings().payouts
    debtor = Debtor(settings.debtor_name, settings.debtor_iban, settings.debtor_bic)
    with refusals_flashed():
        with writing() as session:
            file_id = export_payouts(
                session, debtor=debtor, sealer=the_sealer(), actor=current_actor()
            )
        flash(_("The bank file is ready. Download it and send it to the bank."), "ok")
        return redirect(url_for("staff.show_bank_file", file_id=file_id))
    return redirect(url_for("staff.list_bank_files"))


@blueprint.get("/betaalbestanden/<uuid:file_id>")
def show_bank_file(file_id: UUID) -> ResponseReturnValue:
    """One file and the payouts in it."""
    with reading() as session:
        file = queries.bank_file_by_id(session, file_id) or abort(404)
        rows = queries.bank_file_payouts(session, file_id)
        returns = fund_returns_in_file(session, file_id)
    return render_template("staff/bank_files/show.html", file=file, payouts=rows, returns=returns)


@blueprint.get("/betaalbestanden/<uuid:file_id>/pain001.xml")
def send_bank_file(file_id: UUID) -> ResponseReturnValue:
    """The file itself, byte for byte as it was made; who took it is written down."""
    with writing() as session:
        file = queries.bank_file_by_id(session, file_id) or abort(404)
        content = queries.bank_file_content(session, file_id, sealer=the_sealer())
        audit.record(
            session,
            actor=current_actor(),
            action=Action.BANK_FILE_DOWNLOADED,
            subject=Subject(SubjectKind.BANK_FILE, file_id),
            detail={"message_id": file.message_id, "sha256": file.sha256},
        )
    headers = {"Content-Disposition": f'attachment; filename="pain001-{file.message_id}.xml"'}
    return Response(content, content_type="application/xml", headers=headers)
