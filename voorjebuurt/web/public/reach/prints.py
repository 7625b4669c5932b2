"""Posters and flyers of a campaign that takes gifts: as PDF, as a small picture, as a page."""

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.pages import PageRow, public_page
from voorjebuurt.campaigns.pictures import stored_picture
from voorjebuurt.campaigns.reach.posters import (
    Format,
    Material,
    Poster,
    poster_name,
    set_poster,
)
from voorjebuurt.web.kit.database import reading, the_storage
from voorjebuurt.web.kit.qr import qr_file, qr_svg
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.reach.answers import (
    bare_page,
    in_named_language,
    made_file,
    open_answer,
)
from voorjebuurt.web.public.reach.poster_words import poster_of

_HOUR = 3_600
_LARGE = "-groot"
_MEDIA_TYPES = {Format.PDF: "application/pdf", Format.PNG: "image/png"}
_FOLDER = "/acties/<slug>/drukwerk"


@blueprint.get(f"{_FOLDER}/<name>.pdf")
def send_poster(slug: str, name: str) -> ResponseReturnValue:
    """A poster or flyer to print."""
    return _file(slug, name, Format.PDF)


@blueprint.get(f"{_FOLDER}/<name>.png")
def send_poster_picture(slug: str, name: str) -> ResponseReturnValue:
    """What it looks like, small."""
    return _file(slug, name, Format.PNG)


@blueprint.get(f"{_FOLDER}/<name>")
def show_poster(slug: str, name: str) -> ResponseReturnValue:
    """The same as a page, for who prints from the browser."""
    campaign = _campaign(slug)
    with in_named_language() as locale:
        poster = _poster(campaign, name)
        page = bare_page(
            "public/reach/print.html",
            poster=poster,
            campaign=campaign,
            code=qr_svg(_address(campaign)),
            pdf_href=url_for("public.send_poster", slug=slug, name=name, taal=locale),
            strips=range(9) if poster.material is Material.FLYER else (),
        )
    return open_answer(page, "text/html; charset=utf-8", seconds=_HOUR)


def _file(slug: str, name: str, format: Format) -> Response:
    campaign = _campaign(slug)
    with in_named_language():
        poster = _poster(campaign, name)
    picture = stored_picture(campaign.picture_key)
    data = made_file(
        poster_name(poster, campaign.picture_key, format),
        lambda: set_poster(
            poster,
            code=qr_file(_address(campaign)),
            picture=the_storage().get(f"{picture.key}-{picture.widths[-1]}.jpg")
            if picture
            else None,
            format=format,
        ),
    )
    answer = open_answer(data, _MEDIA_TYPES[format], seconds=_HOUR)
    if format is Format.PDF:
        file_name = f"{slug}-{name}.pdf"
        answer.headers.set("Content-Disposition", "inline", filename=file_name)
    return answer


def _campaign(slug: str) -> PageRow:
    """Paper asks for gifts: there is none of a campaign that takes none."""
    with reading() as session:
        campaign = public_page(session, slug)
    if campaign is None or not campaign.takes_gifts:
        abort(404)
    return campaign


def _poster(campaign: PageRow, name: str) -> Poster:
    large = name.endswith(_LARGE)
    try:
        material = Material(name.removesuffix(_LARGE))
    except ValueError:
        abort(404)
    return poster_of(campaign, material, large=large)


def _address(campaign: PageRow) -> str:
    return site_link("public.follow_short_address", code=campaign.short_code)
