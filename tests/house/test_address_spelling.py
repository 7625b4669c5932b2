"""One function spells addresses of mail, so that nobody is two people by how they type."""

import ast

from tests.support.source import nodes, place

ADDRESSES = ("email", "recipient", "address")
OTHERS = {
    "web/kit/addresses.py": "addresses of pages",
    "mail/addresses.py": "as the index of mails has them",
    "people/rules.py": "asks that function",
}


def spells_an_address(node: ast.Call) -> bool:
    """Whether a call lowers or trims something that is called an address, here or in SQL."""
    if not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr not in ("lower", "casefold", "trim", "strip"):
        return False
    is_sql = isinstance(node.func.value, ast.Name) and node.func.value.id == "func"
    parts = node.args if is_sql else [node.func.value]
    names = {
        name.lower()
        for part in parts
        for inner in ast.walk(part)
        if (name := getattr(inner, "attr", None) or getattr(inner, "id", None))
    }
    return any(word in name for word in ADDRESSES for name in names)


def test_addresses_of_mail_are_spelled_by_one_function() -> None:
    wrong = [
        place(module, node)
        for module, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and spells_an_address(node)
        and module not in OTHERS
        and not module.startswith("kernel/")
    ]
    assert wrong == []


def test_what_it_refuses() -> None:
    for source, expected in (
        ("message.recipient.strip().lower()", True),
        ("func.lower(Pledge.email)", True),
        ("form.email.data.lower()", True),
        ("words.lower()", False),
        ("func.lower(Person.name)", False),
    ):
        assert spells_an_address(ast.parse(source, mode="eval").body) is expected  # type: ignore[arg-type]
