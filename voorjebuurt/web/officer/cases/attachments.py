"""Files that were added to a case, for its officers to save."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from voorjebuurt.attachments.queries import attachment_by_id
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.attachments import answer_with
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("/aanvragen/<uuid:application_id>/bijlagen/<uuid:attachment_id>")
def send_attachment(application_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """One file; only of this case, and once the scanner found it clean."""
    with reading() as session:
        row = attachment_by_id(session, attachment_id)
    if row is None or row.application_id != application_id:
        abort(404)
    return answer_with(row)
