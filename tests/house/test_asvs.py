"""``docs/security.md`` answers every requirement of ASVS 5.0.0, levels 1 and 2, once."""

import re
from collections import Counter
from pathlib import Path

from tests.support.source import ROOT
from voorjebuurt import paths

PAGE = paths.DOCS / "security.md"
STATES = ("holds", "operator", "not applicable", "not yet")
LAST_NUMBERS = {
    "1": (2, 9, 11, 3, 2),
    "2": (3, 3, 4, 1),
    "3": (0, 2, 4, 6, 5, 0, 2),
    "4": (3, 1, 2, 4),
    "5": (1, 3, 2, 3),
    "6": (3, 12, 4, 4, 5, 3, 0, 4),
    "7": (3, 4, 2, 5, 2, 2),
    "8": (2, 3, 1, 1),
    "9": (3, 4),
    "10": (2, 2, 4, 11, 5, 2, 3),
    "11": (2, 3, 3, 4, 1, 1),
    "12": (3, 2, 4),
    "13": (1, 5, 2, 5),
    "14": (2, 4, 3),
    "15": (3, 3, 7),
    "16": (1, 5, 4, 3, 3),
    "17": (1, 4, 2),
}
"""Of each section of a chapter, the last number at level 1 or 2: those come first, with no gap."""

_ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|(?: (.+))? \|")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def required() -> list[str]:
    return [
        f"{chapter}.{section}.{number}"
        for chapter, last_numbers in LAST_NUMBERS.items()
        for section, last in enumerate(last_numbers, 1)
        for number in range(1, last + 1)
    ]


def rows() -> list[tuple[str, str, str, str]]:
    lines = PAGE.read_text().splitlines()
    matches = [_ROW.fullmatch(line) for line in lines if re.match(r"\| \d+\.\d+\.\d+ ", line)]
    assert all(matches), "a row has number, state, reason and tests"
    return [(m[1], m[2], m[3], m[4] or "") for m in matches if m is not None]


def test_every_requirement_of_levels_1_and_2_is_answered_once_in_order() -> None:
    assert len(required()) == 253
    assert [number for number, *_ in rows()] == required()


def test_every_answer_is_one_of_four_with_a_reason() -> None:
    assert {state for _, state, _, _ in rows()} == set(STATES)
    assert [number for number, _, why, _ in rows() if len(why.strip()) < 4] == []


def test_the_page_counts_right() -> None:
    counts = Counter(state for _, state, _, _ in rows())
    sentence = re.search(
        r"Of 253 requirements (\d+) hold, (\d+) are the operator's, (\d+) are not applicable,"
        r" (\d+) do not hold yet",
        PAGE.read_text().replace("\n", " "),
    )
    assert sentence is not None
    assert [int(number) for number in sentence.groups()] == [counts[state] for state in STATES]


def test_what_holds_names_a_test_and_each_named_test_exists() -> None:
    without = [n for n, state, _, tests in rows() if state == "holds" and not _TEST.search(tests)]
    assert without == []
    tests_of_page = set(_TEST.findall(PAGE.read_text()))
    assert len(tests_of_page) > 100
    missing = [f"{file}::{name}" for file, name in sorted(tests_of_page) if not _exists(file, name)]
    assert missing == []


def test_what_is_not_applicable_names_no_test() -> None:
    assert [n for n, state, _, tests in rows() if state == "not applicable" and tests] == []


def _exists(file: str, name: str) -> bool:
    path = Path(ROOT / file)
    return path.is_file() and f"\ndef {name}(" in path.read_text()
