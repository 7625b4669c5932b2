"""Rehearsals for staff: of any municipality, or of files alone."""

from voorjebuurt.people.rules import Role
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.rehearsals.pages import Audience
from voorjebuurt.web.rehearsals.routes import add_rehearsals
from voorjebuurt.web.staff.blueprint import blueprint

add_rehearsals(blueprint, lambda: Audience("staff", None, Role.STAFF in signed_in_person().roles))
