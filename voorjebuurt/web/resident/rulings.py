"""Decisions on one's own application: the letter, objecting, taking an objection back."""

from uuid import UUID

from flask import abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.objections.court.appeals import last_ruling
from voorjebuurt.decisions.objections.files import objection_answer_form, objection_form
from voorjebuurt.decisions.objections.intake.service import Objector
from voorjebuurt.decisions.objections.intake.service import object_to_decision as object_to
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection as withdraw
from voorjebuurt.decisions.objections.proceedings.steps import complete_objection as complete
from voorjebuurt.decisions.objections.queries import applicant_waits
from voorjebuurt.decisions.overviews.applicant_file import application_of_objection, sent_decision
from voorjebuurt.decisions.overviews.objection_file import ruling_paper
from voorjebuurt.decisions.proof.earlier import decisions_for_the_court
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.ownership import campaign_of_application
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import EmptyForm
from voorjebuurt.web.resident.match_forms import CompleteObjectionForm, ObjectionForm


@blueprint.get("/besluiten/<uuid:decision_id>")
def show_decision(decision_id: UUID) -> ResponseReturnValue:
    """The letter as a page."""
    with reading() as session:
        decision = sent_decision(session, decision_id) or abort(404)
        announcement = letters.read_announcement(decision.announcement)
        letter = letters.show(decision.snapshot, announcement)
        for_the_court = decision_id in decisions_for_the_court(session, decision.application_id)
        loss = revocations(session, [decision.application_id]).get(decision_id)
        waits = applicant_waits(session, decision_id)
    return render_template(
        "resident/match/decision.html",
        decision=decision,
        letter=letter,
        for_the_court=for_the_court,
        gone=loss,
        waits=waits,
    )


@blueprint.get("/besluiten/<uuid:decision_id>/brief.pdf")
def send_decision(decision_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the very bytes that were announced."""
    with reading() as session:
        decision = sent_decision(session, decision_id) or abort(404)
        answer = make_response(decision.letter)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{decision.number}.pdf"'
    return answer


@blueprint.route("/besluiten/<uuid:decision_id>/bezwaar", methods=["GET", "POST"])
def object_to_decision(decision_id: UUID) -> ResponseReturnValue:
    """Object; after the last day too, with a word about what that means."""
    with reading() as session:
        decision = sent_decision(session, decision_id) or abort(404)
        campaign_id = campaign_of_application(session, decision.application_id) or abort(404)
    late = decision.object_until is not None and clock.today() > decision.object_until
    form = ObjectionForm()
    question = Question(
        title=_("Object to decision %(number)s", number=decision.number),
        says=(
            _("Another officer than those who decided looks at it again. You get a mail."),
            _("Objecting costs nothing. Meanwhile the decision holds."),
            _("No time to give your reasons? Leave them out: you get four weeks to send them."),
        ),
        warning=_("The last day to object has passed. Tell also why you are late.") if late else "",
        button=_("Send the objection"),
        done=_("Your objection has been received."),
        back=url_for("resident.show_application", application_id=decision.application_id),
    )
    return ask(
        question,
        form,
        lambda session: object_to(
            session,
            decision_id=decision_id,
            grounds=form.reason.data or "",
            objector=Objector(
                agent_name=form.agent_name.data or "", agent_address=form.agent_address.data or ""
            ),
            costs=form.costs.data or "",
            actor=current_actor(),
        ),
        template="resident/match/question.html",
        place=Place(objection_form(decision_id), campaign_id),
    )


@blueprint.get("/bezwaren/<uuid:objection_id>/beslissing")
def show_ruling(objection_id: UUID) -> ResponseReturnValue:
    """The letter of the decision on one's objection, as a page."""
    with reading() as session:
        ruling = last_ruling(session, objection_id) or abort(404)
        paper = ruling_paper(session, ruling.id, objection_id) or abort(404)
        announcement = letters.read_announcement(paper.announcement)
        letter = html_of(ruling_letter(read_ruling(paper.snapshot), announcement))
    return render_template(
        "resident/match/ruling.html", ruling=ruling, letter=letter, objection_id=objection_id
    )


@blueprint.get("/bezwaren/<uuid:objection_id>/beslissing.pdf")
def send_ruling(objection_id: UUID) -> ResponseReturnValue:
    """The same as PDF: the very bytes that were announced."""
    with reading() as session:
        last = last_ruling(session, objection_id) or abort(404)
        paper = ruling_paper(session, last.id, objection_id) or abort(404)
        answer = make_response(paper.letter)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{last.number}.pdf"'
    return answer


@blueprint.route("/bezwaren/<uuid:objection_id>/aanvullen", methods=["GET", "POST"])
def complete_objection(objection_id: UUID) -> ResponseReturnValue:
    """Send what is missing in an objection."""
    with reading() as session:
        application_id = application_of_objection(session, objection_id) or abort(404)
        campaign_id = campaign_of_application(session, application_id) or abort(404)
    form = CompleteObjectionForm()
    question = Question(
        title=_("Complete your objection"),
        button=_("Send it"),
        done=_("We have what was missing in your objection."),
        back=url_for("resident.show_application", application_id=application_id),
    )
    return ask(
        question,
        form,
        lambda session: complete(
            session,
            objection_id=objection_id,
            body=form.body.data or "",
            actor=current_actor(),
        ),
        template="resident/match/question.html",
        place=Place(objection_answer_form(objection_id), campaign_id),
    )


@blueprint.route("/bezwaren/<uuid:objection_id>/intrekken", methods=["GET", "POST"])
def withdraw_objection(objection_id: UUID) -> ResponseReturnValue:
    """Take an objection back, after a question."""
    with reading() as session:
        application_id = application_of_objection(session, objection_id) or abort(404)
    question = Question(
        title=_("Withdraw your objection?"),
        says=(_("The decision then stays as it is."),),
        button=_("Withdraw the objection"),
        done=_("Your objection has been withdrawn."),
        back=url_for("resident.show_application", application_id=application_id),
        tone="danger",
    )
    return ask(
        question,
        EmptyForm(),
        lambda session: withdraw(session, objection_id=objection_id, actor=current_actor()),
        template="resident/match/question.html",
    )
