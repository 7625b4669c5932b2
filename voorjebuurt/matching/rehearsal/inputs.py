"""From text to what is rehearsed: rules, the rules they would replace, and facts. Pure."""

from collections.abc import Collection, Mapping

from voorjebuurt.rulebook.documents.facts import read_facts, refuse_what_rules_miss
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json, JsonError


def parse_all(given: Mapping[str, bytes | str]) -> dict[str, Json]:
    """Each text as JSON, by its name. Raises ``RefusedError`` with every one that is not."""
    faults: list[Fault] = []
    read: dict[str, Json] = {}
    for name, text in given.items():
        try:
            read[name] = jsontext.parse(text)
        except JsonError as error:
            faults.append(Fault(name, "not_json", {"detail": error}))
    if faults:
        raise RefusedError(faults)
    return read


def read_all(
    rules: Json, against: Json | None, facts: Json, *, indicators: Collection[str]
) -> tuple[Ruleset, Ruleset | None, Facts]:
    """Validate everything that goes in. Raises ``RefusedError`` with every fault."""
    faults: dict[tuple[str, str], Fault] = {}
    read: list[Ruleset | None] = []
    for raw, path in ((rules, "rules"), (against, "against")):
        try:
            one = None if raw is None else read_ruleset(raw, indicators=indicators, path=path)
            read.append(one)
        except RefusedError as refused:
            read.append(None)
            faults |= _by_place(refused)
    made: Facts | None = None
    try:
        made = read_facts(facts, read[0], indicators=indicators)
        if read[1] is not None:
            refuse_what_rules_miss(read[1], made)
    except RefusedError as refused:
        faults |= _by_place(refused)
    if faults or read[0] is None or made is None:
        raise RefusedError(faults.values())
    return read[0], read[1], made


def _by_place(refused: RefusedError) -> dict[tuple[str, str], Fault]:
    return {(fault.path, fault.code): fault for fault in refused.faults}
