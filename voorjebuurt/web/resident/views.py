"""What is intended about one's own application: the letter, and one's views of it."""

from uuid import UUID

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.letters.announcement import read_announcement
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.intentions import intention_letter
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.views import ViewsStatus
from voorjebuurt.decisions.views import answers
from voorjebuurt.decisions.views.queries import full_intention, is_decided_on, views_form
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.attachments import files_of, sent_with_files
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import EmptyForm
from voorjebuurt.web.resident.match_forms import GiveViewsForm


@blueprint.get("/voornemens/<uuid:intention_id>")
def show_intention(intention_id: UUID) -> ResponseReturnValue:
    """The letter as a page, with the ways to answer."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
        can_answer = _can_answer(session, intention)
    announcement = read_announcement(intention.announcement)
    letter = intention_letter(read(intention.snapshot), announcement.object_until, announcement)
    return render_template(
        "resident/match/intention.html",
        intention=intention,
        letter=html_of(letter),
        can_answer=can_answer,
        late=clock.today() > intention.until,
    )


@blueprint.get("/voornemens/<uuid:intention_id>/brief.pdf")
def send_intention(intention_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the very bytes that were sent."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
        answer = make_response(intention.letter)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{intention.number}.pdf"'
    return answer


@blueprint.route("/voornemens/<uuid:intention_id>/zienswijze", methods=["GET", "POST"])
def give_views(intention_id: UUID) -> ResponseReturnValue:
    """Tell what one thinks of it, with files; once."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
        application = application_by_id(session, intention.application_id) or abort(404)
        can_answer = _can_answer(session, intention)
    page = url_for("resident.show_intention", intention_id=intention_id)
    if not can_answer:
        return redirect(page)
    form, place = GiveViewsForm(), Place(views_form(intention_id), application.campaign_id)
    if sent_with_files(form, place) and carried_out(
        form,
        lambda session: answers.give_views(
            session,
            intention_id=intention_id,
            answer=form.answer.data or "",
            actor=current_actor(),
        ),
    ):
        flash(_("We have your views. Nothing has been decided yet."), "ok")
        return redirect(page)
    return render_template(
        "resident/match/views.html",
        intention=intention,
        form=form,
        files=files_of(place),
        late=clock.today() > intention.until,
    )


@blueprint.route("/voornemens/<uuid:intention_id>/geen-zienswijze", methods=["GET", "POST"])
def waive_views(intention_id: UUID) -> ResponseReturnValue:
    """Say that one has no views, after a question."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
    question = Question(
        title=_("Say that you have no views"),
        says=(
            _("The municipality can decide sooner then, as it intends."),
            _("You can still object to the decision itself. You can't give views after this."),
        ),
        button=_("Say that I have no views"),
        done=_("We noted that you have no views."),
        back=url_for("resident.show_application", application_id=intention.application_id),
    )
    return ask(
        question,
        EmptyForm(),
        lambda session: answers.waive_views(
            session, intention_id=intention_id, actor=current_actor()
        ),
        template="resident/match/question.html",
    )


def _can_answer(session: Session, intention: Intention) -> bool:
    """Whether views can still be given: it is not answered, dropped or decided on."""
    is_open = intention.status == ViewsStatus.OPEN and intention.closed_at is None
    return is_open and not is_decided_on(session, intention.id)
