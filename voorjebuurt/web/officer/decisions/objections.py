"""Objections: which wait, what they say, and what comes of them."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.queries import decision_by_id, objection_by_id
from voorjebuurt.decisions.objections import outcomes as objection_outcomes
from voorjebuurt.decisions.objections import service as objections
from voorjebuurt.decisions.objections.queries import (
    ended_objections,
    objection_row,
    open_objections,
)
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_objection
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import refusal_of
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.officer.decisions.objection_forms import OutcomeForm, RegisterForm
from voorjebuurt.web.words.messages import text_of
from voorjebuurt.web.words.written import as_written


@blueprint.get("/bezwaren")
def list_objections() -> ResponseReturnValue:
    """Objections that wait, and those that are over."""
    page, places = Page.asked(size=25), signed_in_person().municipalities
    with reading() as session:
        waiting = open_objections(session, places)
        over = ended_objections(session, places, limit=page.limit, offset=page.offset)
    return render_template(
        "officer/objections/list.html", waiting=waiting, over=page.cut(over), page=page
    )


@blueprint.get("/bezwaren/<uuid:objection_id>")
def show_objection(objection_id: UUID) -> ResponseReturnValue:
    """One objection with its clock, and who may decide on it."""
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
        objection = objection_by_id(session, objection_id) or abort(404)
        decision_id, actor = objection.decision_id, current_actor()
        obstacle = obstacle_to_objection(session, decision_id=decision_id, actor=actor)
        names = names_of(session, [objection.received_by, objection.decided_by])
    return render_template(
        "officer/objections/show.html",
        row=row,
        objection=objection,
        names=names,
        obstacle=text_of(obstacle) if obstacle else None,
        may_extend=refusal_of(lambda: objections.refuse_extension(objection)) is None,
    )


@blueprint.route("/besluiten/<uuid:decision_id>/bezwaar", methods=["GET", "POST"])
def register_objection(decision_id: UUID) -> ResponseReturnValue:
    """Register an objection that came by letter or at the desk."""
    form = RegisterForm(data={"channel": "letter", "received_on": clock.today()})
    with reading() as session:
        decision = decision_by_id(session, decision_id) or abort(404)
    question = Question(
        title=_("Register an objection"),
        about=_("Decision %(number)s", number=decision.number),
        back=url_for("officer.show_decision", decision_id=decision_id),
        button=_("Register the objection"),
        done=_("The objection is registered. The applicant gets a mail with the last day."),
    )
    return ask(
        question,
        form,
        lambda session: _register(session, decision_id, form),
        template=TEMPLATE,
    )


def _register(session: Session, decision_id: UUID, form: RegisterForm) -> None:
    objections.register_objection(
        session,
        decision_id=decision_id,
        grounds=form.reason.data or "",
        channel=form.channel.data,
        received_on=form.received_on.data or clock.today(),
        posted_on=form.posted_on.data,
        committee=form.committee.data,
        actor=current_actor(),
    )


@blueprint.route("/bezwaren/<uuid:objection_id>/verlengen", methods=["GET", "POST"])
def extend_objection(objection_id: UUID) -> ResponseReturnValue:
    """Take six weeks more, once."""
    form = ReasonForm()
    question = Question(
        title=_("Take six weeks more?"),
        **_about(objection_id),
        button=_("Lengthen the term"),
        done=_("There are six weeks more. Who objected gets a mail with the reason."),
        says=(_("This can be done once. Who objected reads your reason."),),
    )
    return ask(
        question,
        form,
        lambda session: objections.extend_objection(
            session,
            objection_id=objection_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/bezwaren/<uuid:objection_id>/beslissen", methods=["GET", "POST"])
def decide_objection(objection_id: UUID) -> ResponseReturnValue:
    """Decide on it, with the reason."""
    form = OutcomeForm()
    with reading() as session:
        objection = objection_by_id(session, objection_id) or abort(404)
    if objection.in_time:
        del form.excuse
    question = Question(
        title=_("Decide on the objection"),
        **_about(objection_id),
        button=_("Decide"),
        done=_("Decided. Who objected gets a mail with the outcome and the reason."),
        says=(_("The objection: “%(grounds)s”", grounds=objection.grounds),),
        warning=_("This can't be undone. If you uphold it, the application is decided on again."),
    )
    return ask(
        question,
        form,
        lambda session: _decide(session, objection_id, form),
        template=TEMPLATE,
    )


def _decide(session: Session, objection_id: UUID, form: OutcomeForm) -> None:
    objection_outcomes.decide_objection(
        session,
        objection_id=objection_id,
        outcome=form.outcome.data,
        reason=form.reason.data or "",
        excuse=form.excuse.data or "" if "excuse" in form else "",
        actor=current_actor(),
    )


def _about(objection_id: UUID) -> dict[str, Any]:
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
    back = url_for("officer.show_objection", objection_id=objection_id)
    return {"about": as_written(f"{row.number} · {row.title}"), "back": back}
