"""Making, using and taking away passkeys."""

from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people import sign_ins, signin
from voorjebuurt.people.factors import passkeys
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import PasskeyForm
from voorjebuurt.web.auth.landing import next_path
from voorjebuurt.web.auth.second_factor import NEXT, before_a_factor, show_codes
from voorjebuurt.web.kit.actions import refusals_flashed
from voorjebuurt.web.kit.actors import current_actor, open_session, signed_in_person
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.kit.errors import form_error, refusals_shown
from voorjebuurt.web.kit.local_paths import local_path
from voorjebuurt.web.kit.passkeys import (
    FIELD,
    creation_options,
    device_answer,
    relying_party,
)


@blueprint.route("/mijn/passkeys/nieuw", methods=["GET", "POST"])
def add_passkey() -> ResponseReturnValue:
    """Make a passkey, as the first factor or beside another."""
    person = signed_in_person()
    if (elsewhere := before_a_factor(person)) is not None:
        return elsewhere
    if request.method == "GET":
        session[NEXT] = local_path(request.args.get("volgende"))
    form, answer = PasskeyForm(), device_answer()
    if form.validate_on_submit():
        if answer is None:
            form_error(form, DomainError("passkey_refused"))
        else:
            with refusals_shown(form):
                with writing() as db:
                    codes = passkeys.add_passkey(
                        db,
                        person_id=person.id,
                        label=form.label.data or "",
                        answer=answer,
                        party=relying_party(),
                        actor=current_actor(),
                    )
                    sign_ins.mark_passed(db, person.sign_in_id)
                flash(_("The passkey is kept."), "ok")
                return show_codes(codes) if codes else redirect(url_for("auth.show_security"))
    return render_template(
        "auth/add_passkey.html",
        form=form,
        passkey_options=creation_options(person.id),
        passkey_field=FIELD,
    )


@blueprint.post("/mijn/passkeys/<uuid:passkey_id>/weg")
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Take a passkey away."""
    with writing() as db:
        passkeys.remove_passkey(db, passkey_id=passkey_id, actor=current_actor())
    flash(_("The passkey is taken away."), "ok")
    return redirect(url_for("auth.show_security"))


@blueprint.post("/inloggen/passkey")
def use_passkey() -> ResponseReturnValue:
    """Sign in with a passkey, which is both steps at once."""
    answer, target = device_answer(), local_path(request.form.get("volgende"))
    with refusals_flashed():
        if answer is None:
            raise DomainError("passkey_refused")
        with writing() as db:
            admission = signin.use_passkey(db, answer=answer, party=relying_party())
        open_session(admission.person_id, admission.session_version, factor_at=clock.now())
        flash(_("You are signed in."), "ok")
        return redirect(next_path(target))
    return redirect(url_for("auth.show_sign_in", volgende=target))
