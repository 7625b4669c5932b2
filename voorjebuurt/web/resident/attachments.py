"""One's own files, to save again: of forms not sent yet, of applications and accounts."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from voorjebuurt.attachments.queries import attachment_by_id
from voorjebuurt.decisions.overviews.case_files import others_objections
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.attachments import answer_with
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.get("/acties/<uuid:campaign_id>/bijlagen/<uuid:attachment_id>")
def send_attachment(campaign_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """A file that went with something about this campaign, or a draft of one's own."""
    with reading() as session:
        row = attachment_by_id(session, attachment_id)
        if row is None or row.campaign_id != campaign_id or row.is_of_staff:
            abort(404)
        if row.application_id and row.objection_id in others_objections(
            session, row.application_id
        ):
            abort(404)
    if row.submitted_at is None and row.uploader_id != signed_in_person().id:
        abort(404)
    return answer_with(row)
