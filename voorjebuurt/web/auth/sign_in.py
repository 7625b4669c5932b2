"""Signing in and out."""

import re
from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import is_addressee
from voorjebuurt.campaigns.pitch import confirm_draft, hold_drafts
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people import queries as people
from voorjebuurt.people import signin
from voorjebuurt.people.rules import LINK_MINUTES
from voorjebuurt.people.service import name_new_person
from voorjebuurt.people.signin import Admission
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import LinkForm, PasswordSignInForm, UseLinkForm
from voorjebuurt.web.auth.landing import next_path
from voorjebuurt.web.kit.actors import (
    current_actor,
    current_person,
    end_session,
    open_session,
    read_person_again,
    signed_in_person,
)
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.drafts import draft_ids
from voorjebuurt.web.kit.errors import form_error, refusals_shown
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.kit.local_paths import local_path
from voorjebuurt.web.kit.passkeys import FIELD, request_options

_ASKED_BY = "link_email"
_OWN_CAMPAIGN = re.compile(r"/mijn/acties/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)")


@blueprint.route("/inloggen", methods=["GET", "POST"])
def show_sign_in() -> ResponseReturnValue:
    """Ask for a link by mail."""
    if current_person() is not None:
        return redirect(next_path(request.args.get("volgende")))
    form = LinkForm(data={"volgende": local_path(request.args.get("volgende"))})
    if form.validate_on_submit():
        with writing() as db:
            signin.request_link(
                db,
                email=form.email.data,
                next_path=local_path(form.volgende.data),
                locale=chosen_locale(),
                actor=current_actor(),
            )
        session[_ASKED_BY] = form.email.data
        return redirect(url_for("auth.show_link_sent"))
    return render_template(
        "auth/sign_in.html",
        form=form,
        passkey_options=request_options(None),
        passkey_field=FIELD,
    )


@blueprint.get("/inloggen/verstuurd")
def show_link_sent() -> ResponseReturnValue:
    """Say where the link went; the same for every address."""
    if _ASKED_BY not in session:
        return redirect(url_for("auth.show_sign_in"))
    return render_template("auth/link_sent.html", email=session[_ASKED_BY], minutes=LINK_MINUTES)


@blueprint.route("/inloggen/wachtwoord", methods=["GET", "POST"])
def show_password_sign_in() -> ResponseReturnValue:
    """Sign in with a password."""
    if current_person() is not None:
        return redirect(next_path(request.args.get("volgende")))
    form = PasswordSignInForm(data={"volgende": local_path(request.args.get("volgende"))})
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as db:
                drafts = _held_drafts(db, None)
                admission = signin.use_password(
                    db, email=form.email.data, password=form.password.data
                )
                _claim(db, admission.person_id, drafts)
            return _admit(admission, form.volgende.data)
    return render_template("auth/password_sign_in.html", form=form)


@blueprint.route("/inloggen/<string(minlength=20,maxlength=100):token>", methods=["GET", "POST"])
def show_link(token: str) -> ResponseReturnValue:
    """A button that uses up the link: mail scanners follow links, but press no buttons."""
    form = UseLinkForm()
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as db:
                drafts = _held_drafts(db, people.path_of_open_link(db, token))
                admission = signin.use_link(
                    db, token=token, locale=chosen_locale(), actor=current_actor()
                )
                is_named = _claim(db, admission.person_id, drafts)
            return _admit(admission, admission.next_path, is_named=is_named)
    with reading() as db:
        email = people.email_of_open_link(db, token)
        if email is not None and not form.errors and people.is_address_blocked(db, email):
            form_error(form, DomainError("account_blocked"))
    status = 200 if email is not None else 404
    return render_template("auth/link.html", form=form, email=email), status


@blueprint.post("/uitloggen")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    end_session()
    flash(_("You are signed out."), "ok")
    answer = redirect("/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _held_drafts(db: Session, target: str | None) -> Sequence[UUID]:
    """What was begun in this browser, and the draft that a mailed link leads to, held until the
    commit: campaigns in the order of their ids, and before the person who signs in (adr 28).
    """
    match = _OWN_CAMPAIGN.match(target or "")
    return hold_drafts(db, draft_ids() | ({UUID(match[1])} if match else set()))


def _claim(db: Session, person_id: UUID, drafts: Sequence[UUID]) -> bool:
    """Whoever confirmed an address gets the drafts that were begun with it. Whether they are named
    by that: only by what this browser typed.
    """
    is_named, begun_here = False, draft_ids()
    for campaign_id in drafts:
        if not is_addressee(db, campaign_id, person_id):
            continue
        name = confirm_draft(db, campaign_id=campaign_id, person_id=person_id)
        if campaign_id in begun_here and name:
            actor = Actor("person", person_id)
            is_named = name_new_person(db, person_id=person_id, name=name, actor=actor)
    return is_named


def _admit(
    admission: Admission, target: str | None, *, is_named: bool = False
) -> ResponseReturnValue:
    if not open_session(admission.person_id, admission.session_version):
        flash(_("Something about your account was changed just now. Sign in again."), "error")
        return redirect(url_for("auth.show_sign_in", volgende=local_path(target)))
    if admission.is_new and not is_named:
        flash(_("Welcome. How shall we call you?"), "info")
        return redirect(url_for("auth.show_profile", volgende=local_path(target)))
    read_person_again()
    person = signed_in_person()
    if person.held_roles or person.has_factor:
        return redirect(url_for("auth.show_second_factor", volgende=local_path(target)))
    flash(_("You are signed in."), "ok")
    return redirect(next_path(target))
