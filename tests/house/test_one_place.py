"""What was written several times has one place, and stays there."""

import ast

from tests.house.source import nodes, place
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError

REFUSALS = {kind.__name__ for kind in (DomainError, ForbiddenError, NotFoundError, TransitionError)}
CATCH_REFUSALS = {
    "web/kit/errors.py": "the screens' own: told at a field, above a form or in a flash message",
    "cli/matching.py": "told on a terminal",
    "cli/places.py": "told on a terminal",
    "decisions/overviews/obstacles.py": "what stands in the way is the answer",
    "decisions/rulings/bookings.py": "one refusal is no obstacle: a claim for the money follows",
    "decisions/tasks.py": "becomes a task for somebody: nobody looks at a job",
    "pledges/tasks.py": "becomes a task for somebody, and must not keep others from their money",
    "local/demo/places.py": "what was imported before needs no second import",
    "local/demo/playing.py": "told on a terminal",
}
"""Modules that catch what a service refuses, and why they may."""


def test_screens_leave_refusals_to_the_kit() -> None:
    catching: dict[str, list[str]] = {}
    ours = {
        name: {alias.asname or alias.name for alias in node.names if alias.name in REFUSALS}
        for name, node in nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and node.module == "voorjebuurt.kernel.errors"
    }
    for name, node in nodes(ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        kinds = ast.walk(node.type) if node.type is not None else ()
        if ours.get(name, set()) & {kind.id for kind in kinds if isinstance(kind, ast.Name)}:
            catching.setdefault(name, []).append(place(name, node))
    assert {name: places for name, places in catching.items() if name not in CATCH_REFUSALS} == {}
    assert CATCH_REFUSALS.keys() - catching.keys() == set()
