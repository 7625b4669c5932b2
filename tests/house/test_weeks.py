"""Terms in weeks end by the law on terms (Atw): nobody adds weeks to a day by hand."""

import ast

from tests.support.source import nodes

ENDS_OF_TERMS = {
    "kernel/legal_days.py": "the law on terms itself",
    "decisions/rules/accounting.py": "moved past free days; reminders are no term",
    "decisions/rules/objections.py": "moved past free days, on a day that was moved before",
    "decisions/rules/terms.py": "moved past free days, after the clock stood still",
    "decisions/letters/form1/determinations.py": "a letter that was sent names the day it named",
}
"""Where weeks are added to a day, and what becomes of that day."""


def test_weeks_are_added_where_the_law_on_terms_is_applied() -> None:
    places = {
        name
        for name, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("timedelta")
        and any(keyword.arg == "weeks" for keyword in node.keywords)
    }
    assert places == ENDS_OF_TERMS.keys()
