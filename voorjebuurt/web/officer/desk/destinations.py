"""Where the money of the own municipality went."""

from voorjebuurt.web.destinations.pages import Audience
from voorjebuurt.web.destinations.routes import add_destinations
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.officer.blueprint import blueprint

add_destinations(blueprint, lambda: Audience("officer", signed_in_person().reads))
