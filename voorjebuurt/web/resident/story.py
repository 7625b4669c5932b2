"""The fourth step: the story and its picture."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.pictures import is_stored, store_picture
from voorjebuurt.campaigns.rules import Step
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, the_storage
from voorjebuurt.web.kit.errors import form_error, refusals_shown
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import StoryForm
from voorjebuurt.web.resident.steps import (
    after,
    pitch_to_edit,
    step_frame,
    step_version,
)


@blueprint.route("/acties/<uuid:campaign_id>/verhaal", methods=["GET", "POST"])
def edit_story(campaign_id: UUID) -> ResponseReturnValue:
    """The fourth step. A picture that was uploaded is kept, whatever else is wrong."""
    with reading() as session:
        version = step_version(session, campaign_id, Step.STORY)
        campaign = pitch_to_edit(session, campaign_id)
    form = StoryForm(data=campaign._asdict())
    form.version = version
    if form.is_submitted():
        right = form.validate()
        if returned_reason() is None:  # else it is only shown again
            right = _take_picture(form) and right
        if right and "preview" not in request.form and _save(campaign_id, form):
            return after(Step.STORY, campaign_id)
    return render_template(
        "resident/pitch/story.html",
        form=form,
        campaign=campaign,
        preview="preview" in request.form,
        **step_frame(campaign_id),
    )


def _save(campaign_id: UUID, form: StoryForm) -> bool:
    return carried_out(
        form,
        lambda session: pitch.save_story(
            session, campaign_id=campaign_id, story=form.as_story(), actor=current_actor()
        ),
    )


def _take_picture(form: StoryForm) -> bool:
    """Keep an uploaded picture and put its key into the form; False when it is no good."""
    upload = form.picture.data
    if form.remove_picture.data:
        form.picture_key.data, form.remove_picture.data = "", False
    if upload is None:
        return _judge_kept_picture(form)
    most = the_settings().campaigns.picture_max_bytes
    with refusals_shown(form):
        # One byte more than may be: enough to know that it is too large.
        data = upload.stream.read(most + 1)
        form.picture_key.data = store_picture(the_storage(), data, max_bytes=most)
        return True
    return False


def _judge_kept_picture(form: StoryForm) -> bool:
    if form.picture_key.data and not is_stored(the_storage(), form.picture_key.data):
        form.picture_key.data = ""
        form_error(form, DomainError("picture_gone", field="picture"))
        return False
    return True
