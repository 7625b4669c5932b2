"""Giving a gift another address of mail: asked on its page, confirmed by a mailed link."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.pledges.corrections.addresses import address_asked, ask_address, use_address
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.fields import Form, email_field
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint


class GiftAddressForm(Form):
    """The address that a gift is to have."""

    email = email_field()


@blueprint.route("/giften/<token>/adres", methods=["GET", "POST"])
def change_gift_address(token: str) -> ResponseReturnValue:
    """Ask for another address of a gift that was paid."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
    back = url_for("public.show_gift", token=token)
    if not gift.address_changeable:
        return redirect(back)
    form = GiftAddressForm()
    answer = submit(
        form,
        lambda session: ask_address(
            session,
            token=token,
            email=form.email.data or "",
            locale=chosen_locale(),
            actor=current_actor(),
        ),
        message=_("We mailed a link to the new address. Nothing changes before you use it."),
        back=back,
    )
    return answer or render_template("public/gifts/change_address.html", gift=gift, form=form)


@blueprint.route("/gift-adres/<token>", methods=["GET", "POST"])
def confirm_gift_address(token: str) -> ResponseReturnValue:
    """The new address: a button that makes it the gift's own. 404 once it does not work."""
    form = Form()
    if form.validate_on_submit():
        with refusals_shown(form):
            with writing() as session:
                gift_token = use_address(session, token=token, actor=current_actor())
            flash(_("Your gift has this address now. This is its new page."), "ok")
            return redirect(url_for("public.show_gift", token=gift_token))
    with reading() as session:
        email = address_asked(session, token)
    page = render_template("public/gifts/confirm_address.html", form=form, email=email)
    return page, 200 if email else 404
