"""Words that have one meaning, and words that have none: ``pyproject.toml`` and the glossary."""

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence

import pytest

from tests.support.source import FUNCTIONS, ROOT, modules
from voorjebuurt import paths

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["voorjebuurt"]
PLACES: dict[str, list[str]] = SETTINGS["words"]
REFUSED: list[str] = SETTINGS["one-meaning"]["refused"]
EXCEPTIONS: list[str] = SETTINGS["one-meaning"]["exceptions"]
LONGEST_FIRST = sorted(PLACES, key=lambda word: -len(word.split()))


def parts(name: str) -> list[str]:
    """``MatchSteps`` and ``match_steps`` are ``match step``: the parts of a name, singular."""
    return [_singular(part.lower()) for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def _singular(word: str) -> str:
    return word.removesuffix("s")


def words_in(name: str) -> set[str]:
    """The words with one meaning that a name uses; ``match_claim`` uses no ``claim``."""
    rest = " ".join(["", *parts(name), ""])
    words = set()
    for word in LONGEST_FIRST:
        form = f" {' '.join(parts(word.replace(' ', '_')))} "
        if form in rest:
            words.add(word)
            rest = rest.replace(form, " | ")
    return words


def public_names() -> Iterator[tuple[str, str]]:
    """Every module with its own name, and with what it defines or calls by another name."""
    for path, tree in modules().items():
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        yield module, module.rpartition(".")[2]
        for name in _names(tree.body):
            if not name.startswith("_"):
                yield module, name


def _names(body: Sequence[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname for alias in node.names if alias.asname)


def _may(module: str, word: str) -> bool:
    return any(f"{module}.".startswith(f"{place}.") for place in PLACES[word])


def test_a_word_with_one_meaning_stands_where_it_has_it() -> None:
    wrong = {
        f"{module}:{name} ({word})"
        for module, name in public_names()
        for word in words_in(name)
        if not _may(module, word) and f"{module}:{name}" not in EXCEPTIONS
    }
    assert wrong == set(), "see 'Words with one meaning' in voorjebuurt/docs/glossary.md"


def test_vague_nouns_are_no_part_of_a_name() -> None:
    vague = {_singular(word) for word in REFUSED}
    wrong = {f"{module}:{name}" for module, name in public_names() if vague & set(parts(name))}
    assert wrong == set()


def test_every_place_uses_its_word() -> None:
    """What is not needed any more is taken off the list, so that it can only shrink."""
    uses = {(module, word) for module, name in public_names() for word in words_in(name)}
    idle = {
        f"{word}: {place}"
        for word, places in PLACES.items()
        for place in places
        if not any(f"{module}.".startswith(f"{place}.") for module, use in uses if use == word)
    }
    assert idle == set()
    names = {f"{module}:{name}" for module, name in public_names()}
    assert set(EXCEPTIONS) - names == set()


def test_the_glossary_explains_each_word() -> None:
    table = (paths.DOCS / "glossary.md").read_text().partition("## Words with one meaning")[2]
    words = re.findall(r"^\| ([a-z ]+) \|", table, flags=re.MULTILINE)
    assert sorted(words) == sorted(PLACES)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MAX_RECEIPTS", {"receipt"}),
        ("LedgerAccount", {"account"}),
        ("own_bank_account", {"bank account"}),
        ("waiting_match_claims", {"match claim"}),
        ("match_claim_of_claim", {"match claim", "claim"}),
        ("rule_of", {"rules"}),
        ("ruleset_of", set()),
        ("accounting_due", set()),
        ("PDFLetter", {"letter"}),
    ],
)
def test_how_a_name_is_read(name: str, words: set[str]) -> None:
    assert words_in(name) == words
