"""From text to what is rehearsed: rules, the rules they would replace, and facts. Pure."""

from collections.abc import Collection, Mapping

from voorjebuurt.rulebook.documents.facts import read_facts, refuse_missing_facts
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json, JsonError


def parse_all(texts: Mapping[str, bytes | str]) -> dict[str, Json]:
    """Each text as JSON, by its name. Raises ``RefusedError`` with every one that is not."""
    faults: list[Fault] = []
    documents: dict[str, Json] = {}
    for name, text in texts.items():
        try:
            documents[name] = jsontext.parse(text)
        except JsonError as error:
            faults.append(Fault(name, "not_json", {"detail": error}))
    if faults:
        raise RefusedError(faults)
    return documents


def read_all(
    rules: Json, against: Json | None, facts: Json, *, indicators: Collection[str]
) -> tuple[Ruleset, Ruleset | None, Facts]:
    """Validate everything that goes in. Raises ``RefusedError`` with every fault."""
    faults: dict[tuple[str, str], Fault] = {}
    rulesets: list[Ruleset | None] = []
    for raw, path in ((rules, "rules"), (against, "against")):
        try:
            ruleset = None if raw is None else read_ruleset(raw, indicators=indicators, path=path)
            rulesets.append(ruleset)
        except RefusedError as error:
            rulesets.append(None)
            faults |= _by_place(error)
    valid_facts: Facts | None = None
    try:
        valid_facts = read_facts(facts, rulesets[0], indicators=indicators)
        if rulesets[1] is not None:
            refuse_missing_facts(rulesets[1], valid_facts)
    except RefusedError as error:
        faults |= _by_place(error)
    if faults or rulesets[0] is None or valid_facts is None:
        raise RefusedError(faults.values())
    return rulesets[0], rulesets[1], valid_facts


def _by_place(error: RefusedError) -> dict[tuple[str, str], Fault]:
    return {(fault.path, fault.code): fault for fault in error.faults}
