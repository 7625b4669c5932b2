"""What programs ask for: which pages may be listed, and what this site is as an app."""

from collections.abc import Callable, Iterator
from datetime import datetime

from flask import Response, abort, current_app, json, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.reach.sitemap import listed_pages, number_of_pages
from voorjebuurt.campaigns.updates.listing import listed_updates, number_of_updates
from voorjebuurt.matching.funds.queries import public_funds
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.reach.answers import bare_page, in_named_language, open_answer
from voorjebuurt.web.public.reach.palette import town_colours

PART = 2_000
"""Campaigns or updates in one file; the protocol allows 50,000."""
MOST_PARTS = 50_000
"""So many the protocol allows in one list."""
_HOUR, _DAY = 3_600, 86_400
_PAGES = (
    *("public.show_home", "public.list_campaigns", "public.list_funds", "public.show_how"),
    *("public.show_about", "public.show_contact", "public.show_terms", "public.show_privacy"),
    "public.show_accessibility",
)
_PERSONAL = (
    *("/giften/", "/mijn/", "/coach/", "/beheer/", "/gemeente/", "/inloggen", "/gegevens"),
    *("/afmelden/", "/postbus", "/betaalsandbox/"),
)
"""Where nothing is for everybody. Who guards those pages is another table."""
_DRAWN = (
    ("icon-192", "192x192", "any"),
    ("icon-512", "512x512", "any"),
    ("icon-round-512", "512x512", "maskable"),
)
"""The last one has room around it: phones cut it to a shape of their own."""
Entry = tuple[str, datetime | None]


@blueprint.get("/sitemap.xml")
def list_pages() -> ResponseReturnValue:
    """All public pages, or the parts of that list when there are many."""
    with reading() as session:
        campaigns, updates = _parts(session)
        if number_of_pages(session) + number_of_updates(session) <= PART:
            entries = [*_fixed(session), *_campaigns(session, 1), *_updates(session, 1)]
            return _xml(bare_page("public/reach/sitemap.xml", entries=entries))
    numbers = range(1, campaigns + updates + 1)
    links = [site_link("public.list_part", number=number) for number in numbers]
    return _xml(bare_page("public/reach/sitemap_parts.xml", links=links))


@blueprint.get("/sitemap/<int:number>.xml")
def list_part(number: int) -> ResponseReturnValue:
    """One part of the list: campaigns, with the other pages in the first, and then updates."""
    if not 1 <= number <= MOST_PARTS:
        abort(404)
    with reading() as session:
        before, _rest = _parts(session)
        if number > before:
            entries = [*_updates(session, number - before)]
        else:
            others = _fixed(session) if number == 1 else ()
            entries = [*others, *_campaigns(session, number)]
    return _xml(bare_page("public/reach/sitemap.xml", entries=entries)) if entries else abort(404)


@blueprint.get("/robots.txt")
def show_robots() -> Response:
    """What programs that read sites should leave alone: on a practice site, everything."""
    settings = the_settings()
    rules = ["/"] if settings.practice else _PERSONAL
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in rules)]
    lines += ["", f"Sitemap: {site_link('public.list_pages')}", ""]
    return open_answer("\n".join(lines), "text/plain; charset=utf-8", seconds=_DAY)


@blueprint.get("/site.webmanifest")
def show_manifest() -> ResponseReturnValue:
    """What a phone shows of the site when somebody keeps it among their apps."""
    settings, colours = the_settings(), town_colours()
    with in_named_language() as locale:
        manifest = {
            "name": settings.platform_name,
            "short_name": settings.platform_name,
            "lang": locale,
            "id": "/",
            "start_url": url_for("public.show_home"),
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": colours.accent,
            "icons": _icons(),
        }
    body = json.dumps(manifest, ensure_ascii=False)
    return open_answer(body, "application/manifest+json", seconds=_DAY)


def _parts(session: Session) -> tuple[int, int]:
    """How many parts there are of campaigns, and of updates; what is no campaign's has one too."""
    campaigns, updates = number_of_pages(session), number_of_updates(session)
    return max(-(-campaigns // PART), 1), -(-updates // PART)


def _campaigns(session: Session, part: int) -> Iterator[Entry]:
    for page in listed_pages(session, limit=PART, offset=(part - 1) * PART):
        yield site_link("public.show_campaign", slug=page.slug), page.changed_at


def _updates(session: Session, part: int) -> Iterator[Entry]:
    for row in listed_updates(session, limit=PART, offset=(part - 1) * PART):
        link = site_link("public.show_update", slug=row.slug, number=row.number)
        yield link, row.changed_at


def _fixed(session: Session) -> Iterator[Entry]:
    for endpoint in _PAGES:
        yield site_link(endpoint), None
    for town in municipalities(session):
        yield site_link("public.show_town", slug=town.slug), None
    for fund in public_funds(session):
        yield site_link("public.show_fund", slug=fund.slug), None


def _xml(text: str) -> Response:
    return open_answer(text, "application/xml; charset=utf-8", seconds=_HOUR)


def _icons() -> list[dict[str, str]]:
    """The mark, as a drawing and in the sizes that phones ask for."""
    asset: Callable[[str], str] = current_app.jinja_env.globals["asset"]  # type: ignore[assignment]
    return [
        {"src": asset("mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": asset(f"{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
            for name, size, purpose in _DRAWN
        ),
    ]
