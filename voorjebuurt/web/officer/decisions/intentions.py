"""What is intended: stated with its letter, answered, given more time, dropped."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.attachments.queries import of_application
from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.letters.announcement import read_announcement
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.intentions import intention_letter
from voorjebuurt.decisions.posting.queries import postings_of
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.views import WITH_VIEWS, is_over
from voorjebuurt.decisions.rulings.intentions import draft_intention
from voorjebuurt.decisions.rulings.intentions import state_intention as state
from voorjebuurt.decisions.rulings.preview import decision_bounds
from voorjebuurt.decisions.views import answers
from voorjebuurt.decisions.views.queries import (
    current_intention,
    full_intention,
    is_decided_on,
    views_form,
)
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.queries import application_by_id, application_row
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE, case_version, the_application
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.officer.decisions.intention_forms import (
    IntentionForm,
    MoreTimeForm,
    RegisterViewsForm,
)
from voorjebuurt.web.officer.decisions.objections import pdf_answer
from voorjebuurt.web.officer.decisions.proposal_fields import (
    said_values,
    terms_of,
    with_fields,
)
from voorjebuurt.web.words.decision_addresses import KINDS_BY_SLUG
from voorjebuurt.web.words.written import as_written

TWO_WEEKS = timedelta(days=14)


@blueprint.route("/aanvragen/<uuid:application_id>/voornemen/<kind>", methods=["GET", "POST"])
def state_intention(application_id: UUID, kind: str) -> ResponseReturnValue:
    """State what is intended, so that the applicant can give their views; its letter goes at once.

    The letter can be read first.
    """
    if KINDS_BY_SLUG.get(kind) not in WITH_VIEWS:
        abort(404)
    row = the_application(application_id)
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        current = current_intention(session, application_id)
        bounds = decision_bounds(session, application_id=application_id, kind=KINDS_BY_SLUG[kind])
    if current is not None:
        return redirect(url_for("officer.show_intention", intention_id=current.id))
    default = {"amount": bounds.settled_cents, "until": clock.today() + TWO_WEEKS}
    form = IntentionForm(data=default)
    with_fields(form, bounds)
    del form.compensation, form.breach_on
    if bounds.kind is not DecisionKind.AWARD_CHANGE:
        del form.effect_on
    form.version = version
    letter = None
    if form.validate_on_submit():
        values = {
            **said_values(bounds, form),
            "until": form.until.data or clock.today(),
            "effect_on": terms_of(form).effect_on,
        }
        if "preview" in request.form:
            letter = _letter(application_id, values, form)
        elif (intention_id := _state(application_id, values, form)) is not None:
            flash(_("The letter is sent. The applicant can answer now."), "ok")
            return redirect(url_for("officer.show_intention", intention_id=intention_id))
    return render_template(
        "officer/intentions/state.html",
        application=row,
        told=bounds,
        articles={ground.code: as_written(ground.article) for ground in bounds.grounds},
        form=form,
        letter=letter,
        late=_is_late(form, row),
    )


def _is_late(form: IntentionForm, row: Any) -> bool:
    """Whether the applicant could answer until after the last day to decide on an application."""
    is_undecided = row.status in ("received", "admitted")
    return is_undecided and form.until.data is not None and form.until.data >= row.decide_by


def _letter(application_id: UUID, values: dict[str, Any], form: IntentionForm) -> str | None:
    with refusals_shown(form), reading() as session:
        return draft_intention(session, application_id=application_id, **values)
    return None


def _state(application_id: UUID, values: dict[str, Any], form: IntentionForm) -> UUID | None:
    with refusals_shown(form), writing_as_shown(form.version) as session:
        return state(
            session,
            application_id=application_id,
            website=the_settings().base_url.rstrip("/"),
            actor=current_actor(),
            **values,
        )
    return None


@blueprint.get("/voornemens/<uuid:intention_id>")
def show_intention(intention_id: UUID) -> ResponseReturnValue:
    """What is intended, what the applicant said of it, and what can be done now."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
        application = application_by_id(session, intention.application_id) or abort(404)
        row = application_row(session, intention.application_id) or abort(404)
        files = [
            file
            for file in of_application(session, application.id)
            if file.form == views_form(intention_id)
        ]
        names = names_of(session, [intention.stated_by, intention.answered_by])
        postings = postings_of(session, intention_id)
        is_decided = is_decided_on(session, intention_id)
    announcement = read_announcement(intention.announcement)
    letter = intention_letter(read(intention.snapshot), announcement.object_until, announcement)
    over = is_over(intention.status, intention.until, clock.today())
    return render_template(
        "officer/intentions/show.html",
        intention=intention,
        application=row,
        files=files,
        names=names,
        postings=postings,
        decided=is_decided,
        over=over,
        status="silence" if over and intention.status == "open" else intention.status,
        late=row.status in ("received", "admitted") and intention.until >= row.decide_by,
        today=clock.today(),
        letter=html_of(letter),
    )


@blueprint.get("/voornemens/<uuid:intention_id>/brief.pdf")
def send_intention_letter(intention_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the bytes that were sent."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
    return pdf_answer(intention.letter, intention.number)


@blueprint.route("/voornemens/<uuid:intention_id>/zienswijze", methods=["GET", "POST"])
def register_views(intention_id: UUID) -> ResponseReturnValue:
    """Write down views that came on paper, by telephone or at the desk."""
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
        application = application_by_id(session, intention.application_id) or abort(404)
    form = RegisterViewsForm(data={"received_on": clock.today()})
    question = Question(
        title=_("Write down views"),
        **_about(intention_id),
        button=_("Write down the views"),
        done=_("The views are written down. The applicant gets a mail."),
        says=(_("This is done once and can't be changed afterwards."),),
    )
    return ask(
        question,
        form,
        lambda session: answers.register_views(
            session,
            intention_id=intention_id,
            channel=form.channel.data or "",
            received_on=form.received_on.data or clock.today(),
            answer=form.answer.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
        place=Place(views_form(intention_id), application.campaign_id),
    )


@blueprint.route("/voornemens/<uuid:intention_id>/verlengen", methods=["GET", "POST"])
def extend_views(intention_id: UUID) -> ResponseReturnValue:
    """Give the applicant more time to answer."""
    form = MoreTimeForm()
    question = Question(
        title=_("Give more time to answer"),
        **_about(intention_id),
        button=_("Give more time"),
        done=_("The applicant has more time now, and gets a mail with the reason."),
        says=(_("The term to decide on the application does not get longer by this."),),
    )
    return ask(
        question,
        form,
        lambda session: answers.extend_views(
            session,
            intention_id=intention_id,
            until=form.until.data or clock.today(),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/voornemens/<uuid:intention_id>/laten-vallen", methods=["GET", "POST"])
def drop_intention(intention_id: UUID) -> ResponseReturnValue:
    """It is not intended any longer."""
    form = ReasonForm()
    question = Question(
        title=_("Drop this intention?"),
        **_about(intention_id),
        button=_("Drop the intention"),
        done=_("The intention is dropped. The applicant gets a mail with the reason."),
        says=(_("The applicant reads your reason. You can state another intention after this."),),
    )
    return ask(
        question,
        form,
        lambda session: answers.drop_intention(
            session,
            intention_id=intention_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _about(intention_id: UUID) -> dict[str, str]:
    with reading() as session:
        intention = full_intention(session, intention_id) or abort(404)
    back = url_for("officer.show_intention", intention_id=intention_id)
    return {"about": _("Intention %(number)s", number=intention.number), "back": back}
