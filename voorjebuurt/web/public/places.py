"""Leaving an address because one's municipality is not here yet, and taking it away again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.places import wishes
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most, email_field, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


class PlaceWishForm(Form):
    """The municipality that lacks, and whom to tell."""

    place = StringField(
        _l("Your municipality"),
        validators=[
            required(_l("Enter the name of your municipality.")),
            at_most(wishes.PLACE_MAX_LENGTH),
        ],
        render_kw={"autocomplete": "address-level2"},
    )
    email = email_field()


class AnswerForm(Form):
    """The button that confirms an address."""


@blueprint.route("/gemeente-volgen", methods=["GET", "POST"])
def ask_for_place() -> ResponseReturnValue:
    """Ask to be told; what is said is the same for every address."""
    form = PlaceWishForm()
    answer = submit(
        form,
        lambda session: wishes.ask_for_place(
            session,
            place=form.place.data or "",
            email=form.email.data or "",
            locale=chosen_locale(),
        ),
        message=_("We mailed you a link. Open it to confirm your address."),
        back=url_for("public.show_home"),
    )
    return answer or render_template("public/places/wish.html", form=form)


@blueprint.route(f"/gemeente-volgen/{_TOKEN}", methods=["GET", "POST"])
def answer_place_wish(token: str) -> ResponseReturnValue:
    """What the mailed link opens: confirm the address, or remove it."""
    form = AnswerForm()
    with reading() as session:
        wish = wishes.wish_of_link(session, token)
    if wish is not None:
        answer = submit(
            form,
            lambda session: wishes.confirm_wish(session, token=token),
            message=_("Your address is confirmed. You hear from us."),
            back=url_for("public.answer_place_wish", token=token),
        )
        if answer is not None:
            return answer
    page = render_template("public/places/answer.html", form=form, wish=wish, token=token)
    return page, 200 if wish is not None else 404


@blueprint.post(f"/gemeente-volgen/{_TOKEN}/verwijderen")
def remove_place_wish(token: str) -> ResponseReturnValue:
    """Remove the address, with one press."""
    with reading() as session:
        if wishes.wish_of_link(session, token) is None:
            page = render_template("public/places/answer.html", form=None, wish=None, token=token)
            return page, 404
    with writing() as session:
        wishes.remove_wish(session, token=token)
    flash(_("Your address is removed."), "ok")
    return redirect(url_for("public.show_home"))
