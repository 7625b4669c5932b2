"""The conversation of a plan for its coach: all that was said, changed, decided and remarked."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.coaching import talk
from voorjebuurt.campaigns.coaching.conversation import conversation_of
from voorjebuurt.campaigns.coaching.rules import QUIET_DAYS, WITHOUT_TALK
from voorjebuurt.campaigns.coaching.seats import mark_read
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.queries import coach_of
from voorjebuurt.campaigns.rules import ReviewPart
from voorjebuurt.kernel import clock
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.coach.forms import NoteForm
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.submission import submit


@blueprint.get("/acties/<uuid:campaign_id>/gesprek")
def show_talk(campaign_id: UUID) -> ResponseReturnValue:
    """Read it; the form to say something is at its end."""
    return _page(campaign_id, NoteForm())


@blueprint.post("/acties/<uuid:campaign_id>/gesprek/vraag")
def ask_in_talk(campaign_id: UUID) -> ResponseReturnValue:
    """Ask something: it waits for who runs the plan."""
    return _say(campaign_id, is_advice=False)


@blueprint.post("/acties/<uuid:campaign_id>/gesprek/advies")
def advise_in_talk(campaign_id: UUID) -> ResponseReturnValue:
    """Say something that needs no answer."""
    return _say(campaign_id, is_advice=True)


@blueprint.post("/acties/<uuid:campaign_id>/gesprek/gezien")
def nod_in_talk(campaign_id: UUID) -> ResponseReturnValue:
    """Tell that one read it: nothing waits for the coach any more."""
    do(
        lambda session: talk.nod(session, campaign_id=campaign_id, actor=current_actor()),
        message=_("Nothing waits for you in this conversation."),
    )
    return redirect(url_for("coach.show_talk", campaign_id=campaign_id, _anchor="nieuwste"))


def _say(campaign_id: UUID, *, is_advice: bool) -> ResponseReturnValue:
    form = NoteForm()
    answer = submit(
        form,
        lambda session: talk.ask(
            session,
            campaign_id=campaign_id,
            body=form.body.data or "",
            part=ReviewPart(form.part.data) if form.part.data else None,
            is_advice=is_advice,
            actor=current_actor(),
        ),
        message=_("Your message is in the conversation."),
        back=url_for("coach.show_talk", campaign_id=campaign_id, _anchor="nieuwste"),
    )
    return answer or _page(campaign_id, form)


def _page(campaign_id: UUID, form: NoteForm) -> str:
    me, seen_at = signed_in_person().id, clock.now()
    with reading() as session:
        campaign = page_by_id(session, campaign_id)
        if campaign is None or campaign.status in WITHOUT_TALK:
            abort(404)
        conversation = conversation_of(session, campaign_id, me)
        coach = coach_of(session, campaign_id)
        own = has_part(session, campaign_id, me)
    if conversation.unread:
        with writing() as session:
            mark_read(session, campaign_id=campaign_id, person_id=me, at=seen_at)
    return render_template(
        "coach/reviews/talk.html",
        campaign=campaign,
        conversation=conversation,
        coach=coach,
        own=own,
        me=me,
        form=form,
        is_whole=bool(request.args.get("alles")),
        quiet_days=QUIET_DAYS,
    )
