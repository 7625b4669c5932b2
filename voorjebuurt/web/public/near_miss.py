"""What a donor chooses about a gift when its campaign nearly made it: one link, no account."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.gifts import Gift, gift_by_token
from voorjebuurt.pledges.near_miss.queries import (
    GiftChoice,
    NearMissPage,
    choice_of,
    last_near_miss,
)
from voorjebuurt.pledges.near_miss.rules import Answer
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, chosen
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.words.near_miss_labels import ANSWERS


class ChoiceForm(Form):
    """Keep, keep and give more, or take back."""

    answer = RadioField(
        _l("What would you like?"), validators=[chosen(_l("Choose what you would like."))]
    )

    def offer(self, near_miss: NearMissPage) -> "ChoiceForm":
        """Set what can be chosen: more only where the plan asks for the rest."""
        self.answer.choices = [
            SelectChoice(answer.value, label)
            for answer, label in ANSWERS.items()
            if answer is not Answer.MORE or near_miss.asks_rest
        ]
        return self


@blueprint.route("/giften/<token>/keuze", methods=["GET", "POST"])
def choose_gift(token: str) -> ResponseReturnValue:
    """What changed in the plan, and what the donor may choose."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        near_miss = last_near_miss(session, gift.campaign.id)
        choice = choice_of(session, token, near_miss.id) if near_miss else None
    if near_miss is None or choice is None or not near_miss.shown:
        return redirect(url_for("public.show_gift", token=token))
    form = ChoiceForm(data={"answer": choice.answer}).offer(near_miss)
    answer = submit(
        form,
        lambda session: answer_gift(
            session, token=token, answer=Answer(form.answer.data), actor=current_actor()
        ),
        message=_("We have written down your choice."),
        back=_next(gift, form),
    )
    return answer or _page(gift, near_miss, choice, form)


def _next(gift: Gift, form: ChoiceForm) -> str:
    """Who gives more goes on to give; everybody else sees what they chose."""
    if form.answer.data == Answer.MORE:
        return url_for("public.start_pledge", slug=gift.campaign.slug, beside=gift.token)
    return url_for("public.choose_gift", token=gift.token)


def _page(gift: Gift, near_miss: NearMissPage, choice: GiftChoice, form: ChoiceForm) -> str:
    return render_template(
        "public/near_miss/choice.html", gift=gift, near_miss=near_miss, choice=choice, form=form
    )
