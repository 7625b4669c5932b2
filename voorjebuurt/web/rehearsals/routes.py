"""The addresses of rehearsals, given to the blueprint of whoever has them."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from voorjebuurt.web.rehearsals import pages
from voorjebuurt.web.rehearsals.pages import Audience


def add_rehearsals(blueprint: Blueprint, audience: Callable[[], Audience]) -> None:
    """Give a blueprint the pages; ``audience`` tells per request whose they are."""

    @blueprint.get("/oefeningen")
    def list_rehearsals() -> ResponseReturnValue:
        """The rehearsals of this audience."""
        return pages.list_page(audience())

    @blueprint.route("/oefeningen/nieuw", methods=["GET", "POST"])
    def ask_rehearsal() -> ResponseReturnValue:
        """Ask for a rehearsal; ``?regels=draft:<fund>`` chooses a fund's draft beforehand."""
        return pages.ask_page(audience())

    @blueprint.get("/oefeningen/<uuid:rehearsal_id>")
    def show_rehearsal(rehearsal_id: UUID) -> ResponseReturnValue:
        """One rehearsal."""
        return pages.show_page(audience(), rehearsal_id)

    @blueprint.get("/oefeningen/<uuid:rehearsal_id>/<part>.json")
    def send_rehearsal_input(rehearsal_id: UUID, part: str) -> ResponseReturnValue:
        """What it was made of."""
        return pages.input_file(rehearsal_id, part)
