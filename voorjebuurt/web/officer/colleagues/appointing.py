"""Proposing an officer, changing a mandate and taking a role away, by who has the right."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.people import roles
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.appointments.mandates import change_mandate as change
from voorjebuurt.people.appointments.mandates import propose_officer as propose
from voorjebuurt.people.appointments.register import Mandate, mandate_of, municipality_of_grant
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.colleagues.forms import MandateForm, OfficerForm, TakingForm
from voorjebuurt.web.words.written import as_written


@blueprint.route("/medewerkers/<uuid:municipality_id>/voorstellen", methods=["GET", "POST"])
def propose_officer(municipality_id: UUID) -> ResponseReturnValue:
    """Propose somebody as an officer, by address."""
    with reading() as session:
        _require_right(session, municipality_id)
        place = next(each.name for each in municipalities(session) if each.id == municipality_id)
    form = OfficerForm()
    question = Question(
        title=_("Propose an officer"),
        about=as_written(place),
        back=_register(municipality_id),
        button=_("Propose this officer"),
        done=_("Proposed. Another officer with the right to appoint confirms it."),
        says=(
            _(
                "Another officer with the right to appoint confirms it, at the earliest %(hours)s "
                "hours later.",
                hours=the_settings().people.role_wait_hours,
            ),
            _("Everybody who is an officer here gets a mail, and so does your colleague."),
        ),
    )
    return ask(
        question, form, lambda writer: _propose(writer, municipality_id, form), template=TEMPLATE
    )


@blueprint.route("/medewerkers/mandaten/<uuid:grant_id>/wijzigen", methods=["GET", "POST"])
def change_mandate(grant_id: UUID) -> ResponseReturnValue:
    """Give an officer another mandate: less at once, more when a colleague confirms it."""
    case = _the_case(grant_id)
    form = MandateForm(
        data={
            "mandate_limit_cents": case.mandate.mandate_cents,
            "scope": "all" if case.mandate.kinds is None else "some",
            "kinds": case.mandate.kinds or [],
            "until": case.mandate.until,
            "may_appoint": case.mandate.may_appoint,
        }
    )
    question = Question(
        title=_("Change what this officer may decide"),
        about=as_written(case.mandate.name),
        back=_register(case.municipality_id),
        button=_("Change the mandate"),
        done=_("Done. Is it more than before? Then it counts once a colleague confirms it."),
        says=(
            _("Less works at once."),
            _(
                "More counts once another officer with the right to appoint confirms it, at the "
                "earliest %(hours)s hours later.",
                hours=the_settings().people.role_wait_hours,
            ),
            _("Decisions of before keep the mandate they were made under."),
        ),
    )
    return ask(question, form, lambda writer: _change(writer, grant_id, form), template=TEMPLATE)


@blueprint.route("/medewerkers/mandaten/<uuid:grant_id>/intrekken", methods=["GET", "POST"])
def end_mandate(grant_id: UUID) -> ResponseReturnValue:
    """Take the role of an officer away, with a reason."""
    case = _the_case(grant_id)
    form = TakingForm()
    question = Question(
        title=_("Take the role away"),
        about=as_written(case.mandate.name),
        back=_register(case.municipality_id),
        button=_("Take the role away"),
        done=_("The role is taken away."),
        says=(
            _("It works at once. Hand over the open cases under Replacements."),
            _("Your colleague and all officers here read your reason in a mail."),
        ),
        tone="danger",
    )
    return ask(
        question,
        form,
        lambda writer: roles.revoke_role(
            writer, grant_id=grant_id, reason=form.reason.data or "", actor=current_actor()
        ),
        template=TEMPLATE,
    )


@dataclass(frozen=True)
class _Case:
    mandate: Mandate
    municipality_id: UUID


def _the_case(grant_id: UUID) -> _Case:
    """The mandate of this route, as it is now. Who may not appoint has no page for it."""
    with reading() as session:
        municipality_id = municipality_of_grant(session, grant_id) or abort(404)
        _require_right(session, municipality_id)
        mandate = mandate_of(session, municipality_id, grant_id)
    if mandate is None or mandate.ended_at is not None:
        flash(_("This mandate was changed or ended meanwhile. Nothing has been done."), "error")
        return abort(redirect(_register(municipality_id)))
    return _Case(mandate, municipality_id)


def _require_right(session: Session, municipality_id: UUID) -> None:
    if signed_in_person().id not in appointers(session, municipality_id):
        abort(403)


def _propose(session: Session, municipality_id: UUID, form: OfficerForm) -> None:
    propose(
        session,
        municipality_id=municipality_id,
        email=form.email.data or "",
        mandate_limit_cents=form.mandate_limit_cents.data,
        may_appoint=form.may_appoint.data,
        kinds=form.chosen_kinds(),
        until=form.until.data,
        wait=_wait(),
        actor=current_actor(),
    )


def _change(session: Session, grant_id: UUID, form: MandateForm) -> None:
    change(
        session,
        grant_id=grant_id,
        mandate_limit_cents=form.mandate_limit_cents.data,
        may_appoint=form.may_appoint.data,
        kinds=form.chosen_kinds(),
        until=form.until.data,
        wait=_wait(),
        actor=current_actor(),
    )


def _wait() -> timedelta:
    return timedelta(hours=the_settings().people.role_wait_hours)


def _register(municipality_id: UUID) -> str:
    return url_for("officer.list_colleagues", gemeente=municipality_id)
