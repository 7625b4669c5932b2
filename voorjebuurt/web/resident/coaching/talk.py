"""One's own conversation with the coach: all that was said, changed, decided and remarked."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.coaching import talk
from voorjebuurt.campaigns.coaching.conversation import conversation_of
from voorjebuurt.campaigns.coaching.rules import QUIET_DAYS
from voorjebuurt.campaigns.coaching.seats import mark_read
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.queries import coach_of
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import AnswerForm


@blueprint.route("/acties/<uuid:campaign_id>/gesprek", methods=["GET", "POST"])
def show_talk(campaign_id: UUID) -> ResponseReturnValue:
    """Read it, and say something."""
    form = AnswerForm()
    form.body.label.text = _("Your message")
    answer = submit(
        form,
        lambda session: talk.answer(
            session, campaign_id=campaign_id, body=form.body.data or "", actor=current_actor()
        ),
        message=_("Your message is in the conversation."),
        back=url_for("resident.show_talk", campaign_id=campaign_id, _anchor="nieuwste"),
    )
    if answer is not None:
        return answer
    me, seen_at = signed_in_person().id, clock.now()
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        conversation = conversation_of(session, campaign_id, me)
        coach = coach_of(session, campaign_id)
    if conversation.unread:
        with writing() as session:
            mark_read(session, campaign_id=campaign_id, person_id=me, at=seen_at)
    return render_template(
        "resident/coaching/talk.html",
        campaign=campaign,
        conversation=conversation,
        coach=coach,
        me=me,
        form=form,
        is_whole=bool(request.args.get("alles")),
        quiet_days=QUIET_DAYS,
    )
