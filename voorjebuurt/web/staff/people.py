"""People and what they may do."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.people import address_changes, queries, roles, service
from voorjebuurt.people.address_change_states import address_change_rows
from voorjebuurt.people.appointments.authority import self_appointing
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.queries import factor_state
from voorjebuurt.people.role_proposal_queries import waiting_roles
from voorjebuurt.people.rules import Role
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.filters import SearchForm
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import AddressForm, ReasonForm, RoleForm
from voorjebuurt.web.words.money_labels import ROLES


@blueprint.get("/mensen")
def list_people() -> ResponseReturnValue:
    """Everybody who can sign in, found by name or address."""
    form, page = SearchForm(request.args), Page.asked(size=40)
    with reading() as session:
        search = form.zoek.data or "" if form.validate() else ""
        rows = queries.people(session, search=search, limit=page.limit, offset=page.offset)
        people = page.cut(rows)
        role_names = {person.id: sorted(queries.roles_of(session, person.id)) for person in people}
    return render_template(
        "staff/people/list.html", form=form, people=people, roles=role_names, page=page
    )


@blueprint.get("/mensen/<uuid:person_id>")
def show_person(person_id: UUID) -> ResponseReturnValue:
    """One person, their roles, and the forms to change those."""
    with reading() as session:
        return _page(session, person_id, _role_form(session), ReasonForm())


@blueprint.post("/mensen/<uuid:person_id>/rollen")
def grant_role(person_id: UUID) -> ResponseReturnValue:
    """Give the role of a coach; propose any other."""
    with reading() as session:
        form = _role_form(session)
        is_coach = form.role.data == Role.COACH
        answer = submit(
            form,
            lambda writer: _grant(writer, person_id, form),
            message=_("The role is given. It works at once.")
            if is_coach
            else _("The role is proposed. It counts once another colleague confirms it."),
            back=url_for("staff.show_person", person_id=person_id),
        )
        return answer or _page(session, person_id, form, ReasonForm(formdata=None))


@blueprint.post("/mensen/<uuid:person_id>/rollen/<uuid:grant_id>/intrekken")
def revoke_role(person_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """Take a role away."""
    do(
        lambda session: roles.revoke_role(session, grant_id=grant_id, actor=current_actor()),
        message=_("The role is taken away."),
    )
    return redirect(url_for("staff.show_person", person_id=person_id))


@blueprint.post("/mensen/<uuid:person_id>/blokkeren")
def block_person(person_id: UUID) -> ResponseReturnValue:
    """Keep somebody out."""
    return _bar(person_id, service.block_person)


@blueprint.post("/mensen/<uuid:person_id>/toelaten")
def unblock_person(person_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    return _bar(person_id, service.unblock_person)


@blueprint.post("/mensen/<uuid:person_id>/tweede-stap")
def reset_second_factor(person_id: UUID) -> ResponseReturnValue:
    """Let somebody set up the second step anew, who lost app and recovery codes."""
    return _bar(person_id, factors.reset_factor)


def _bar(person_id: UUID, change: Callable[..., None]) -> ResponseReturnValue:
    """One of these: the address says which, so that pressing twice does not undo it."""
    form = ReasonForm()
    with reading() as session:
        if form.validate_on_submit():
            do(
                lambda writer: change(
                    writer,
                    person_id=person_id,
                    reason=form.reason.data or "",
                    actor=current_actor(),
                ),
                message=_("Done. It works at once."),
            )
            return redirect(url_for("staff.show_person", person_id=person_id))
        role_form = _role_form(session, from_request=False)
        return _page(session, person_id, role_form, form)


@blueprint.route("/mensen/<uuid:person_id>/adres", methods=["GET", "POST"])
def ask_address_change(person_id: UUID) -> ResponseReturnValue:
    """Ask for another address; both addresses get a mail, and nothing changes yet."""
    with reading() as session:
        person = queries.person_by_id(session, person_id) or abort(404)
        pending = address_changes.open_change(session, person_id)
        holds_role = bool(queries.roles_of(session, person_id))
    form = AddressForm()
    answer = submit(
        form,
        lambda session: address_changes.ask_address_change(
            session,
            person_id=person_id,
            new_email=form.email.data or "",
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("The old address gets a mail. The new one gets it once a colleague approves it.")
        if holds_role
        else _("Both addresses get a mail. Nothing changes until the new one confirms."),
        back=url_for("staff.show_person", person_id=person_id),
    )
    return answer or render_template(
        "staff/people/address.html",
        person=person,
        pending=pending,
        holds_role=holds_role,
        form=form,
    )


@blueprint.post("/mensen/<uuid:person_id>/adres/goedkeuren")
def approve_address_change(person_id: UUID) -> ResponseReturnValue:
    """Approve what a colleague asked about somebody who holds a role."""
    do(
        lambda session: address_changes.approve_change(
            session, person_id=person_id, actor=current_actor()
        ),
        message=_("The change is approved. The new address gets its link now."),
    )
    return redirect(url_for("staff.show_person", person_id=person_id))


@blueprint.post("/mensen/<uuid:person_id>/adres/intrekken")
def withdraw_address_change(person_id: UUID) -> ResponseReturnValue:
    """Let nothing come of what was asked."""
    do(
        lambda session: address_changes.withdraw_change(
            session, person_id=person_id, actor=current_actor()
        ),
        message=_("The change is withdrawn. The links in both mails do nothing any more."),
    )
    return redirect(url_for("staff.show_person", person_id=person_id))


def _grant(session: Session, person_id: UUID, form: RoleForm) -> None:
    place = form.municipality_id.data
    role = Role(form.role.data)
    roles.give_role(
        session,
        person_id=person_id,
        role=role,
        municipality_id=UUID(place) if place else None,
        may_appoint=role is Role.OFFICER,
        wait=_wait(),
        actor=current_actor(),
    )


def _wait() -> timedelta:
    return timedelta(hours=the_settings().people.role_wait_hours)


def _role_form(session: Session, *, from_request: bool = True) -> RoleForm:
    form = RoleForm() if from_request else RoleForm(formdata=None)
    form.role.choices = [
        SelectChoice("", _("Choose a role")),
        *(SelectChoice(*pair) for pair in ROLES.items()),
    ]
    places = [(str(place.id), place.name) for place in municipalities(session)]
    form.municipality_id.choices = [
        SelectChoice("", _("None")),
        *(SelectChoice(*pair) for pair in places),
    ]
    return form


def _page(
    session: Session, person_id: UUID, role_form: RoleForm, block_form: ReasonForm
) -> ResponseReturnValue:
    person = queries.person_by_id(session, person_id) or abort(404)
    places = {place.id: place.name for place in municipalities(session)}
    return render_template(
        "staff/people/show.html",
        person=person,
        grants=queries.grants_of(session, person_id),
        places=places,
        proposals=waiting_roles(session, person_id=person_id),
        reader_id=current_actor().person_id,
        self_appointing=self_appointing(session),
        wait_hours=the_settings().people.role_wait_hours,
        factor=factor_state(session, person_id),
        address_changes=address_change_rows(session, person),
        role_form=role_form,
        block_form=block_form,
        form=block_form if block_form.errors else role_form,
        own=current_actor().person_id == person_id,
    )
