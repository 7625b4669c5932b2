"""A present, behind the link that was mailed to who gets it: following, or not for them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.pledges.dedications.presents import answer_present
from voorjebuurt.pledges.dedications.queries import present_of_link
from voorjebuurt.pledges.dedications.rules import KEPT_DAYS, PresentAnswer
from voorjebuurt.web.kit.actions import refusals_flashed
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.public.blueprint import blueprint

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


@blueprint.get(f"/cadeau/{_TOKEN}")
def show_present(token: str) -> ResponseReturnValue:
    """Who gave to what, with their words, and no amount."""
    with reading() as session:
        present = present_of_link(session, token)
    page = render_template(
        "public/dedications/present.html", present=present, token=token, kept_days=KEPT_DAYS
    )
    return page, 200 if present is not None else 404


@blueprint.post(f"/cadeau/{_TOKEN}/volgen")
def follow_present(token: str) -> ResponseReturnValue:
    """Follow the campaign, with one press: who has the link reads the address."""
    return _answer(token, PresentAnswer.FOLLOW, _("You follow this campaign now."))


@blueprint.post(f"/cadeau/{_TOKEN}/niet-voor-mij")
def refuse_present(token: str) -> ResponseReturnValue:
    """Throw the address away."""
    return _answer(token, PresentAnswer.REFUSAL, _("We threw your address away."))


def _answer(token: str, answer: PresentAnswer, message: str) -> ResponseReturnValue:
    with refusals_flashed():
        with writing() as session:
            answer_present(session, token=token, answer=answer)
        flash(message, "ok")
    return redirect(url_for("public.show_present", token=token))
