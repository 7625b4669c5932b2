"""Having oneself erased: first what goes and what stays, in figures; then, with one's address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.owndata import erasing, mailed_access, plans
from voorjebuurt.owndata.plans import ErasurePlan
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import EraseForm
from voorjebuurt.web.kit.actors import (
    current_actor,
    end_session,
    read_person_again,
    signed_in_person,
)
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.kit.i18n import chosen_locale

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


@blueprint.route("/mijn/gegevens/wissen", methods=["GET", "POST"])
def erase_own_data() -> ResponseReturnValue:
    """Who is signed in, with all that is theirs."""
    person_id = signed_in_person().id
    with reading() as session:
        plan = plans.plan_for_person(session, person_id)
    form = _form(plan)
    if form.validate_on_submit() and carried_out(
        form,
        lambda session: erasing.erase_signed_in(
            session,
            person_id=person_id,
            typed_email=form.email.data or "",
            tell=_wants_news(form),
            actor=current_actor(),
        ),
    ):
        read_person_again()
        end_session()
        return _done()
    back = url_for("auth.show_own_data")
    return render_template("auth/erase.html", form=form, plan=plan, back=back)


@blueprint.route(f"/gegevens/{_TOKEN}/wissen", methods=["GET", "POST"])
def erase_mailed_data(token: str) -> ResponseReturnValue:
    """An address without an account, by the link that was mailed to it."""
    with reading() as session:
        email = mailed_access.address_of_link(session, token)
        plan = None if email is None else plans.plan_for_address(session, email)
    if plan is None:
        flash(_("This link doesn’t work any more. Ask for a new one."), "error")
        return redirect(url_for("auth.ask_own_data"))
    form = _form(plan)
    if form.validate_on_submit() and carried_out(
        form,
        lambda session: erasing.erase_by_link(
            session,
            token=token,
            typed_email=form.email.data or "",
            tell=_wants_news(form),
            locale=chosen_locale(),
            actor=current_actor(),
        ),
    ):
        return _done()
    back = url_for("auth.show_mailed_data", token=token)
    return render_template("auth/erase.html", form=form, plan=plan, back=back)


def _form(plan: ErasurePlan) -> EraseForm:
    """Without gifts that run there is nothing to choose."""
    form = EraseForm()
    form.email.description = _("We ask for it so that nothing is erased by mistake.")
    if not plan.gifts.running:
        del form.news
    return form


def _wants_news(form: EraseForm) -> bool:
    return "news" in form and form.news.data == "yes"


def _done() -> ResponseReturnValue:
    flash(_("You are erased. We mail you once more, to say that it is done."), "ok")
    return redirect(url_for("public.show_home"))
