"""Atom feeds: a campaign's updates, and the campaigns of a town, a neighbourhood or a theme.

They are the same for everybody, in Dutch, and are kept by caches; nothing personal is in them.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response, abort, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from voorjebuurt.campaigns.feeds import FeedRow, feed_campaigns
from voorjebuurt.campaigns.follow.queries import area_by_code
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.campaigns.updates.queries import shown_updates
from voorjebuurt.kernel.atom import MEDIA_TYPE, Entry, Feed, feed_xml
from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.kernel.markdown import plain_beginning
from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.words.campaign_labels import THEMES, theme_of_topic

_ENTRIES = 20
_KEPT_SECONDS = 900
_SUMMARY = 600
_BEGUN_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""Of a feed in which nothing happened yet: some moment that does not change."""


@blueprint.get("/acties/<slug>/nieuws.atom")
def send_campaign_feed(slug: str) -> ResponseReturnValue:
    """The updates of a campaign that everybody may read."""
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        rows = shown_updates(session, campaign.id, for_donors=False, limit=_ENTRIES)
    entries = [
        Entry(
            url=_site(url_for("public.show_update", slug=slug, number=row.number)),
            title=row.title,
            summary=plain_beginning(row.body, _SUMMARY),
            published_at=row.published_at or row.changed_at,
            updated_at=row.changed_at,
        )
        for row in rows
    ]
    page = url_for("public.show_campaign", slug=slug)
    return _answer(campaign.title, page, entries, begun_at=campaign.opened_at or _BEGUN_AT)


@blueprint.get("/gemeenten/<slug>/acties.atom")
def send_town_feed(slug: str) -> ResponseReturnValue:
    """The campaigns of a municipality."""
    with reading() as session:
        town = municipality_by_slug(session, slug) or abort(404)
        rows = feed_campaigns(session, town=slug)
        name = town.name
    return _answer(_of(name), url_for("public.show_town", slug=slug), _campaigns(rows))


@blueprint.get("/buurten/<code>/acties.atom")
def send_area_feed(code: str) -> ResponseReturnValue:
    """The campaigns of a neighbourhood."""
    with reading() as session:
        area = area_by_code(session, code) or abort(404)
        rows = feed_campaigns(session, area=code)
    page = url_for("public.list_campaigns", buurt=code)
    return _answer(_of(area.name), page, _campaigns(rows))


@blueprint.get("/themas/<topic>/acties.atom")
def send_theme_feed(topic: str) -> ResponseReturnValue:
    """The campaigns of a theme."""
    theme = theme_of_topic(topic) or abort(404)
    with reading() as session:
        rows = feed_campaigns(session, theme=theme)
    with force_locale(DUTCH):
        title = _of(str(THEMES[theme]))
    return _answer(title, url_for("public.list_campaigns", thema=topic), _campaigns(rows))


def _campaigns(rows: Sequence[FeedRow]) -> list[Entry]:
    return [
        Entry(
            url=_site(url_for("public.show_campaign", slug=row.slug)),
            title=row.title,
            summary=row.summary,
            published_at=row.opened_at,
            updated_at=row.changed_at,
        )
        for row in rows
    ]


def _of(name: str) -> str:
    with force_locale(DUTCH):
        return str(_("Campaigns: %(name)s", name=name))


def _answer(
    title: str, page: str, entries: list[Entry], *, begun_at: datetime = _BEGUN_AT
) -> Response:
    """The feed; 304 for who has it as it is. Seconds are all that HTTP and Atom know."""
    feed = Feed(
        url=_site(request.path),
        page_url=_site(page),
        title=title,
        author=the_settings().platform_name,
        language=DUTCH,
        begun_at=begun_at,
        entries=entries,
    )
    data = feed_xml(feed)
    response = make_response(data)
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    response.last_modified = feed.updated_at
    response.make_conditional(request)
    return response


def _site(path: str) -> str:
    return the_settings().base_url + path
