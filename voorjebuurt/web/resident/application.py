"""One's own application: where it stands and by when, completing it, taking it back."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.cases.terms import complete_application
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.case_files import own_files
from voorjebuurt.decisions.overviews.interest import interest_so_far
from voorjebuurt.decisions.overviews.owed_interest import owed_so_far
from voorjebuurt.decisions.paper.filings import filings_of
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.decisions.rulings.withdrawals import withdraw_application as withdraw
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applicants.service import details_of
from voorjebuurt.matching.applications.additions import completion_form
from voorjebuurt.matching.applications.service import change_application as change
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.applicant import filled
from voorjebuurt.web.kit.forms.attachments import files_of, sent_with_files
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.statement import StatementForm
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.kit.ruleset_sentences import sentences_of
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.match_forms import CompleteForm, WithdrawForm


@blueprint.get("/matchgeld/<uuid:application_id>")
def show_application(application_id: UUID) -> ResponseReturnValue:
    """Where it stands, what happens next and by when, and everything that was decided."""
    with reading() as session:
        file = applicant_file(session, application_id) or abort(404)
        details = details_of(session, application_id)
        files = own_files(session, application_id)
        papers = filings_of(session, application_id)
        table = table_of(the_settings().decisions)
        interest = interest_so_far(session, application_id, table)
        debt = owed_so_far(session, application_id, table)
    rule_texts = sentences_of(file.version.rules)
    return render_template(
        "resident/match/application.html",
        file=file,
        details=details,
        files=files,
        paper=next((paper for paper in papers if paper.kind == PaperKind.APPLICATION), None),
        interest=interest,
        owed=debt,
        rule_sentences=rule_texts,
        today=clock.today(),
    )


@blueprint.route("/matchgeld/<uuid:application_id>/aanvullen", methods=["GET", "POST"])
def complete_match(application_id: UUID) -> ResponseReturnValue:
    """Answer what an officer asked, and put right what the application says."""
    with reading() as session:
        file = applicant_file(session, application_id) or abort(404)
        details = details_of(session, application_id)
    place = Place(completion_form(application_id), file.campaign.id)
    kind = StatementForm if file.asked is None else CompleteForm
    form = kind(obj=file.application, data=filled(details))
    form.offer(list(file.fund.groups))
    if not file.changeable:
        return redirect(url_for("resident.show_application", application_id=application_id))
    if sent_with_files(form, place) and carried_out(
        form, lambda session: _save(session, application_id, form)
    ):
        flash(_("Your application has been changed."), "ok")
        return redirect(url_for("resident.show_application", application_id=application_id))
    files = files_of(place)
    return render_template("resident/match/complete.html", file=file, form=form, files=files)


def _save(session: Session, application_id: UUID, form: StatementForm) -> None:
    values = {**form.said(), "application_id": application_id, "actor": current_actor()}
    if isinstance(form, CompleteForm):
        complete_application(session, answer=form.reason.data or "", **values)
    else:
        change(session, **values)


@blueprint.route("/matchgeld/<uuid:application_id>/intrekken", methods=["GET", "POST"])
def withdraw_match(application_id: UUID) -> ResponseReturnValue:
    """Take the application back, after a question."""
    with reading() as session:
        file = applicant_file(session, application_id) or abort(404)
    form = WithdrawForm()
    question = Question(
        title=_("Withdraw your application?"),
        says=(
            _("Your campaign then gets no money from this fund."),
            _("As long as the fund is open you can apply again, with a later moment of receipt."),
        ),
        button=_("Withdraw the application"),
        done=_("Your application has been withdrawn."),
        back=url_for("resident.show_application", application_id=application_id),
        tone="danger",
    )
    return ask(
        question,
        form,
        lambda session: withdraw(
            session,
            application_id=application_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template="resident/match/question.html",
        file=file,
    )
