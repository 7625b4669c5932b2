"""A stored decision computed again, from its own snapshot and nothing else. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voorjebuurt.decisions.proof.computation import ReplayError, result_of, ruleset_in_words
from voorjebuurt.decisions.proof.interest import interest_is_same
from voorjebuurt.decisions.proof.owed_interest import owed_interest_is_same
from voorjebuurt.decisions.proof.schema import ComputedAward, Snapshot, SnapshotError, read, sha256
from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.parsing.faults import RefusedError


@dataclass(frozen=True)
class Replay:
    """What came out the second time, and every difference with what the snapshot says.

    ``computed`` is None where it could not be computed; the differences then say why.
    """

    snapshot: Snapshot
    computed: ComputedAward | None
    ruleset_sha256: str
    differences: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether rules, facts, claim, award and every sentence are the same again."""
        return not self.differences


def replay(text: str, *, round_facts: str | None = None) -> Replay:
    """Decide again from a snapshot. Raises ``SnapshotError`` for what is none.

    ``round_facts`` is asked for only where the snapshot names a round's facts by their hash.
    """
    snapshot = read(text)
    facts = snapshot.basis.facts if snapshot.basis.facts is not None else round_facts
    if facts is None:
        raise SnapshotError("the facts of the round are kept beside this snapshot")
    try:
        ruleset = stored_ruleset(snapshot.rules)
        result = result_of(ruleset, snapshot.basis, facts)
        words = ruleset_in_words(ruleset, snapshot.form)
    except (RefusedError, ReplayError, KeyError) as error:
        return Replay(snapshot, None, "", (f"not computed: {error}",))
    computation = result.told(names_in(snapshot), snapshot.form)
    differences = _differences(snapshot, computation, facts, result.ruleset_sha256)
    if _in_languages_of(snapshot.rule, words) != snapshot.rule:
        differences += ("the rule in words",)
    if not _same_interest(snapshot):
        differences += ("interest",)
    return Replay(snapshot, computation, result.ruleset_sha256, differences)


def _same_interest(snapshot: Snapshot) -> bool:
    if snapshot.interest is None:
        return True
    try:
        if snapshot.decision.kind == "interest_owed":
            return owed_interest_is_same(snapshot.interest, snapshot.decision.amount_cents)
        return interest_is_same(snapshot.interest, snapshot.decision.amount_cents)
    except (KeyError, ValueError):
        return False


def names_in(snapshot: Snapshot) -> dict[str, str]:
    """Names by area code, as they stand in the snapshot."""
    names = {}
    for area in snapshot.areas:
        names[area["code"]] = area["name"]
        if area["source"]:
            names[area["source"]] = area["source_name"]
    return names


def _differences(
    snapshot: Snapshot, computation: ComputedAward, facts: str, ruleset_sha256: str
) -> tuple[str, ...]:
    stored_computation = snapshot.computed
    pairs = {
        "hash of the rules": (snapshot.fund.ruleset_sha256, ruleset_sha256),
        "hash of the facts": (snapshot.basis.facts_sha256, sha256(facts)),
        "claim": (stored_computation.claim_cents, computation.claim_cents),
        "award": (stored_computation.award_cents, computation.award_cents),
        "factor": (stored_computation.factor, computation.factor),
        "reasons": (
            stored_computation.reasons,
            _in_languages_of(stored_computation.reasons, computation.reasons),
        ),
        "arithmetic": (
            stored_computation.arithmetic,
            _in_languages_of(stored_computation.arithmetic, computation.arithmetic),
        ),
    }
    return tuple(name for name, (before, now) in pairs.items() if before != now)


def _in_languages_of(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What is said now in the languages of then: one that was added later is no difference."""
    return {language: text for language, text in now.items() if language in before}
