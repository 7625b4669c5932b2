"""Who may act for a campaign is told in one place: nobody else compares who signs for it."""

import ast

from tests.support.source import nodes, place

HOME = "campaigns/members/"
WHO_SIGNS = {
    "campaigns/pitch.py": "whether who begins a plan is whom it is for",
    "matching/applications/eligibility.py": "whether who signs had match money before",
    "matching/applications/signers.py": "the applicant is who signs",
    "matching/rehearsal/past_campaigns.py": "whether who signs had a campaign before",
    "payouts/validity.py": "whether who signs gave the account or agreed to it",
}
"""Where it is about who signs, and about nothing that somebody may or may not do."""
JOINS = "Person"


def _names_signer(node: ast.AST) -> bool:
    return any(
        getattr(each, "attr", getattr(each, "id", "")) == "initiator_id" for each in ast.walk(node)
    )


def _is_join(node: ast.Compare) -> bool:
    """``Person.id == Campaign.initiator_id``: reading who signs, to write to them or name them."""
    sides = (node.left, *node.comparators)
    return any(
        isinstance(side, ast.Attribute)
        and side.attr == "id"
        and isinstance(side.value, ast.Name)
        and side.value.id == JOINS
        for side in sides
    )


def findings(pairs: list[tuple[str, ast.AST]]) -> list[str]:
    """Comparisons with who signs, outside the place that knows who may act."""
    return [
        place(module, node)
        for module, node in pairs
        if isinstance(node, ast.Compare)
        and not module.startswith(HOME)
        and module not in WHO_SIGNS
        and _names_signer(node)
        and not _is_join(node)
    ]


def test_nobody_compares_who_signs_for_a_campaign() -> None:
    wrong = findings(list(nodes(ast.Compare)))
    assert wrong == [], "ask campaigns.members.acting who may act for a campaign (ADR 50)"


def test_nobody_compares_who_applied_but_its_own_room() -> None:
    """Whoever runs a campaign acts for its applicant: ``applications.ownership`` knows."""
    rooms = ("matching/applications/", "matching/applicants/", "owndata/")
    wrong = [
        place(module, node)
        for module, node in nodes(ast.Compare)
        if isinstance(node, ast.Compare)
        and not module.startswith(rooms)
        and any(getattr(each, "attr", "") == "applicant_id" for each in ast.walk(node))
        and not _is_join(node)
    ]
    assert wrong == []


def test_the_lint_sees_each_way_to_compare() -> None:
    source = """
actor.person_id != campaign.initiator_id
campaign.initiator_id == person
person in (payee.submitted_by, campaign.initiator_id)
select(Person).where(Person.id == Campaign.initiator_id)
"""
    pairs = [("somewhere.py", node) for node in ast.walk(ast.parse(source))]
    assert findings(pairs) == ["somewhere.py:2", "somewhere.py:3", "somewhere.py:4"]


def test_what_is_excepted_is_needed() -> None:
    modules = {
        module for module, node in nodes(ast.Compare) if module in WHO_SIGNS and _names_signer(node)
    }
    assert modules == set(WHO_SIGNS)
