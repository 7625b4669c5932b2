"""Updates of a campaign: all of them, each on a page of its own, and those for donors."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.campaigns.updates.queries import (
    corrections_of,
    donors_updates,
    shown_update,
    shown_updates,
)
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.rules import GiftState
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.public.blueprint import blueprint

_A_PAGE = 10
_OF_A_GIFT = 50
_DIGITS = 6


@blueprint.get("/acties/<slug>/nieuws")
def list_updates(slug: str) -> ResponseReturnValue:
    """All updates that everybody may read, the latest first."""
    page = Page.asked(size=_A_PAGE)
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        rows = shown_updates(
            session, campaign.id, for_donors=False, limit=page.limit, offset=page.offset
        )
        for_donors = donors_updates(session, campaign.id)
    return render_template(
        "public/updates/list.html",
        campaign=campaign,
        updates=page.cut(rows),
        for_donors=for_donors,
        page=page,
    )


@blueprint.get("/acties/<slug>/nieuws/<number>")
def show_update(slug: str, number: str) -> ResponseReturnValue:
    """One update, and what was corrected in it."""
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        update = shown_update(session, campaign.id, _number(number)) or abort(404)
        corrections = corrections_of(session, update.id)
    return render_template(
        "public/updates/show.html", campaign=campaign, update=update, corrections=corrections
    )


def _number(text: str) -> int:
    """The number in an address; none that there can be for anything odd."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else 0


@blueprint.get("/giften/<token>/nieuws")
def show_gift_updates(token: str) -> ResponseReturnValue:
    """Behind the link of a gift: all updates, with those for donors while the gift counts."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        is_donor = gift.state is GiftState.BOOKED
        rows = shown_updates(session, gift.campaign.id, for_donors=is_donor, limit=_OF_A_GIFT)
    return render_template(
        "public/updates/gift.html", gift=gift, updates=rows, is_donor=is_donor, token=token
    )
