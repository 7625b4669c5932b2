"""oEmbed: what another site shows when somebody there pastes a campaign's address (oembed.com)."""

from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Response, json, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.pages import PageRow, public_page
from voorjebuurt.campaigns.reach.share_pictures import HEIGHT, WIDTH
from voorjebuurt.campaigns.reach.short_codes import meant_code, slug_behind
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.widget_codes import CARD, MIN_WIDTH, STRIP, WidgetSize, widget_code
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.reach.answers import in_named_language, open_answer
from voorjebuurt.web.public.reach.cards import share_picture_link
from voorjebuurt.web.words.member_names import by_whom

_KEPT_SECONDS = 3_600
_MOST_CHARACTERS = 300


@blueprint.get("/oembed")
def describe_embedding() -> ResponseReturnValue:
    """The frame for a campaign of this site, within the size that the other site asks for.

    404 for every other address, 501 for every other format, as the specification says.
    """
    if request.args.get("format", "json") != "json":
        return _refused(501, "Only format=json is made here.")
    with reading() as session:
        campaign = _campaign_at(session, request.args.get("url", ""))
        if campaign is None:
            return _refused(404, "No campaign of this site is at that url.")
        total = crowd_totals(session, [campaign.id])
    with in_named_language() as locale:
        thumbnail = {
            "thumbnail_url": share_picture_link(campaign, total),
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
        answer = _described(campaign, locale) | (thumbnail if _has_room_for_picture() else {})
    body = json.dumps(answer, ensure_ascii=False)
    response = open_answer(body, "application/json", seconds=_KEPT_SECONDS)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _campaign_at(session: Session, address: str) -> PageRow | None:
    """The public campaign at a whole address of this site, the short one too."""
    try:
        parts, here = urlsplit(address[:_MOST_CHARACTERS]), urlsplit(the_settings().base_url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != here.netloc.lower():
        return None
    place, _slash, name = unquote(parts.path).strip("/").partition("/")
    slug: str | None = name.replace("\x00", "") if place == "acties" else None
    if place == "a":
        code = meant_code(name)
        slug = slug_behind(session, code) if code else None
    return public_page(session, slug) if slug else None


def _described(campaign: PageRow, locale: str) -> dict[str, Any]:
    about = {
        "version": "1.0",
        "title": campaign.title,
        "author_name": by_whom(campaign),
        "provider_name": the_settings().platform_name,
        "provider_url": the_settings().base_url,
        "cache_age": _KEPT_SECONDS,
    }
    size = _size()
    if size is None:
        return {"type": "link", **about}
    code = widget_code(slug=campaign.slug, title=campaign.title, size=size, locale=locale)
    return {"type": "rich", **about, "html": code, "width": size.width, "height": size.height}


def _size() -> WidgetSize | None:
    """The largest frame that fits; None where none does, and a link remains."""
    most_width, most_height = _bound("maxwidth"), _bound("maxheight")
    for size in (CARD, STRIP):
        width = min(size.width, most_width)
        if width >= MIN_WIDTH and size.height <= most_height:
            return WidgetSize(width, size.height, size.name)
    return None


def _has_room_for_picture() -> bool:
    return _bound("maxwidth") >= WIDTH and _bound("maxheight") >= HEIGHT


def _bound(name: str) -> int:
    """What the other site has room for, in pixels; plenty when it does not say."""
    wish = request.args.get(name, type=int)
    return 10_000 if wish is None or wish < 1 else wish


def _refused(status: int, reason: str) -> Response:
    return Response(f"{reason}\n", status, content_type="text/plain; charset=utf-8")
