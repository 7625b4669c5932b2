"""One's own account: name, language, password, sessions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import SelectChoice

from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.people import service as people
from voorjebuurt.people import signin
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import ChangePasswordForm, PasswordForm, ProfileForm
from voorjebuurt.web.kit.actors import current_actor, end_session, open_session, signed_in_person
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.i18n import choose_locale, language_name
from voorjebuurt.web.kit.local_paths import local_path


@blueprint.route("/mijn/profiel", methods=["GET", "POST"])
def show_profile() -> ResponseReturnValue:
    """Name and language."""
    person = signed_in_person()
    form = ProfileForm(data={"name": person.name, "locale": person.locale, **_wanted()})
    form.locale.choices = [
        SelectChoice(code, Markup('<span lang="{}">{}</span>').format(code, language_name(code)))
        for code in languages()
    ]
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as session:
                people.change_profile(
                    session,
                    person_id=person.id,
                    name=form.name.data,
                    locale=form.locale.data,
                    actor=current_actor(),
                )
            choose_locale(form.locale.data)
            flash(_("Your details are saved."), "ok")
            return redirect(local_path(form.volgende.data) or url_for("auth.show_profile"))
    return render_template("auth/profile.html", form=form, person=person)


@blueprint.route("/mijn/wachtwoord", methods=["GET", "POST"])
def show_password() -> ResponseReturnValue:
    """Set or change the password."""
    person = signed_in_person()
    form = ChangePasswordForm() if person.has_password else PasswordForm()
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as session:
                admission = signin.set_password(
                    session,
                    person_id=person.id,
                    password=form.password.data,
                    current=form.current.data if person.has_password else None,
                    actor=current_actor(),
                )
            open_session(admission.person_id, admission.session_version, factor_at=person.factor_at)
            flash(_("Your password is saved. You are signed out on other devices."), "ok")
            return redirect(url_for("auth.show_profile"))
    return render_template("auth/password.html", form=form, person=person)


@blueprint.post("/mijn/overal-uitloggen")
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions, this one too."""
    with writing() as session:
        signin.end_sessions(session, person_id=signed_in_person().id, actor=current_actor())
    end_session()
    flash(_("You are signed out on all devices."), "ok")
    return redirect(url_for("auth.show_sign_in"))


def _wanted() -> dict[str, str | None]:
    return {"volgende": local_path(request.args.get("volgende"))}
