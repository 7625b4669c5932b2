"""A card to print of a present, or of a gift in memory or on behalf of somebody: no amount."""

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.qr import qr_svg
from voorjebuurt.web.kit.site_links import site_link, typed_link
from voorjebuurt.web.public.blueprint import blueprint


@blueprint.get("/giften/<token>/kaart")
def show_gift_card(token: str) -> ResponseReturnValue:
    """A page of A6, for as long as the gift counts; the page of the campaign is on it."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
    if not gift.has_card:
        abort(404)
    code = gift.campaign.short_code
    page = render_template(
        "public/dedications/card.html",
        gift=gift,
        code=qr_svg(site_link("public.follow_short_address", code=code)),
        address=typed_link("public.follow_short_address", code=code),
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
