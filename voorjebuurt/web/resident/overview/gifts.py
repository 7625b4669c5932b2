"""All gifts to one's own campaign: a page at a time, and as a table to save."""

from uuid import UUID

from flask import Response, abort, render_template

from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.pledges.gift_lists.queries import listed_gifts
from voorjebuurt.pledges.gift_lists.service import take_gifts_along
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.downloads import csv_answer
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.words.gift_list_words import gifts_csv

_SIZE = 50


@blueprint.get("/acties/<uuid:campaign_id>/giften")
def list_gifts(campaign_id: UUID) -> str:
    """The gifts that came, the latest first, with what their donors wrote."""
    page = Page.asked(size=_SIZE)
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        gifts = page.cut(listed_gifts(session, campaign_id, limit=page.limit, offset=page.offset))
    return render_template(
        "resident/overview/gifts.html", campaign=campaign, gifts=gifts, page=page
    )


@blueprint.get("/acties/<uuid:campaign_id>/giften.csv")
def export_gifts(campaign_id: UUID) -> Response:
    """The same, all of them, for a spreadsheet; who took it is written down."""
    with writing() as session:
        gifts = take_gifts_along(session, campaign_id=campaign_id, actor=current_actor())
    return csv_answer(gifts_csv(gifts), "giften.csv")
