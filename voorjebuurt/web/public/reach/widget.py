"""A campaign on the site of somebody else: a small page for a frame, without script or cookie."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.campaigns.visits.rules import WORDS, VisitSource
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.kit.widget_codes import STRIP
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.reach.answers import bare_page, in_named_language, open_answer

_KEPT_SECONDS = 300
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors *"
)
"""The one page that others may frame. Nothing can be typed or pressed in it but a link."""


@blueprint.get("/acties/<slug>/widget")
def show_widget(slug: str) -> ResponseReturnValue:
    """Title, picture and how far it is; a link that opens the campaign in a window of its own."""
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        total = crowd_totals(session, [campaign.id])[campaign.id]
    with in_named_language():
        page = bare_page(
            "public/reach/widget.html",
            campaign=campaign,
            total=total,
            can_give=campaign.takes_gifts,
            is_small=request.args.get("vorm") == STRIP.name,
            href=site_link("public.show_campaign", slug=slug, van=WORDS[VisitSource.WIDGET]),
        )
    answer = open_answer(page, "text/html; charset=utf-8", seconds=_KEPT_SECONDS)
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
