"""A gift's own page, behind its unguessable link."""

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.rules import GiftState
from voorjebuurt.web.database import reading, writing
from voorjebuurt.web.public.blueprint import blueprint

_LOOKS = 12
"""How often the waiting page looks again by itself."""
_SECONDS = 4


@blueprint.get("/giften/<token>")
def show_gift(token: str) -> ResponseReturnValue:
    """Where the gift is now: to be paid, on its way, received, or sent back."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
    returned = request.args.get("terug", type=int)
    page = render_template("public/gifts/show.html", gift=gift, returned=returned)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    if gift.state is GiftState.WAITING and returned is not None and returned < _LOOKS:
        again = url_for("public.show_gift", token=token, terug=returned + 1)
        response.headers["Refresh"] = f"{_SECONDS}; url={again}"
    return response


@blueprint.get("/giften/<token>/terug")
def return_from_payment(token: str) -> ResponseReturnValue:
    """Back from the payment page. That proves nothing: the provider is asked, not the browser."""
    with writing() as session:
        gift = gift_by_token(session, token) or abort(404)
        undecided = gift.state in (GiftState.WAITING, GiftState.PENDING)
        if gift.payment_id is not None and undecided:
            sync_later(session, gift.payment_id)
    return redirect(url_for("public.show_gift", token=token, terug=0))
