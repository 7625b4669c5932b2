"""Files that go with a report of abuse, for who just sent it."""

from uuid import UUID

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage

from voorjebuurt.abuse.proof import add_proof, is_proof_token, takes_proof
from voorjebuurt.abuse.rules import MOST_BYTES, MOST_FILES
from voorjebuurt.attachments.rules import Limits
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.attachments import ACCEPT
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import carried_out, gone_on
from voorjebuurt.web.public.blueprint import blueprint

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


def _taken() -> str:
    text: str = _(
        "PDF, photo (JPEG, PNG) or office file (docx, xlsx, odt, ods). At most %(number)s files, of"
        " %(megabytes)s MB together. You can choose several at once.",
        number=MOST_FILES,
        megabytes=MOST_BYTES // 1_000_000,
    )
    return text


class ProofForm(Form):
    """Files, at least one."""

    attachments = MultipleFileField(
        _l("Files"),
        description=LazyString(_taken),
        render_kw={"accept": ACCEPT, "multiple": True},
    )


@blueprint.route(f"/misbruik/bewijs/<uuid:report_id>/{_TOKEN}", methods=["GET", "POST"])
def add_abuse_proof(report_id: UUID, token: str) -> ResponseReturnValue:
    """Add files to the report that one just sent; the address of this page is only theirs."""
    if not is_proof_token(the_settings().secret_key, report_id, token):
        abort(404)
    form = ProofForm()
    if form.validate_on_submit() and _keep(form, report_id):
        back = url_for("public.add_abuse_proof", report_id=report_id, token=token)
        answer = gone_on(message=_("Your file is with your report."), back=back)
        return _hidden(make_response(answer))
    with reading() as session:
        places = takes_proof(session, report_id)
    return _hidden(
        make_response(render_template("public/abuse/proof.html", form=form, left=places))
    )


def _keep(form: ProofForm, report_id: UUID) -> bool:
    own = the_settings().attachments
    limits = Limits(min(own.max_bytes, MOST_BYTES), own.max_unpacked_bytes, MOST_FILES)
    uploads = [each for each in request.files.getlist("attachments") if each.filename]
    if not uploads:
        form.attachments.errors = [_("Choose a file.")]
        return False
    return all(_keep_one(form, report_id, upload, limits) for upload in uploads)


def _keep_one(form: ProofForm, report_id: UUID, upload: FileStorage, limits: Limits) -> bool:
    data, settings = upload.stream.read(limits.max_bytes + 1), the_settings()
    return carried_out(
        form,
        lambda session: add_proof(
            session,
            report_id=report_id,
            data=data,
            filename=upload.filename or "",
            storage=FolderStorage(settings.attached),
            limits=limits,
            has_scanner=bool(settings.attachments.clamd),
        ),
    )


def _hidden(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
