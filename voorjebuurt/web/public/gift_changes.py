"""What a donor changes about a gift that was paid: the words with it, or taking it back."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice
from wtforms.validators import ValidationError

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.corrections.words import GiftWords, change_words, lock_gift, word_parts
from voorjebuurt.pledges.gifts import Gift, gift_by_token
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, StringField, TextAreaField, at_most, chosen
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.pledge_form import NAME_CHOICES


class WordsForm(Form):
    """The name with a gift, whether it shows, and the message."""

    name = StringField(
        _l("Your name"),
        validators=[at_most(80, quiet=True), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    name_public = RadioField(
        _l("May your name be on the campaign's page?"),
        choices=[SelectChoice(*pair) for pair in NAME_CHOICES],
        validators=[chosen(_l("Choose whether your name may be on the page."))],
    )
    message = TextAreaField(
        _l("Message to the initiators"),
        description=_l("It will be on the campaign's page, for everybody to read."),
        validators=[at_most(300)],
        render_kw={"rows": "3"},
    )

    def validate_name(self, field: StringField) -> None:
        """A name is needed when it is to be shown."""
        if self.name_public.data == "yes" and not field.data:
            raise ValidationError(_("Enter your name, or choose not to show it."))

    def words(self) -> GiftWords:
        """What was filled in, of a form that is right."""
        return GiftWords(
            name=self.name.data or "",
            name_public=self.name_public.data == "yes",
            message=self.message.data or "",
        )


@blueprint.route("/giften/<token>/wijzigen", methods=["GET", "POST"])
def change_gift_words(token: str) -> ResponseReturnValue:
    """Change the name or message of a gift that counts."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        version = _version(session, gift.id)
    back = url_for("public.show_gift", token=token)
    if not gift.wording_changeable:
        return redirect(back)
    form = WordsForm(data=_before(gift))
    form.version = version
    answer = submit(
        form,
        lambda session: change_words(
            session, token=token, words=form.words(), actor=current_actor()
        ),
        message=_("We have changed it. The page of the campaign shows it so now."),
        back=back,
    )
    return answer or render_template("public/gifts/change_words.html", gift=gift, form=form)


@blueprint.route("/giften/<token>/terugnemen", methods=["GET", "POST"])
def take_gift_back(token: str) -> ResponseReturnValue:
    """Take a gift back while its campaign runs; afterwards the page says why it stays."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
    form = Form()
    answer = submit(
        form,
        lambda session: take_back(session, token=token, actor=current_actor()),
        message=_("You took your gift back. You get the cash from who took it.")
        if gift.in_cash
        else _("You took your gift back. The money is on its way to you."),
        back=url_for("public.show_gift", token=token),
    )
    return answer or render_template("public/gifts/take_back.html", gift=gift, form=form)


def _before(gift: Gift) -> dict[str, str]:
    return {
        "name": gift.name,
        "name_public": "yes" if gift.name_public else "no",
        "message": gift.message,
    }


def _version(session: Session, gift_id: UUID) -> PageVersion:
    return PageVersion.of(session, PageBasis(SubjectKind.PLEDGE, gift_id, lock_gift, word_parts))
