"""The links that both addresses get when somebody's address of mail is to change."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.people import address_changes
from voorjebuurt.people.address_change_states import ChangeState, outcome_of_link
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import UseLinkForm
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.errors import refusals_shown

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


@blueprint.route(f"/adres/bevestigen/{_TOKEN}", methods=["GET", "POST"])
def confirm_address(token: str) -> ResponseReturnValue:
    """The new address: a button that makes it the person's own."""
    message = _("Your email address is changed. Sign in with it.")
    return _use(token, address_changes.confirm_change, message, "auth/confirm_address.html")


@blueprint.route(f"/adres/stoppen/{_TOKEN}", methods=["GET", "POST"])
def stop_address(token: str) -> ResponseReturnValue:
    """The old address: a button that lets nothing come of the change."""
    message = _("The change is stopped. Your email address stays as it is.")
    return _use(token, address_changes.stop_change, message, "auth/stop_address.html")


def _use(
    token: str, change: Callable[..., None], message: str, template: str
) -> ResponseReturnValue:
    """Mail scanners follow links, but press no buttons."""
    form = UseLinkForm()
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as session:
                change(session, token=token, actor=current_actor())
            flash(message, "ok")
            return redirect(url_for("auth.show_sign_in"))
    with reading() as session:
        outcome = outcome_of_link(session, token)
    works = outcome is not None and outcome.state is ChangeState.WAITS
    return render_template(template, form=form, outcome=outcome), 200 if works else 404
