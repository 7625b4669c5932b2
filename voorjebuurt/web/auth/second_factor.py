"""The second step of signing in, and setting it up."""

import json

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people import sign_ins
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import app_address, code_at, groups_of_four
from voorjebuurt.people.factors.queries import are_current, factor_state
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.people.rules import is_fresh
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import CodeForm, KeptForm
from voorjebuurt.web.auth.landing import next_path
from voorjebuurt.web.kit.actors import (
    current_actor,
    known_person,
    read_person_again,
    signed_in_person,
)
from voorjebuurt.web.kit.database import reading, the_sealer, the_settings, writing
from voorjebuurt.web.kit.errors import form_error, refusals_shown
from voorjebuurt.web.kit.factors import (
    is_practice,
    passes_with_code,
    passes_with_passkey,
    passkey_request,
    practice_code,
)
from voorjebuurt.web.kit.local_paths import local_path
from voorjebuurt.web.kit.passkeys import device_answer
from voorjebuurt.web.kit.qr import qr_svg

_SET_UP, _CODES = "second_factor_secret", "recovery_codes"
NEXT = "second_factor_next"
"""Where somebody wanted to go, before a factor had to be set up."""


@blueprint.route("/inloggen/tweede-stap", methods=["GET", "POST"])
def show_second_factor() -> ResponseReturnValue:
    """Ask for a code of somebody's app, or one of their recovery codes."""
    person = signed_in_person()
    target = request.args.get("volgende", "")
    if not person.has_factor:
        return redirect(url_for("auth.set_up_second_factor", volgende=target or None))
    form, answer = CodeForm(data={"volgende": target}), device_answer()
    if answer is not None and passes_with_passkey(person.sign_in_id, answer):
        read_person_again()
        return redirect(next_path(form.volgende.data))
    if answer is not None:
        form_error(form, DomainError("passkey_refused"))
    elif form.validate_on_submit():
        if passes_with_code(person.sign_in_id, form.code.data or ""):
            read_person_again()
            return redirect(next_path(form.volgende.data))
        read_person_again()
        if known_person() is None:
            flash(_("That code was wrong too often. Sign in again."), "error")
            return redirect(url_for("auth.show_sign_in", volgende=form.volgende.data or None))
        form_error(form, DomainError("code_wrong", field="code"))
    return render_template(
        "auth/second_factor.html",
        form=form,
        holds_role=bool(person.held_roles),
        practice_code=practice_code(person.id),
        **passkey_request(person.id),
    )


@blueprint.route("/mijn/tweede-stap", methods=["GET", "POST"])
def set_up_second_factor() -> ResponseReturnValue:
    """Tie an app to the account: its secret as a picture and as text, and a first code of it."""
    person = signed_in_person()
    if (elsewhere := before_a_factor(person)) is not None:
        return elsewhere
    with reading() as db:
        state = factor_state(db, person.id)
    if state is not None and state.created_at is not None:
        return redirect(url_for("auth.show_recovery_codes"))
    if request.method == "GET":
        session.setdefault(_SET_UP, the_sealer().seal(factors.new_secret()))
        session[NEXT] = local_path(request.args.get("volgende"))
    if _SET_UP not in session:
        return redirect(url_for("auth.set_up_second_factor"))
    secret = the_sealer().open(session[_SET_UP])
    form = CodeForm()
    form.code.description = _("The six digits that your app shows.")
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as db:
                codes = factors.add_totp(
                    db,
                    person_id=person.id,
                    secret=secret,
                    code=form.code.data or "",
                    sealer=the_sealer(),
                    actor=current_actor(),
                )
                sign_ins.mark_passed(db, person.sign_in_id)
            session.pop(_SET_UP)
            return show_codes(codes) if codes else redirect(url_for("auth.show_security"))
    address = app_address(secret, email=person.email, platform=the_settings().platform_name)
    return render_template(
        "auth/set_up_second_factor.html",
        form=form,
        target=session.get(NEXT),
        secret=groups_of_four(secret),
        address=address,
        picture=qr_svg(address),
        practice_code=code_at(secret, clock.now()) if is_practice() else None,
    )


@blueprint.route("/mijn/herstelcodes", methods=["GET", "POST"])
def show_recovery_codes() -> ResponseReturnValue:
    """The new recovery codes, until their owner says that they are kept."""
    if _CODES not in session:
        return redirect(url_for("auth.show_security"))
    codes = json.loads(the_sealer().open(session[_CODES]))
    with reading() as db:
        is_current = are_current(db, signed_in_person().id, codes)
    if not is_current:
        session.pop(_CODES)
        flash(_("These recovery codes don't work any more: new ones were made elsewhere."), "error")
        return redirect(url_for("auth.show_security"))
    form = KeptForm()
    if form.validate_on_submit():
        session.pop(_CODES)
        target = local_path(session.pop(NEXT, None))
        return redirect(target or url_for("auth.show_security"))
    return render_template("auth/recovery_codes.html", form=form, codes=codes)


@blueprint.post("/mijn/herstelcodes/nieuw")
def renew_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; the old ones work no longer."""
    with writing() as db:
        codes = factors.renew_recovery_codes(
            db, person_id=signed_in_person().id, actor=current_actor()
        )
    return show_codes(codes)


@blueprint.post("/mijn/tweede-stap/weg")
def remove_second_factor() -> ResponseReturnValue:
    """Take the second step away."""
    with writing() as db:
        factors.remove_totp(db, person_id=signed_in_person().id, actor=current_actor())
    flash(_("The second step is taken away."), "ok")
    return redirect(url_for("auth.show_security"))


def show_codes(codes: list[str]) -> ResponseReturnValue:
    """Keep them sealed in the cookie for the page to come: a double click shows the same ones."""
    session[_CODES] = the_sealer().seal(json.dumps(codes))
    return redirect(url_for("auth.show_recovery_codes"))


def before_a_factor(person: SignedIn) -> ResponseReturnValue | None:
    """Who has a factor proves it anew before they get another one."""
    if not person.has_factor or is_fresh(person.factor_at, clock.now()):
        return None
    return redirect(url_for("auth.show_second_factor", volgende=request.full_path.rstrip("?")))
