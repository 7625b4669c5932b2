"""What a donor gives each month, behind its secret link: seen, paused, changed, stopped."""

from typing import TypeVar

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.pledges.monthly import changing
from voorjebuurt.pledges.monthly.queries import Monthly, monthly_by_token
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.fields import Form, MoneyField, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.public.blueprint import blueprint

_PAUSE = "pause"

FormClass = TypeVar("FormClass", bound=Form)


class MonthlyForm(Form):
    """Another amount each month."""

    amount = MoneyField(
        _l("What you want to give each month"), validators=[required(_l("Enter an amount."))]
    )
    tip = MoneyField(_l("Extra for the platform"))
    agreed = BooleanField(
        _l("If it is more than before: I agree that you take the higher amount each month")
    )


@blueprint.route("/maandgiften/<token>", methods=["GET", "POST"])
def show_monthly(token: str) -> ResponseReturnValue:
    """When and how much, what was collected, and pausing it or going on."""
    form, monthly = _read(token, Form)
    pauses = request.form.get("deed") == _PAUSE
    deed = changing.pause if pauses else changing.resume
    message = _("It is paused: we take nothing now.") if pauses else _("You give each month again.")
    answer = submit(
        form,
        lambda session: deed(session, token=token, actor=current_actor()),
        message=message,
        back=url_for("public.show_monthly", token=token),
    )
    return answer or render_template("public/monthly/show.html", monthly=monthly, form=form)


@blueprint.route("/maandgiften/<token>/wijzigen", methods=["GET", "POST"])
def change_monthly(token: str) -> ResponseReturnValue:
    """Give more or less each month."""
    form, monthly = _read(token, MonthlyForm)
    back = url_for("public.show_monthly", token=token)
    if monthly.status not in ("run", _PAUSE):
        return redirect(back)
    answer = submit(
        form,
        lambda session: changing.change_amount(
            session,
            token=token,
            amount_cents=form.amount.data or 0,
            tip_cents=form.tip.data or 0,
            consent=bool(form.agreed.data),
            bounds=the_settings().pledges,
            actor=current_actor(),
        ),
        message=_("We have changed it. You get a mail about it too."),
        back=back,
    )
    return answer or render_template("public/monthly/change.html", monthly=monthly, form=form)


@blueprint.route("/maandgiften/<token>/stoppen", methods=["GET", "POST"])
def stop_monthly(token: str) -> ResponseReturnValue:
    """Stop it, after being message what that does."""
    form, monthly = _read(token, Form)
    back = url_for("public.show_monthly", token=token)
    if request.method == "GET" and monthly.is_over:
        return redirect(back)
    answer = submit(
        form,
        lambda session: changing.stop(session, token=token, actor=current_actor()),
        message=_("It has stopped. We take nothing from your account any more."),
        back=back,
    )
    return answer or render_template("public/monthly/stop.html", monthly=monthly, form=form)


def _read(token: str, form_class: type[FormClass]) -> tuple[FormClass, Monthly]:
    """What is there now, and a form that remembers what it showed."""
    with reading() as session:
        monthly = monthly_by_token(session, token) or abort(404)
        version = _version(session, monthly)
    amounts = {"amount": monthly.amount_cents, "tip": monthly.tip_cents}
    form = form_class(data=amounts) if form_class is MonthlyForm else form_class()
    if form_class is MonthlyForm:
        form.version = version  # Pausing and stopping are right whatever the page showed.
    return form, monthly


def _version(session: Session, monthly: Monthly) -> PageVersion:
    basis = PageBasis(
        SubjectKind.PLEDGE, monthly.first_id, changing.lock_monthly, changing.monthly_parts
    )
    return PageVersion.of(session, basis)
