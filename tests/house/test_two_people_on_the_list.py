"""What waits for a second officer is on the work list and in the mails: the registry is whole."""

import re

from voorjebuurt.decisions.rules.work import SECOND_LOOKS, WorkKind
from voorjebuurt.web.changes import CHANGES, Change

SECOND = re.compile(r"^(approve|confirm|publish|release|verify|book|countersign|endorse|ratify)_")
"""Names of endpoints by which somebody finishes what a colleague began."""
ONE_PERSON = {
    "officer.verify_groups": "a fact for an assessment, which two officers decide on",
}
BY_DEED_OF_FIRST = {
    "officer.decide_objection": WorkKind.OBJECT,
    "officer.propose_late_penalty": WorkKind.PENALTY,
    "officer.propose_officer": WorkKind.COLLEAGUE,
}
"""What says that a colleague looks at it before it counts, and where that one finds it."""


def deeds() -> set[str]:
    return {deed for each in SECOND_LOOKS.values() for deed in each}


def test_every_deed_of_a_second_officer_is_in_the_registry() -> None:
    names = {
        name
        for name in CHANGES
        if name.startswith("officer.") and SECOND.search(name.partition(".")[2])
    }
    assert len(names) > 5, "the pattern finds them"
    assert names - ONE_PERSON.keys() - deeds() == set()
    assert deeds() <= CHANGES.keys()
    assert deeds().isdisjoint(ONE_PERSON)


def test_what_a_colleague_looks_at_afterwards_is_in_the_registry() -> None:
    first = {
        name
        for name, change in CHANGES.items()
        if name.startswith("officer.") and change is Change.COUNTERSIGNED
    }
    assert first == BY_DEED_OF_FIRST.keys()
    assert set(BY_DEED_OF_FIRST.values()) <= SECOND_LOOKS.keys()
