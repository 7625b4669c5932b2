"""Handling an application: admitting it, and saying that one has a stake in it."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.cases.admission import admit_application as admit
from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.decisions.cases.stakes import declare_stake as declare
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version
from voorjebuurt.web.officer.cases.forms import ReasonForm


@blueprint.post("/aanvragen/<uuid:application_id>/toelaten")
def admit_application(application_id: UUID) -> ResponseReturnValue:
    """Admit it: everything on the checklist is met."""
    with reading() as session:
        version = case_version(session, application_id, case_parts)
    do(
        lambda session: admit(session, application_id=application_id, actor=current_actor()),
        message=_("The application is admitted."),
        version=version,
    )
    return redirect(url_for("officer.show_application", application_id=application_id))


@blueprint.route("/aanvragen/<uuid:application_id>/belang", methods=["GET", "POST"])
def declare_stake(application_id: UUID) -> ResponseReturnValue:
    """Say that one has a stake in the campaign."""
    form = ReasonForm()
    return ask_about(
        application_id,
        form,
        lambda session: declare(
            session,
            application_id=application_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        part="belangen",
        title=_("Do you have a stake in this campaign?"),
        button=_("Declare my stake"),
        tone="danger",
        done=_("Written down. From now on you decide nothing about this campaign."),
        says=(
            _("For example: you live next door, know the initiator well, or help with the plan."),
        ),
        warning=_("You can't take this back. A colleague takes over the decisions."),
    )
