"""The short address of a campaign, as it stands on paper."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.reach.short_codes import meant_code, slug_behind
from voorjebuurt.campaigns.visits.rules import WORDS, VisitSource
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.public.blueprint import blueprint


@blueprint.get("/a/<code>")
def follow_short_address(code: str) -> ResponseReturnValue:
    """To the campaign's page, for ever; a page that helps when no campaign has this code."""
    short_code = meant_code(code)
    if short_code is None:
        return _unknown(code)
    with reading() as session:
        slug = slug_behind(session, short_code)
    if slug is None:
        return _unknown(code)
    word = WORDS[VisitSource.SHORT]
    return redirect(url_for("public.show_campaign", slug=slug, van=word), 308)


def _unknown(code: str) -> ResponseReturnValue:
    page = render_template("public/reach/unknown_code.html", code=code[:40])
    return make_response(page, 404)
