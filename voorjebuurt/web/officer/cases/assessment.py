"""What officers find about an application: which groups it reaches, and how good it is."""

from decimal import Decimal
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.decisions.cases import assessment
from voorjebuurt.decisions.cases.parts import groups_parts, score_parts
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version
from voorjebuurt.web.officer.cases.forms import GroupsForm, ScoreForm
from voorjebuurt.web.words.written import as_written


@blueprint.route("/aanvragen/<uuid:application_id>/groepen", methods=["GET", "POST"])
def verify_groups(application_id: UUID) -> ResponseReturnValue:
    """Say which groups are really reached, with the evidence."""
    with reading() as session:
        version = case_version(session, application_id, groups_parts)
        application = application_by_id(session, application_id) or abort(404)
    form = GroupsForm(
        data={"groups": application.verified_groups, "evidence": application.groups_evidence}
    )
    form.version = version
    form.groups.choices = [SelectChoice(group, as_written(group)) for group in application.groups]
    return ask_about(
        application_id,
        form,
        lambda session: assessment.verify_groups(
            session,
            application_id=application_id,
            groups=form.groups.data or [],
            evidence=form.evidence.data or "",
            actor=current_actor(),
        ),
        part="bereik",
        title=_("Who does it reach?"),
        button=_("Save"),
        done=_("Saved. Only these groups count for the computed amount."),
        says=(_("The applicant says: “%(reach)s”", reach=application.reach),),
    )


@blueprint.route("/aanvragen/<uuid:application_id>/score", methods=["GET", "POST"])
def set_score(application_id: UUID) -> ResponseReturnValue:
    """Score the plan, with the reason."""
    with reading() as session:
        version = case_version(session, application_id, score_parts)
        application = application_by_id(session, application_id) or abort(404)
    form = ScoreForm(data={"score": application.score, "reason": application.score_reason})
    form.version = version
    return ask_about(
        application_id,
        form,
        lambda session: assessment.set_score(
            session,
            application_id=application_id,
            score=form.score.data if form.score.data is not None else Decimal("NaN"),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        part="berekening",
        title=_("Score the plan"),
        button=_("Save the score"),
        done=_("The score is saved."),
    )
