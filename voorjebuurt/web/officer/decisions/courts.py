"""The court: appeals, and what it decides."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.objections.court.appeals import (
    last_ruling,
    register_appeal,
    register_judgment,
)
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import (
    TEMPLATE,
)
from voorjebuurt.web.officer.decisions.objections import about_objection
from voorjebuurt.web.officer.decisions.ruling_forms import (
    AppealForm,
    JudgmentForm,
)


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
