"""A gift in cash, for who holds its receipt: where the money is, and asking it back."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.pledges.corrections.cash_back import ask_cash_back
from voorjebuurt.pledges.desk.queries import own_page_of_cash
from voorjebuurt.pledges.tins.queries import cash_page
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.public.blueprint import blueprint


@blueprint.get("/contant/<token>")
def show_cash(token: str) -> ResponseReturnValue:
    """Where it is now; it names nobody, for a receipt can be lost. 404 for an unknown link.

    Once cash from a desk counts, its donor goes on to the gift's own page.
    """
    with reading() as session:
        cash = cash_page(session, token) or abort(404)
        own_page = own_page_of_cash(session, token)
    if own_page is not None:
        return redirect(url_for("public.show_gift", token=own_page))
    return render_template("public/gifts/cash.html", cash=cash, token=token)


@blueprint.route("/contant/<token>/terug", methods=["GET", "POST"])
def take_cash_back(token: str) -> ResponseReturnValue:
    """Ask it back, as long as it does not count and the campaign's last day is not over."""
    with reading() as session:
        cash = cash_page(session, token) or abort(404)
    form = Form()
    answer = submit(
        form,
        lambda session: ask_cash_back(session, token=token, actor=current_actor()),
        message=_("It does not count any more. Get it from who took it: bring your receipt."),
        back=url_for("public.show_cash", token=token),
    )
    return answer or render_template(
        "public/gifts/take_cash_back.html", cash=cash, token=token, form=form
    )
