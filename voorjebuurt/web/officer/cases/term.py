"""The term to decide: stopped for what is missing, or lengthened."""

from datetime import timedelta
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.last_terms.service import set_last_term as begin_last_term
from voorjebuurt.decisions.terms import extensions, questions
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version
from voorjebuurt.web.officer.cases.forms import CompletionForm, ExtensionForm, LastTermForm

TWO_WEEKS, SIX_WEEKS = timedelta(days=14), timedelta(days=42)


@blueprint.route("/aanvragen/<uuid:application_id>/aanvullen", methods=["GET", "POST"])
def ask_completion(application_id: UUID) -> ResponseReturnValue:
    """Ask the applicant for what is missing."""
    form = CompletionForm(data={"until": clock.today() + TWO_WEEKS})
    return ask_about(
        application_id,
        form,
        lambda session: questions.ask_completion(
            session,
            application_id=application_id,
            missing=form.missing.data or "",
            until=form.until.data or clock.today(),
            actor=current_actor(),
        ),
        part="termijn",
        title=_("Ask to complete the application"),
        button=_("Ask the applicant"),
        done=_("The applicant gets a mail. The term to decide stands still until the answer."),
        says=(_("The term to decide stands still from tomorrow until the applicant answers."),),
    )


@blueprint.route("/aanvragen/<uuid:application_id>/verlengen", methods=["GET", "POST"])
def extend_term(application_id: UUID) -> ResponseReturnValue:
    """Lengthen the term, once."""
    form = ExtensionForm()
    return ask_about(
        application_id,
        form,
        lambda session: extensions.extend_term(
            session,
            application_id=application_id,
            until=form.until.data or clock.today(),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        part="termijn",
        title=_("Lengthen the term to decide"),
        button=_("Lengthen the term"),
        done=_("The term is longer now. The applicant gets a mail with the reason."),
        says=(_("This can be done once. The applicant reads the new day and your reason."),),
    )


@blueprint.route("/aanvragen/<uuid:application_id>/laatste-termijn", methods=["GET", "POST"])
def set_last_term(application_id: UUID) -> ResponseReturnValue:
    """Set a last term to account, or a later one."""
    with reading() as session:
        version = case_version(session, application_id, case_parts)
    form = LastTermForm(data={"until": clock.today() + SIX_WEEKS})
    form.version = version
    return ask_about(
        application_id,
        form,
        lambda session: begin_last_term(
            session,
            application_id=application_id,
            until=form.until.data or clock.today(),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        part="laatste-termijn",
        title=_("Set a last term to account"),
        button=_("Set the last term"),
        done=_("The last term is set. The applicant gets a mail, or a letter by post."),
        says=(
            _("No account came in time. The applicant can still send one until this day."),
            _("After it the amount can be determined without an account (Awb 4:44)."),
        ),
    )
