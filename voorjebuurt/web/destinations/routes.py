"""The addresses of these pages at a desk, given to the blueprint of whoever has them."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from voorjebuurt.web.destinations import pages
from voorjebuurt.web.destinations.pages import Audience


def add_destinations(blueprint: Blueprint, audience: Callable[[], Audience]) -> None:
    """Give a blueprint the pages; ``audience`` tells per request whose they are."""

    @blueprint.get("/waar-het-geld-heen-ging")
    def show_destinations() -> ResponseReturnValue:
        """Where money went, by year, fund and band."""
        return pages.figures_page(audience())

    @blueprint.get("/waar-het-geld-heen-ging.csv")
    def export_destinations() -> ResponseReturnValue:
        """The same for a spreadsheet."""
        return pages.csv_file(audience())
