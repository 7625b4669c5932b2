"""Registering what came on paper: a completion, an account, or that it is taken back."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.overviews.applicant_file import ApplicantFile, applicant_file
from voorjebuurt.decisions.paper.accountings import register_accounting
from voorjebuurt.decisions.paper.cases import register_completion, register_withdrawal
from voorjebuurt.decisions.paper.filings import case_paper_form
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.matching.applicants.service import details_of
from voorjebuurt.matching.applications.service import Statement
from voorjebuurt.matching.arrangements import REPORTED, Way
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.applicant import filled
from voorjebuurt.web.kit.forms.attachments import files_of, in_between_files, sent_with_files
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.submission import carried_out, gone_on
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE, case_version
from voorjebuurt.web.officer.cases.paper_forms import (
    PaperAccountingForm,
    PaperCompletionForm,
    PaperWithdrawalForm,
)
from voorjebuurt.web.words.written import as_written


@blueprint.route("/aanvragen/<uuid:application_id>/papier/aanvulling", methods=["GET", "POST"])
def register_paper_completion(application_id: UUID) -> ResponseReturnValue:
    """What the applicant added on paper: the statement as it now is, and their answer."""
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        file = applicant_file(session, application_id) or abort(404)
        details = details_of(session, application_id)
    back = url_for("officer.show_application", application_id=application_id)
    if not file.changeable:
        return redirect(back)
    form = PaperCompletionForm(obj=file.application, data=filled(details))
    form.offer(list(file.fund.groups))
    form.version = version
    form.place = place = Place(
        case_paper_form(application_id, PaperKind.COMPLETION), file.campaign.id
    )
    if sent_with_files(form, place) and carried_out(
        form, lambda session: _complete(session, application_id, form)
    ):
        message = _("What was added is registered. The applicant gets a confirmation.")
        return gone_on(message=message, back=back)
    return render_template(
        "officer/paper/complete.html", file=file, form=form, files=files_of(place), back=back
    )


def _complete(session: Session, application_id: UUID, form: PaperCompletionForm) -> None:
    statement = form.said()
    register_completion(
        session,
        application_id=application_id,
        paper=form.paper(),
        details=statement.pop("details"),
        statement=Statement(**statement),
        actor=current_actor(),
    )


@blueprint.route("/aanvragen/<uuid:application_id>/papier/verantwoording", methods=["GET", "POST"])
def register_paper_accounting(application_id: UUID) -> ResponseReturnValue:
    """How the applicant spent the money, as their paper says it."""
    with reading() as session:
        version = case_version(session, application_id, case_parts)
        file = applicant_file(session, application_id) or abort(404)
    back = url_for("officer.show_application", application_id=application_id)
    if not file.accountable or file.way not in REPORTED:
        return redirect(back)
    form = PaperAccountingForm()
    if file.way is not Way.COSTS:
        form.without_costs()
    form.version = version
    form.place = place = Place(
        case_paper_form(application_id, PaperKind.ACCOUNTING), file.campaign.id
    )
    between = request.method == "POST" and form.in_between()
    if between:
        in_between_files(form, place, form.between)
    elif sent_with_files(form, place) and carried_out(
        form,
        lambda session: register_accounting(
            session,
            application_id=application_id,
            paper=form.paper(),
            lines=form.spent(),
            story=form.story.data or "",
            actor=current_actor(),
        ),
    ):
        message = _("The account is registered. The applicant gets a confirmation.")
        return gone_on(message=message, back=back)
    return render_template(
        "officer/paper/account.html", file=file, form=form, files=files_of(place), back=back
    )


@blueprint.route("/aanvragen/<uuid:application_id>/papier/intrekking", methods=["GET", "POST"])
def register_paper_withdrawal(application_id: UUID) -> ResponseReturnValue:
    """That the applicant took it back on paper."""
    with reading() as session:
        file = applicant_file(session, application_id) or abort(404)
    back = url_for("officer.show_application", application_id=application_id)
    if not file.withdrawable:
        return redirect(back)
    form = PaperWithdrawalForm()
    form.place = place = Place(
        case_paper_form(application_id, PaperKind.WITHDRAWAL), file.campaign.id
    )
    return ask(
        _withdrawal_question(file, back),
        form,
        lambda session: register_withdrawal(
            session, application_id=application_id, paper=form.paper(), actor=current_actor()
        ),
        template=TEMPLATE,
        place=place,
    )


def _withdrawal_question(file: ApplicantFile, back: str) -> Question:
    return Question(
        title=_("Register a withdrawal that came on paper"),
        about=as_written(f"{file.application.number} · {file.campaign.title}"),
        says=(
            _("The fund then no longer reserves money for this campaign."),
            _("The applicant gets a confirmation and can tell that it was not theirs."),
        ),
        button=_("Register the withdrawal"),
        done=_("The withdrawal is registered. The applicant gets a confirmation."),
        back=back,
        tone="danger",
    )
