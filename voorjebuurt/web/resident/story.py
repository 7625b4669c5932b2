"""The fourth step: the story and its picture."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.rules import Step
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import StoryForm
from voorjebuurt.web.resident.steps import (
    after,
    pitch_to_edit,
    show_remarks,
    step_frame,
    step_version,
)
from voorjebuurt.web.resident.taken_pictures import take_picture


@blueprint.route("/acties/<uuid:campaign_id>/verhaal", methods=["GET", "POST"])
def edit_story(campaign_id: UUID) -> ResponseReturnValue:
    """The fourth step. A picture that was uploaded is kept, whatever else is wrong."""
    with reading() as session:
        version = step_version(session, campaign_id, Step.STORY)
        campaign = pitch_to_edit(session, campaign_id)
    form = StoryForm(data=campaign._asdict())
    form.version = version
    show_remarks(campaign_id, form)
    if form.is_submitted():
        right = form.validate()
        if returned_reason() is None:  # else it is only shown again
            right = take_picture(form, form) and right
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
