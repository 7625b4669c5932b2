"""What an initiator can print, share and put on other sites while the campaign runs."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.pages import PageRow, page_by_id
from voorjebuurt.campaigns.reach.posters import Material
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.i18n import chosen_locale, language_name
from voorjebuurt.web.kit.qr import qr_svg
from voorjebuurt.web.kit.site_links import site_link, typed_link
from voorjebuurt.web.kit.widget_codes import CARD, STRIP, widget_code
from voorjebuurt.web.resident.blueprint import blueprint

_LARGE = "-groot"


@blueprint.get("/acties/<uuid:campaign_id>/materiaal")
def show_material(campaign_id: UUID) -> ResponseReturnValue:
    """Posters, the short address and codes for other sites; only words before it is live."""
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
    ready = campaign.short_code is not None and campaign.takes_gifts
    return render_template(
        "resident/material.html",
        campaign=campaign,
        ready=ready,
        **(_material(campaign) if ready else {}),
    )


def _material(campaign: PageRow) -> dict[str, Any]:
    link = site_link("public.follow_short_address", code=campaign.short_code)
    locale = chosen_locale()
    return {
        "link": link,
        "typed": typed_link("public.follow_short_address", code=campaign.short_code),
        "code": qr_svg(link),
        "prints": [_print(campaign.slug, *each) for each in _prints()],
        "codes": [
            (
                label,
                size,
                widget_code(slug=campaign.slug, title=campaign.title, size=size, locale=locale),
            )
            for label, size in (
                (_("With the picture"), CARD),
                (_("Small, without the picture"), STRIP),
            )
        ],
    }


def _prints() -> list[tuple[str, str, str]]:
    """What it is called, its name in the address, and what it is for."""
    window = _("For a window, a notice board or a shop counter.")
    counter = _("For a counter, a letter box or a door.")
    strips = _("With nine strips to tear off, so that people can take the address along.")
    names = {
        Material.POSTER_A4: (_("Poster A4"), _("Poster A4 in large print"), window),
        Material.POSTER_A5: (_("Poster A5"), _("Poster A5 in large print"), counter),
        Material.FLYER: (_("Flyer A4"), _("Flyer A4 in large print"), strips),
    }
    return [
        row
        for material, (plain, large, use) in names.items()
        for row in ((plain, material.value, use), (large, f"{material.value}{_LARGE}", use))
    ]


def _print(slug: str, label: str, name: str, use: str) -> dict[str, Any]:
    """One material with its addresses in each language."""
    here = chosen_locale()
    files = [
        (code, language_name(code), url_for("public.send_poster", slug=slug, name=name, taal=code))
        for code in languages()
    ]
    return {
        "label": label,
        "use": use,
        "picture": url_for("public.send_poster_picture", slug=slug, name=name, taal=here),
        "page": url_for("public.show_poster", slug=slug, name=name, taal=here),
        "files": files,
    }
