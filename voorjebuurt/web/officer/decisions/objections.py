"""Objections: which wait, what they say, and what comes of them."""

from typing import Any
from uuid import UUID

from flask import abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import of_application
from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.cases.queries import decision_by_id
from voorjebuurt.decisions.letters.objections.notices import NOTICES
from voorjebuurt.decisions.objections.files import objection_answer_form, objection_form
from voorjebuurt.decisions.objections.intake import service as objections
from voorjebuurt.decisions.objections.intake.withdrawals import (
    withdraw_objection as take_objection_back,
)
from voorjebuurt.decisions.objections.proceedings.notices import notice_pdf
from voorjebuurt.decisions.objections.proceedings.steps import record_step as take_step
from voorjebuurt.decisions.objections.queries import (
    ended_objections,
    objection_row,
    open_objections,
)
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.overviews.objection_file import (
    objection_file,
    obstacle_to_ruling,
    possible_steps,
    ruling_parts,
)
from voorjebuurt.decisions.overviews.obstacles import (
    obstacle_to_objection,
    obstacle_to_writing,
    officers_able,
)
from voorjebuurt.decisions.rules.proceedings import NextStep, StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.queries import application_row
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.versions import PageVersion
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE, case_version
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.officer.decisions.objection_forms import (
    STEP_FORMS,
    RegisterForm,
    StepForm,
)
from voorjebuurt.web.words.messages import text_of
from voorjebuurt.web.words.objection_labels import STEP_BUTTONS
from voorjebuurt.web.words.written import as_written

STEP_TEMPLATE = "officer/objections/step.html"
_NEXT_STEPS = {
    NextStep.ANSWER: (StepKind.COMPLETION,),
    NextStep.EXCUSE: (StepKind.EXCUSE,),
    NextStep.HEARING_PLAN: (StepKind.INVITATION, StepKind.WAIVER),
    NextStep.HEARING: (StepKind.HEARING, StepKind.WAIVER),
    NextStep.ADVICE: (StepKind.ADVICE,),
}
"""What an officer writes down when this is due; the first is what is usual."""


def ruling_version(session: Session, application_id: UUID, objection_id: UUID) -> PageVersion:
    """Which decision on an objection a page shows. Ask for it before reading it."""
    return case_version(session, application_id, lambda db, _id: ruling_parts(db, objection_id))


@blueprint.get("/bezwaren")
def list_objections() -> ResponseReturnValue:
    """Objections that wait, and those that are over."""
    page, places = Page.asked(size=25), signed_in_person().reads
    with reading() as session:
        waiting = open_objections(session, places)
        over = ended_objections(session, places, limit=page.limit, offset=page.offset)
    return render_template(
        "officer/objections/list.html", waiting=waiting, over=page.cut(over), page=page
    )


@blueprint.get("/bezwaren/<uuid:objection_id>")
def show_objection(objection_id: UUID) -> ResponseReturnValue:
    """One objection: what is due, what happened, what was decided, and the court."""
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
        version = ruling_version(session, row.application_id, objection_id)
        file = objection_file(session, objection_id) or abort(404)
        actor, ruling = current_actor(), file.open_ruling
        decision_id = file.decision.id
        files = [
            each
            for each in of_application(session, row.application_id)
            if each.objection_id == objection_id
        ]
        obstacle = obstacle_to_objection(session, decision_id=decision_id, actor=actor)
        may_rule = obstacle is None
        if ruling is not None and ruling.status == "proposed":
            obstacle = obstacle_to_ruling(session, ruling, actor)
        able = officers_able(session, decision_id, ruling) if file.waits else {}
        able.pop(signed_in_person().id, None)
        writing = obstacle_to_writing(session, application_id=row.application_id, actor=actor)
        may_act = writing is None
        steps = possible_steps(session, file, actor)
    return render_template(
        "officer/objections/show.html",
        row=row,
        file=file,
        files=files,
        obstacle=text_of(obstacle) if obstacle else None,
        able=list(able.values()),
        may_rule=may_rule,
        may_act=may_act,
        steps=steps,
        next_steps=_NEXT_STEPS.get(file.next_step, ()),
        version=version,
        recall_minutes=the_settings().decisions.recall_minutes,
    )


@blueprint.route("/besluiten/<uuid:decision_id>/bezwaar", methods=["GET", "POST"])
def register_objection(decision_id: UUID) -> ResponseReturnValue:
    """Register an objection that came by letter or at the desk."""
    form = RegisterForm(data={"channel": "letter", "received_on": clock.today()})
    with reading() as session:
        decision = decision_by_id(session, decision_id) or abort(404)
        case = application_row(session, decision.application_id) or abort(404)
    question = Question(
        title=_("Register an objection"),
        about=_("Decision %(number)s", number=decision.number),
        back=url_for("officer.show_decision", decision_id=decision_id),
        button=_("Register the objection"),
        done=_("The objection is registered. The applicant gets a mail with the last day."),
    )
    return ask(
        question,
        form,
        lambda session: _register(session, decision_id, form),
        template=TEMPLATE,
        place=Place(objection_form(decision_id), case.campaign_id),
    )


def _register(session: Session, decision_id: UUID, form: RegisterForm) -> None:
    objections.register_objection(
        session,
        decision_id=decision_id,
        grounds=form.reason.data or "",
        channel=form.channel.data,
        received_on=form.received_on.data or clock.today(),
        posted_on=form.posted_on.data,
        committee=form.committee.data or "",
        objector=objections.Objector(
            form.party_name.data or "",
            form.party_address.data or "",
            form.agent_name.data or "",
            form.agent_address.data or "",
        ),
        actor=current_actor(),
    )


@blueprint.route("/bezwaren/<uuid:objection_id>/stap/<kind>", methods=["GET", "POST"])
def record_step(objection_id: UUID, kind: str) -> ResponseReturnValue:
    """Write down one step: what is missing, the hearing, the advice, more time."""
    form_class = STEP_FORMS.get(kind) or abort(404)
    form = form_class(data={"on": clock.today()})
    question = Question(
        title=str(STEP_BUTTONS[kind]),
        **about_objection(objection_id),
        button=_("Write it down"),
        done=_("It is written down."),
    )
    return ask(
        question,
        form,
        lambda session: take_step(
            session,
            objection_id=objection_id,
            kind=StepKind(kind),
            note=_note(form),
            actor=current_actor(),
        ),
        template=STEP_TEMPLATE,
        place=_place(objection_id) if "attachments" in form else None,
    )


def _place(objection_id: UUID) -> Place:
    """Where files are added that complete an objection."""
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
        case = application_row(session, row.application_id) or abort(404)
    return Place(objection_answer_form(objection_id), case.campaign_id)


def _note(form: StepForm) -> StepNote:
    """What was filled in; a step without a field has nothing there."""
    values = {
        name: form[name].data for name in ("until", "detail", "place", "body") if name in form
    }
    return StepNote(
        form.on.data or clock.today(),
        values.get("until"),
        values.get("detail") or "",
        values.get("place") or "",
        values.get("body") or "",
    )


@blueprint.route("/bezwaren/<uuid:objection_id>/intrekken", methods=["GET", "POST"])
def withdraw_objection(objection_id: UUID) -> ResponseReturnValue:
    """Write down that who objected took it back."""
    form = ReasonForm()
    question = Question(
        title=_("Write down that the objection was withdrawn?"),
        **about_objection(objection_id),
        button=_("The objection was withdrawn"),
        done=_("The objection was withdrawn. The decision stays as it is."),
        says=(_("That is done in writing, or said at the hearing (Awb 6:21). Write down how."),),
    )
    return ask(
        question,
        form,
        lambda session: take_objection_back(
            session,
            objection_id=objection_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.get("/bezwaren/<uuid:objection_id>/brieven/<kind>.pdf")
def send_notice(objection_id: UUID, kind: str) -> ResponseReturnValue:
    """The last letter of a kind, to print: receipt, what is missing, hearing, more time."""
    if kind not in NOTICES:
        abort(404)
    with reading() as session:
        pdf = notice_pdf(session, objection_id, kind, current_actor()) or abort(404)
    return pdf_answer(pdf, kind)


def about_objection(objection_id: UUID) -> dict[str, Any]:
    """Which objection a question is about, and the way back to it."""
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
    back = url_for("officer.show_objection", objection_id=objection_id)
    return {"about": as_written(f"{row.number} · {row.title}"), "back": back}


def pdf_answer(pdf: bytes, name: str) -> ResponseReturnValue:
    """A PDF to read in the browser."""
    answer = make_response(pdf)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
