"""Serving the picture that goes along when somebody shares a campaign."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.campaigns.pictures import stored_picture
from voorjebuurt.campaigns.reach.share_pictures import MEDIA_TYPE, draw_share_picture
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.database import reading, the_storage
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.reach.answers import YEAR, made_file, open_answer
from voorjebuurt.web.public.reach.cards import share_picture


@blueprint.get("/acties/<slug>/deelplaatje/<locale>/<name>.jpg")
def send_share_picture(slug: str, locale: str, name: str) -> ResponseReturnValue:
    """The picture as it is now. Only that one is ever drawn: an older name leads to it."""
    if locale not in languages():
        abort(404)
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        total = crowd_totals(session, [campaign.id])[campaign.id]
    with force_locale(locale):
        picture = share_picture(campaign, total)
    if picture.name != f"{name}.jpg":
        now = picture.name.removesuffix(".jpg")
        return redirect(url_for("public.send_share_picture", slug=slug, locale=locale, name=now))
    source = stored_picture(campaign.picture_key)
    photo = the_storage().get(f"{source.key}-{source.widths[-1]}.jpg") if source else None
    data = made_file(picture.name, lambda: draw_share_picture(picture.card, photo))
    return open_answer(data, MEDIA_TYPE, seconds=YEAR)
