"""Where the money of a municipality's funds went, for everybody."""

from flask.typing import ResponseReturnValue

from voorjebuurt.web.destinations.pages import public_page
from voorjebuurt.web.public.blueprint import blueprint


@blueprint.get("/waar-het-geld-heen-ging/<slug>")
def show_destinations(slug: str) -> ResponseReturnValue:
    """Match money and gifts by band, beside who live there."""
    return public_page(slug)
