"""The checklist of an application, every item of the fund with a finding and a note."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.cases.checklist import Finding, checklist_of
from voorjebuurt.decisions.cases.parts import checklist_parts
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_moved_to
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version
from voorjebuurt.web.words.written import as_written

FINDINGS = {"yes": _l("Met"), "no": _l("Not met"), "": _l("Not looked at yet")}
_AS_TYPED = {True: "yes", False: "no", None: ""}


@blueprint.route("/aanvragen/<uuid:application_id>/controle", methods=["GET", "POST"])
def mark_checklist(application_id: UUID) -> ResponseReturnValue:
    """Say of every item whether it is met; of what is not, why."""
    with reading() as session:
        version = case_version(session, application_id, checklist_parts)
        application = application_by_id(session, application_id) or abort(404)
        findings = checklist_of(session, application)
    form = _form(findings)
    form.version = version
    return ask_about(
        application_id,
        form,
        lambda session: _mark(session, application_id, findings, form),
        part="controle",
        template="officer/applications/checklist.html",
        context={"findings": findings},
        title=_("Checklist"),
        button=_("Save the checklist"),
        done=_("The checklist is saved."),
    )


def _form(findings: Sequence[Finding]) -> Form:
    """A form with a choice and a note for each item, under the item's number."""
    fields: dict[str, object] = {}
    for number, finding in enumerate(findings):
        fields[f"met_{number}"] = RadioField(
            as_written(finding.item),
            choices=[SelectChoice(*pair) for pair in FINDINGS.items()],
            default=_AS_TYPED[finding.met],
            validators=[Optional()],
        )
        fields[f"note_{number}"] = StringField(
            _l("Note"),
            default=finding.note,
            validators=[Optional(), at_most(1_000)],
        )
    form: Form = type("ChecklistForm", (Form,), fields)()
    return form


def _mark(session: Session, application_id: UUID, findings: Sequence[Finding], form: Form) -> None:
    """Write down what changed; what a service refuses is told at that item's note."""
    for number, finding in enumerate(findings):
        answer, note = form[f"met_{number}"].data, form[f"note_{number}"].data or ""
        if not answer or (answer, note) == (_AS_TYPED[finding.met], finding.note):
            continue
        with refusals_moved_to(f"note_{number}"):
            mark_item(
                session,
                application_id=application_id,
                item=finding.item,
                is_met=answer == "yes",
                note=note,
                actor=current_actor(),
            )
