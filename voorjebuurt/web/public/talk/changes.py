"""What was changed on the page of a campaign since it went live."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.corrections import page_corrections
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.public.blueprint import blueprint

_A_PAGE = 10


@blueprint.get("/acties/<slug>/wijzigingen")
def list_changes(slug: str) -> ResponseReturnValue:
    """All changes, the latest first, with the words that differ marked."""
    page = Page.asked(size=_A_PAGE)
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        rows = page_corrections(session, campaign.id, limit=page.limit, offset=page.offset)
    return render_template(
        "public/campaigns/changes.html", campaign=campaign, corrections=page.cut(rows), page=page
    )
