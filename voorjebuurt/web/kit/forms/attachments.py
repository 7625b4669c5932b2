"""Adding files to a form, several at once and without scripts.

What was added is kept as a draft of that person and form, so that it is still there when the form
comes back with an error; ``sent_with_files`` stands in for ``validate_on_submit``.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage

from voorjebuurt.attachments.queries import AttachmentRow, drafts
from voorjebuurt.attachments.rules import Limits
from voorjebuurt.attachments.service import Place, keep_draft, remove_draft
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.downloads import saved_file
from voorjebuurt.web.kit.errors import Refusals
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.words.messages import text_of

ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods"
DROP = "drop_attachment"
_SHOWN_NAME = 80


def attachments_field(label: Any, hint: Any = "") -> MultipleFileField:
    """The field ``attachments`` of a form."""
    return MultipleFileField(
        label,
        description=hint or LazyString(taken_files),
        render_kw={"accept": ACCEPT, "multiple": True},
    )


def taken_files() -> str:
    """What is taken, as the field says beforehand: kinds, size and number."""
    settings = the_settings().attachments
    text: str = _(
        "PDF, photo (JPEG, PNG) or office file (docx, xlsx, odt, ods). At most %(number)s files of"
        " %(megabytes)s MB each. You can choose several at once.",
        number=settings.max_files,
        megabytes=settings.max_bytes // 1_000_000,
    )
    return text


def sent_with_files(form: Form, place: Place) -> bool:
    """Whether the form was sent and all of it is right. Files that are, are kept either way.

    False as well when it was a button beside the form that removes a file.
    """
    if request.method != "POST":
        return False
    if in_between_files(form, place):
        return False
    is_right = form.validate_on_submit()
    return _take(form, place) and is_right


def in_between_files(form: Form, place: Place, buttons: Iterable[str] = ()) -> bool:
    """Whether one of these buttons, or one that removes a file, brings the form back.

    The file then goes, and others that were sent along are kept.
    """
    if request.method != "POST" or not {DROP, *buttons} & request.form.keys():
        return False
    if DROP in request.form:
        _drop(place)
    _take(form, place)
    return True


def files_of(place: Place) -> list[AttachmentRow]:
    """What was added to a form that is not sent yet."""
    with reading() as session:
        return drafts(session, form=place.form, person_id=current_actor().person_id)


def answer_with(row: AttachmentRow | None) -> ResponseReturnValue:
    """A file to save; 404 for one that this person can't have (yet)."""
    if row is None or not row.readable_by(current_actor().person_id):
        abort(404)
    data = FolderStorage(the_settings().attached).get(row.key)
    return saved_file(data, row.name) if data is not None else abort(404)


def _drop(place: Place) -> None:
    if returned_reason() is not None:
        return
    try:
        attachment_id = UUID(request.form[DROP])
    except ValueError:
        abort(404)
    with writing() as session:
        remove_draft(session, attachment_id=attachment_id, place=place, actor=current_actor())


def _take(form: Form, place: Place) -> bool:
    """Keep what was sent along; False when a file is no good, which its field tells by name."""
    if returned_reason() is not None:
        return False
    field = form["attachments"]
    refusals = [
        refusal
        for upload in field.data or []
        if getattr(upload, "filename", "")
        if (refusal := _refusal(upload, place))
    ]
    field.errors = [*field.errors, *refusals]
    return not refusals


def _refusal(upload: FileStorage, place: Place) -> str:
    """Keep one file; or what is wrong with it, after its name."""
    settings = the_settings().attachments
    limits = Limits(settings.max_bytes, settings.max_unpacked_bytes, settings.max_files)
    filename = upload.filename or ""
    texts: list[str] = []
    with Refusals(lambda error: texts.append(text_of(error))), writing() as session:
        keep_draft(
            session,
            place=place,
            data=upload.stream.read(limits.max_bytes + 1),
            filename=filename,
            storage=FolderStorage(the_settings().attached),
            limits=limits,
            has_scanner=bool(settings.clamd),
            actor=current_actor(),
        )
    name = clean_line(filename)[:_SHOWN_NAME]
    return "".join(str(_("%(name)s: %(problem)s", name=name, problem=text)) for text in texts)
