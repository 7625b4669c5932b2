"""The page of a municipality: its campaigns, its map, and what was given there."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.front import front_of
from voorjebuurt.web.public.town_maps import town_map


@blueprint.get("/gemeenten/<slug>")
def show_town(slug: str) -> ResponseReturnValue:
    """One municipality; ``?wijk=`` brings a district nearer on the map."""
    with reading() as session:
        town = municipality_by_slug(session, slug) or abort(404)
        front = front_of(session, town_id=town.id, slug=slug)
        wijk = request.args.get("wijk", "")
        town_drawing = town_map(session, town.id, slug=slug, name=town.name, wijk=wijk)
        name = town.name
    return render_template(
        "public/towns/show.html", slug=slug, name=name, front=front, map=town_drawing
    )
