"""The words that a donor wrote with a gift: keeping them off the page, and showing them again."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.pledges import gift_words as words
from voorjebuurt.pledges.rules import GiftPart
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm


@blueprint.get("/giften/<uuid:pledge_id>/woorden")
def show_gift_words(pledge_id: UUID) -> ResponseReturnValue:
    """A donor's name and message, and what the public page shows of them."""
    with reading() as session:
        gift = words.gift_words(session, pledge_id) or abort(404)
    return render_template("staff/campaigns/words.html", gift=gift)


@blueprint.route("/giften/<uuid:pledge_id>/woorden/<part>/verbergen", methods=["GET", "POST"])
def hide_gift_words(pledge_id: UUID, part: str) -> ResponseReturnValue:
    """Keep one of them off the page."""
    gift_part = _part(part)
    with reading() as session:
        gift = words.gift_words(session, pledge_id) or abort(404)
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: words.hide_words(
            session,
            pledge_id=pledge_id,
            part=gift_part,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("It is hidden. The donor gets a mail with the reason."),
        back=url_for("staff.show_gift_words", pledge_id=pledge_id),
    )
    return answer or render_template(
        "staff/campaigns/hide_words.html", gift=gift, part=gift_part.value, form=form
    )


@blueprint.post("/giften/<uuid:pledge_id>/woorden/<part>/tonen")
def unhide_gift_words(pledge_id: UUID, part: str) -> ResponseReturnValue:
    """Show one of them again."""
    gift_part = _part(part)
    do(
        lambda session: words.show_words(
            session, pledge_id=pledge_id, part=gift_part, actor=current_actor()
        ),
        message=_("It is shown again."),
    )
    return redirect(url_for("staff.show_gift_words", pledge_id=pledge_id))


def _part(part: str) -> GiftPart:
    return GiftPart(part) if part in set(GiftPart) else abort(404)
