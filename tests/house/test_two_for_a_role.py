"""A role that touches money or decisions takes two people: no other code makes one."""

import ast

from tests.support.source import modules, nodes
from voorjebuurt.people.rules import TWO_PEOPLE, Role

BEGINNING = {"local/demo/people.py", "people/first_staff.py"}
"""Who gives roles as the system: the demo, and the first staff of a site."""


def test_only_two_modules_make_rows_of_roles() -> None:
    making = {
        name
        for name, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"RoleGrant", "RoleProposal"}
    }
    assert making == {"people/appointments/grants.py", "people/appointments/proposals.py"}


def test_only_what_begins_a_site_gives_a_role_without_a_second_person() -> None:
    giving = {
        name
        for name, node in nodes(ast.Name, ast.Attribute)
        if "grant_role" in (getattr(node, "id", ""), getattr(node, "attr", ""))
    }
    assert giving == BEGINNING


def test_every_role_but_a_coach_takes_two_people() -> None:
    assert set(Role) - TWO_PEOPLE == {Role.COACH}
    assert len(list(modules())) > 100, "the checks above looked at the package"
