"""Which mails about their gifts a donor wants: by account, or by the link that was mailed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from voorjebuurt.mail.subscriptions import refusals, set_refusals
from voorjebuurt.mail.templates import DONOR_NEWS
from voorjebuurt.owndata import mailed_access
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import submit

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


class NewsForm(Form):
    """A box for each kind of ``DONOR_NEWS``."""

    minimum_reached_donor = BooleanField(_l("A campaign that I gave to reached its minimum"))
    paid_out_donor = BooleanField(_l("The money was paid to the group"))
    accounted_donor = BooleanField(_l("The group showed what the money was spent on"))

    def refusals(self) -> set[str]:
        """The kinds without a tick."""
        return {kind for kind in DONOR_NEWS if not self[kind].data}


@blueprint.route("/mijn/giften/mails", methods=["GET", "POST"])
def choose_own_news() -> ResponseReturnValue:
    """Who is signed in."""
    return _choose(signed_in_person().email, url_for("auth.show_own_gifts"))


@blueprint.route(f"/mijn-giften/{_TOKEN}/mails", methods=["GET", "POST"])
def choose_mailed_news(token: str) -> ResponseReturnValue:
    """An address without an account."""
    with reading() as session:
        email = mailed_access.address_of_link(session, token)
    if email is None:
        flash(_("This link doesn’t work any more. Ask for a new one."), "error")
        return redirect(url_for("auth.ask_own_gifts"))
    return _choose(email, url_for("auth.show_mailed_gifts", token=token))


def _choose(email: str, back: str) -> ResponseReturnValue:
    with reading() as session:
        before = refusals(session, email=email, templates=DONOR_NEWS)
    form = NewsForm(data={kind: kind not in before for kind in DONOR_NEWS})
    answer = submit(
        form,
        lambda session: set_refusals(
            session, email=email, templates=DONOR_NEWS, but_not=form.refusals()
        ),
        message=_("We have written down which mails you want."),
        back=back,
    )
    return answer or render_template("auth/donor_news.html", form=form, email=email, back=back)
