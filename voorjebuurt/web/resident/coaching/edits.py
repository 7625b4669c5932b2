"""What a coach changed in one's own plan: the words that differ, and yes or no to each."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.coaching.queries import edits_of
from voorjebuurt.campaigns.coaching.rules import IN_TALK
from voorjebuurt.campaigns.coaching.service import answer_edit
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.resident.blueprint import blueprint

_MOST_BEFORE = 30


@blueprint.get("/acties/<uuid:campaign_id>/coach")
def list_coach_edits(campaign_id: UUID) -> ResponseReturnValue:
    """What waits for an answer, and what was answered before, with both versions in full."""
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        waiting = edits_of(session, campaign_id, limit=_MOST_BEFORE, is_open=True)
        before = edits_of(session, campaign_id, limit=_MOST_BEFORE, is_open=False)
    return render_template(
        "resident/coaching/edits.html",
        campaign=campaign,
        waiting=waiting,
        before=before,
        can_answer=campaign.status in IN_TALK,
    )


@blueprint.post("/acties/<uuid:campaign_id>/coach/<uuid:edit_id>")
def answer_coach_edit(campaign_id: UUID, edit_id: UUID) -> ResponseReturnValue:
    """Keep the coach's words, or put back one's own: what the button said."""
    is_kept = request.form.get("answer") == "keep"
    do(
        lambda session: answer_edit(
            session,
            campaign_id=campaign_id,
            edit_id=edit_id,
            is_kept=is_kept,
            actor=current_actor(),
        ),
        message=_("You keep the words of the coach.")
        if is_kept
        else _("Your own words are back in your plan."),
    )
    return redirect(url_for("resident.list_coach_edits", campaign_id=campaign_id))
