"""Officers on leave: who stands in for whom, and cases that go to a colleague."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.decisions.cases.absences import delegations
from voorjebuurt.decisions.cases.delegations import delegate, reassign_all
from voorjebuurt.decisions.cases.delegations import end_delegation as end
from voorjebuurt.kernel import clock
from voorjebuurt.people.queries import Officer, names_of, officers
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.desk.delegation_forms import DelegationForm, HandOverForm


@blueprint.get("/vervanging")
def list_delegations() -> ResponseReturnValue:
    """Who is away, and who stands in."""
    with reading() as session:
        rows = [
            delegation
            for place in signed_in_person().reads
            for delegation in delegations(session, place)
        ]
        people = [
            person
            for delegation in rows
            for person in (delegation.absent_id, delegation.stand_in_id)
        ]
        names = names_of(session, people)
    return render_template(
        "officer/delegations/list.html", rows=rows, names=names, today=clock.today()
    )


@blueprint.route("/vervanging/nieuw", methods=["GET", "POST"])
def delegate_cases() -> ResponseReturnValue:
    """Let a colleague stand in, for oneself or for another who is away."""
    place, colleagues = _colleagues()
    form = DelegationForm(data={"absent": str(signed_in_person().id), "from_on": clock.today()})
    form.absent.choices = form.stand_in.choices = _choices(colleagues)
    question = Question(
        title=_("Arrange a replacement"),
        about=_("Replacements"),
        back=url_for("officer.list_delegations"),
        button=_("Arrange it"),
        done=_("Arranged. The colleague sees the cases on these days."),
        says=(_("A colleague sees the cases and tasks. The mandate stays their own."),),
    )
    return ask(
        question,
        form,
        lambda session: _delegate(session, place, form),
        template=TEMPLATE,
    )


def _delegate(session: Session, place: UUID, form: DelegationForm) -> None:
    delegate(
        session,
        municipality_id=place,
        absent_id=UUID(form.absent.data),
        stand_in_id=UUID(form.stand_in.data),
        from_on=form.from_on.data or clock.today(),
        until_on=form.until_on.data or clock.today(),
        reason=form.reason.data or "",
        actor=current_actor(),
    )


@blueprint.post("/vervanging/<uuid:delegation_id>/stoppen")
def end_delegation(delegation_id: UUID) -> ResponseReturnValue:
    """Somebody is back earlier."""
    do(
        lambda session: end(session, delegation_id=delegation_id, actor=current_actor()),
        message=_("The replacement has ended."),
    )
    return redirect(url_for("officer.list_delegations"))


@blueprint.route("/vervanging/overdragen", methods=["GET", "POST"])
def hand_over_cases() -> ResponseReturnValue:
    """Give all open cases of one officer to another."""
    place, colleagues = _colleagues()
    form = HandOverForm()
    form.giver.choices = form.taker.choices = _choices(colleagues)
    question = Question(
        title=_("Hand over all open cases"),
        about=_("Replacements"),
        back=url_for("officer.list_delegations"),
        button=_("Hand them over"),
        done=_("The cases are handed over. Each says so in its own trail."),
        says=(_("Cases in which the colleague has a stake stay where they are."),),
    )
    return ask(
        question,
        form,
        lambda session: _hand_over(session, place, form),
        template=TEMPLATE,
    )


def _hand_over(session: Session, place: UUID, form: HandOverForm) -> None:
    reassign_all(
        session,
        municipality_id=place,
        from_id=UUID(form.giver.data),
        to_id=UUID(form.taker.data),
        reason=form.reason.data or "",
        actor=current_actor(),
    )


def _colleagues() -> tuple[UUID, Sequence[Officer]]:
    """The officers of the municipality asked for by ``?gemeente=``, else of the first of mine."""
    mine = sorted(signed_in_person().municipalities)
    requested_places = [place for place in mine if str(place) == request.args.get("gemeente")]
    place = next(iter([*requested_places, *mine]), None) or abort(404)
    with reading() as session:
        return place, officers(session, place)


def _choices(colleagues: Sequence[Officer]) -> list[SelectChoice]:
    return [
        SelectChoice("", _("Choose an officer")),
        *(SelectChoice(str(officer.id), officer.name) for officer in colleagues),
    ]
