"""Asking for proof, giving more time, registering an answer on paper, and closing it."""

from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.inquiries import answers, questions
from voorjebuurt.decisions.inquiries.queries import (
    current_inquiry,
    inquiry_by_id,
    inquiry_form,
    sample_is_unasked,
    status_today,
)
from voorjebuurt.decisions.inquiries.questions import ProofQuestion
from voorjebuurt.decisions.rules.inquiries import InquiryGround, findings_for
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE, ask_about
from voorjebuurt.web.officer.inquiries.forms import (
    FindingForm,
    MoreTimeForm,
    ProofQuestionForm,
    RegisterAnswerForm,
)

PREFILL = timedelta(days=28)
"""The term that an officer is proposed."""


@blueprint.route("/aanvragen/<uuid:application_id>/bewijs", methods=["GET", "POST"])
def ask_for_proof(application_id: UUID) -> ResponseReturnValue:
    """Ask to show that the plan was carried out: because the lot fell on it, or for a cause."""
    with reading() as session:
        is_sample = sample_is_unasked(session, application_id)
        current = current_inquiry(session, application_id)
    if current is not None:
        return redirect(url_for("officer.show_inquiry", inquiry_id=current.id))
    form = ProofQuestionForm(data={"until": clock.today() + PREFILL})
    if is_sample:
        del form.cause
    question = ProofQuestion(
        ground=InquiryGround.SAMPLE if is_sample else InquiryGround.CAUSE,
        cause="" if is_sample else form.cause.data or "",
        asked=form.asked.data or "",
        until=form.until.data or clock.today(),
    )
    return ask_about(
        application_id,
        form,
        lambda session: questions.ask_for_proof(
            session, application_id=application_id, question=question, actor=current_actor()
        ),
        part="bewijs",
        title=_("Ask for proof"),
        button=_("Ask the applicant"),
        done=_("The applicant gets a mail, or a letter by post. The amount waits for the answer."),
        says=_why(is_sample=is_sample),
    )


def _why(*, is_sample: bool) -> tuple[str, ...]:
    wait = _("Until you close this question, the amount can’t be determined.")
    if is_sample:
        return (_("The lot fell on this case, so there is no cause to name."), wait)
    return (wait,)


@blueprint.route("/bewijsvragen/<uuid:inquiry_id>/antwoord", methods=["GET", "POST"])
def register_inquiry_answer(inquiry_id: UUID) -> ResponseReturnValue:
    """Write down an answer that came on paper or was shown at the desk, with scans."""
    with reading() as session:
        inquiry = inquiry_by_id(session, inquiry_id) or abort(404)
        application = application_by_id(session, inquiry.application_id) or abort(404)
    form = RegisterAnswerForm(data={"received_on": clock.today()})
    question = Question(
        title=_("Write down an answer"),
        about=_("Question %(number)s", number=inquiry.number),
        button=_("Write down the answer"),
        done=_("The answer is written down. The applicant gets a mail."),
        back=_page(inquiry_id),
        says=(_("This is done once and can't be changed afterwards."),),
    )
    return ask(
        question,
        form,
        lambda session: answers.register_answer(
            session,
            inquiry_id=inquiry_id,
            channel=form.channel.data or "",
            received_on=form.received_on.data or clock.today(),
            answer=form.answer.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
        place=Place(inquiry_form(inquiry_id), application.campaign_id),
    )


@blueprint.route("/bewijsvragen/<uuid:inquiry_id>/verlengen", methods=["GET", "POST"])
def extend_inquiry(inquiry_id: UUID) -> ResponseReturnValue:
    """Give the applicant more time to answer."""
    form = MoreTimeForm()
    question = Question(
        title=_("Give more time to answer"),
        about=_about(inquiry_id),
        button=_("Give more time"),
        done=_("The applicant has more time now, and gets a mail with the reason."),
        back=_page(inquiry_id),
        says=(_("The term to determine the amount does not get longer by this."),),
    )
    return ask(
        question,
        form,
        lambda session: questions.extend_inquiry(
            session,
            inquiry_id=inquiry_id,
            until=form.until.data or clock.today(),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/bewijsvragen/<uuid:inquiry_id>/afsluiten", methods=["GET", "POST"])
def close_inquiry(inquiry_id: UUID) -> ResponseReturnValue:
    """Close the question with what was found."""
    with reading() as session:
        inquiry = inquiry_by_id(session, inquiry_id) or abort(404)
    findings = findings_for(status_today(inquiry))
    if not findings:
        return redirect(_page(inquiry_id))
    form = FindingForm()
    form.offer(findings)
    question = Question(
        title=_("Close the question"),
        about=_("Question %(number)s", number=inquiry.number),
        button=_("Close the question"),
        done=_("The question is closed. The applicant gets a mail with what you found."),
        back=_page(inquiry_id),
        says=(
            _("After this the amount can be determined. A lower amount needs views first."),
            _("This is done once and can't be changed afterwards."),
        ),
    )
    return ask(
        question,
        form,
        lambda session: questions.close_inquiry(
            session,
            inquiry_id=inquiry_id,
            finding=form.finding.data or "",
            text=form.finding_text.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _page(inquiry_id: UUID) -> str:
    return url_for("officer.show_inquiry", inquiry_id=inquiry_id)


def _about(inquiry_id: UUID) -> str:
    with reading() as session:
        inquiry = inquiry_by_id(session, inquiry_id) or abort(404)
    return str(_("Question %(number)s", number=inquiry.number))
