"""The court, and a notice of default with its penalty."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.decisions.letters.objections.penalty import penalty_letter, read_penalty
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.objections.court.appeals import (
    last_ruling,
    register_appeal,
    register_judgment,
)
from voorjebuurt.decisions.objections.court.penalties import (
    approve_penalty,
    pay_penalty,
    propose_penalty,
    register_default,
)
from voorjebuurt.decisions.overviews.defaults import default_view, open_objection_numbers
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_penalty
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE, ask_about, the_application
from voorjebuurt.web.officer.decisions.objections import about_objection, pdf_answer
from voorjebuurt.web.officer.decisions.ruling_forms import (
    AppealForm,
    DefaultForm,
    JudgmentForm,
    PaidForm,
    PenaltyForm,
)
from voorjebuurt.web.words.messages import text_of


@blueprint.route("/bezwaren/<uuid:objection_id>/beroep", methods=["GET", "POST"])
def register_court_appeal(objection_id: UUID) -> ResponseReturnValue:
    """Write down that somebody went to the court."""
    with reading() as session:
        ruling = last_ruling(session, objection_id)
        court = ruling.court if ruling else ""
    form = AppealForm(data={"court": court, "lodged_on": clock.today()})
    question = Question(
        title=_("Write down an appeal"),
        **about_objection(objection_id),
        button=_("Write down the appeal"),
        done=_("The appeal is written down. The applicant gets a mail."),
    )
    return ask(
        question,
        form,
        lambda session: register_appeal(
            session,
            objection_id=objection_id,
            court=form.court.data or "",
            case_number=form.case_number.data or "",
            lodged_on=form.lodged_on.data or clock.today(),
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/bezwaren/<uuid:objection_id>/uitspraak", methods=["GET", "POST"])
def register_court_judgment(objection_id: UUID) -> ResponseReturnValue:
    """Write down what the court decided."""
    form = JudgmentForm(data={"judged_on": clock.today()})
    question = Question(
        title=_("Write down the judgment"),
        **about_objection(objection_id),
        button=_("Write down the judgment"),
        done=_("The judgment is written down. The applicant gets a mail."),
        says=(_("If the court annulled the decision, the objection is decided on again."),),
    )
    return ask(
        question,
        form,
        lambda session: register_judgment(
            session,
            objection_id=objection_id,
            outcome=form.outcome.data,
            judged_on=form.judged_on.data or clock.today(),
            judgment=form.judgment.data or "",
            decide_by=form.decide_by.data,
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/aanvragen/<uuid:application_id>/ingebrekestelling", methods=["GET", "POST"])
def register_default_notice(application_id: UUID) -> ResponseReturnValue:
    """Write down a letter that says the decision is late."""
    form = DefaultForm(data={"about": "application", "received_on": clock.today()})
    row = the_application(application_id)
    with reading() as session:
        numbers = open_objection_numbers(session, application_id)
    form.about.choices = [
        SelectChoice("application", _("the application %(number)s", number=row.number)),
        *(
            SelectChoice(str(key), _("the objection %(number)s", number=number))
            for key, number in numbers.items()
        ),
    ]
    return ask_about(
        application_id,
        form,
        lambda session: register_default(
            session,
            application_id=application_id,
            objection_id=None if form.about.data == "application" else UUID(form.about.data),
            received_on=form.received_on.data or clock.today(),
            actor=current_actor(),
        ),
        title=_("Write down a notice of default"),
        button=_("Write it down"),
        done=_("It is written down. The applicant gets a mail with the day from which it costs."),
        says=(_("The law gives two weeks; then each day costs a penalty, at most 42 days."),),
    )


@blueprint.get("/aanvragen/<uuid:application_id>/dwangsom")
def show_penalty(application_id: UUID) -> ResponseReturnValue:
    """The last notice of default: from when it costs, how much, and what was decided."""
    row = the_application(application_id)
    with reading() as session:
        view = default_view(session, application_id, _bands()) or abort(404)
        obstacle, actor = None, current_actor()
        if view.notice.status in ("received", "proposed"):
            obstacle = obstacle_to_penalty(
                session, application_id=application_id, notice=view.notice, actor=actor
            )
    return render_template(
        "officer/objections/penalty.html",
        application=row,
        view=view,
        obstacle=text_of(obstacle) if obstacle else None,
    )


@blueprint.route("/aanvragen/<uuid:application_id>/dwangsom/vaststellen", methods=["GET", "POST"])
def propose_late_penalty(application_id: UUID) -> ResponseReturnValue:
    """Propose the penalty."""
    form, notice_id = PenaltyForm(), _notice_id(application_id)
    return ask_about(
        application_id,
        form,
        lambda session: propose_penalty(
            session,
            notice_id=notice_id,
            ground=form.ground.data or "",
            reason=form.reason.data or "",
            bands=_bands(),
            actor=current_actor(),
        ),
        title=_("Propose the penalty for being late"),
        button=_("Propose the decision"),
        done=_("The penalty is proposed. A colleague can approve it now."),
        says=(_("The municipality pays it itself: no money of it is on this site."),),
    )


@blueprint.post("/aanvragen/<uuid:application_id>/dwangsom/goedkeuren")
def approve_late_penalty(application_id: UUID) -> ResponseReturnValue:
    """Approve the penalty, as a second officer; the letter goes out at once."""
    notice_id = _notice_id(application_id)
    do(
        lambda session: approve_penalty(session, notice_id=notice_id, actor=current_actor()),
        message=_("The penalty is set. The applicant gets a mail."),
    )
    return redirect(url_for("officer.show_penalty", application_id=application_id))


@blueprint.route("/aanvragen/<uuid:application_id>/dwangsom/betaald", methods=["GET", "POST"])
def pay_late_penalty(application_id: UUID) -> ResponseReturnValue:
    """Write down that the municipality paid."""
    form, notice_id = PaidForm(data={"paid_on": clock.today()}), _notice_id(application_id)
    return ask_about(
        application_id,
        form,
        lambda session: pay_penalty(
            session,
            notice_id=notice_id,
            paid_on=form.paid_on.data or clock.today(),
            actor=current_actor(),
        ),
        title=_("Write down that the penalty was paid"),
        button=_("Write it down"),
        done=_("It is written down."),
    )


@blueprint.get("/aanvragen/<uuid:application_id>/dwangsom.pdf")
def send_penalty_letter(application_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the bytes that were sent; before that a draft."""
    with reading() as session:
        view = default_view(session, application_id, _bands()) or abort(404)
        notice = view.notice
        if not notice.snapshot:
            abort(404)
        pdf = view.letter or pdf_of(penalty_letter(read_penalty(notice.snapshot)))
    return pdf_answer(pdf, notice.number)


def _notice_id(application_id: UUID) -> UUID:
    with reading() as session:
        view = default_view(session, application_id, _bands()) or abort(404)
        return view.notice.id


def _bands() -> tuple[int, ...]:
    return the_settings().decisions.penalty_cents_a_day
