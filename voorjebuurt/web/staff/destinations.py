"""Where the money of any municipality went: staff and auditors read it."""

from voorjebuurt.web.destinations.pages import Audience
from voorjebuurt.web.destinations.routes import add_destinations
from voorjebuurt.web.staff.blueprint import blueprint

add_destinations(blueprint, lambda: Audience("staff", None))
