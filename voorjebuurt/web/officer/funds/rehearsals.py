"""Rehearsals for officers: on the past campaigns of their own municipality, or on a file."""

from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.rehearsals.pages import Audience
from voorjebuurt.web.rehearsals.routes import add_rehearsals

add_rehearsals(
    blueprint,
    lambda: Audience(
        "officer", signed_in_person().reads, may_ask=bool(signed_in_person().municipalities)
    ),
)
