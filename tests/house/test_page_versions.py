"""What a page showed is compared in one place, before anything is done or at its very end."""

import ast

from tests.support.source import nodes, place


def test_a_version_is_held_by_one_function() -> None:
    callers = [
        (module, place(module, node))
        for module, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "hold"
    ]
    assert len(callers) == 2, "before, and at the end"
    assert [where for module, where in callers if module != "web/kit/versions.py"] == []
