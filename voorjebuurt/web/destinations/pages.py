"""The pages about where money went: the same figures, for whoever looks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.decisions.destinations.export import destinations_csv
from voorjebuurt.decisions.destinations.service import Destinations, Part, destinations
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.destinations.drawing import cells_of, drawing_of
from voorjebuurt.web.kit.database import reading, the_settings


@dataclass(frozen=True)
class Place:
    """The municipality that a page is about."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class Audience:
    """Whose pages these are. ``mine``: the municipalities that they may use; None for all."""

    blueprint: str
    mine: Collection[UUID] | None

    def url(self, endpoint: str, **arguments: Any) -> str:
        """The address of one of these pages."""
        return url_for(f"{self.blueprint}.{endpoint}", **arguments)


def figures_page(audience: Audience) -> ResponseReturnValue:
    """A municipality's money by year, fund and band; ``?gemeente=`` and ``?jaar=`` choose."""
    with reading() as session:
        places = _places(session, audience)
        place = _chosen(places)
        figures = figures_of(session, place.id)
    year = request.args.get("jaar", "")
    part = next((part for part in figures.years if str(part.year) == year), figures.total)
    return render_template(
        "destinations/desk.html",
        desk=audience,
        places=places,
        funds=[each for each in figures.funds if each.year == part.year],
        **page_of(place, figures, part),
    )


def public_page(slug: str) -> ResponseReturnValue:
    """A municipality's money since the beginning, and year by year."""
    with reading() as session:
        places = _everywhere(session)
        place = next((row for row in places if row.slug == slug), None) or abort(404)
        figures = figures_of(session, place.id)
    return render_template("destinations/public.html", **page_of(place, figures, figures.total))


def csv_file(audience: Audience) -> Response:
    """Every fund, year and band of the chosen municipality, for a spreadsheet."""
    with reading() as session:
        place = _chosen(_places(session, audience))
        data = destinations_csv(figures_of(session, place.id))
        name = f"waar-het-geld-heen-ging-{place.slug}.csv"
    answer = make_response(data)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def figures_of(session: Session, municipality_id: UUID) -> Destinations:
    """By the indicators of the settings."""
    measures = the_settings().matching.measures
    return destinations(session, municipality_id=municipality_id, measures=measures)


def page_of(place: Place, figures: Destinations, part: Part) -> dict[str, Any]:
    """What the templates need to tell of one line."""
    return {
        "place": place,
        "told": figures,
        "part": part,
        "drawn": drawing_of(figures, part),
        "cells_of": cells_of,
    }


def _places(session: Session, audience: Audience) -> Sequence[Place]:
    mine = audience.mine
    return [place for place in _everywhere(session) if mine is None or place.id in mine]


def _everywhere(session: Session) -> Sequence[Place]:
    return [Place(row.id, row.slug, row.name) for row in municipalities(session)]


def _chosen(places: Sequence[Place]) -> Place:
    """The one of ``?gemeente=``, else the first; 404 for one that is not theirs."""
    slug = request.args.get("gemeente")
    choices = [place for place in places if slug is None or place.slug == slug]
    return choices[0] if choices else abort(404)
