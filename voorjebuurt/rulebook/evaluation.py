"""Rules and facts in, awards and reasons out: the one function that decides, everywhere."""

from collections.abc import Collection
from fractions import Fraction

from voorjebuurt.rulebook.closing import decide_measured
from voorjebuurt.rulebook.documents.facts import read_facts
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.reasons import Case
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.figures.factor import factors
from voorjebuurt.rulebook.figures.measured import MeasuredFacts
from voorjebuurt.rulebook.figures.quadratic import quadratic_bases
from voorjebuurt.rulebook.figures.tally import Tally
from voorjebuurt.rulebook.live import Allocator, accept_all
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values.jsontext import Json

__all__ = ["Outcome", "add_up", "decide", "evaluate", "read"]


def read(rules: Json, facts: Json, *, indicators: Collection[str]) -> tuple[Ruleset, Facts]:
    """Validate both. Raises ``RefusedError`` with the faults of the one and of the other."""
    faults: list[Fault] = []
    ruleset: Ruleset | None = None
    try:
        ruleset = read_ruleset(rules, indicators=indicators)
    except RefusedError as refusal:
        faults += refusal.faults
    try:
        contents = read_facts(facts, ruleset, indicators=indicators)
    except RefusedError as refusal:
        faults += refusal.faults
    if ruleset is None or faults:
        raise RefusedError(faults)
    return ruleset, contents


def evaluate(rules: Json, facts: Json, *, indicators: Collection[str]) -> Outcome:
    """Decide, on JSON as ``jsontext.parse`` returned it. Raises ``RefusedError``."""
    return decide(*read(rules, facts, indicators=indicators))


def decide(rules: Ruleset, facts: Facts) -> Outcome:
    """Decide on validated rules and facts: pure, and the same for the same input."""
    if rules.live:
        return _decide_live(rules, facts)
    return decide_measured(rules, add_up(rules, facts))


def add_up(rules: Ruleset, facts: Facts) -> MeasuredFacts:
    """Add up the gifts of a closing, one by one."""
    tallies = _tallies(rules, facts)
    bases: dict[str, Fraction] = {}
    pairing = rules.base.pairing
    if pairing is not None:
        totals = {key: tally.totals for key, tally in tallies.items()}
        bases = quadratic_bases(totals, pair_bound_cents=pairing.bound_cents)
    measures = {key: tally.measures for key, tally in tallies.items()}
    return MeasuredFacts(facts.applications, facts.areas, measures, bases, facts.lottery_seed)


def _tallies(rules: Ruleset, facts: Facts) -> dict[str, Tally]:
    tallies = {}
    for application in facts.applications:
        areas = application.area or ()
        tally = tallies[application.id] = Tally(rules.base.donor_limits, areas)
        for gift in facts.gifts[application.id]:
            tally.add(gift)
    return tallies


def _decide_live(rules: Ruleset, facts: Facts) -> Outcome:
    equity = factors(rules.equity, facts.applications, facts.areas)
    allocator = Allocator(rules, facts.applications, equity)
    steps = accept_all(allocator, facts)
    cases = {
        each.id: Case(
            each,
            allocator.tally(each.id).measures,
            equity[each.id],
            allocator.claim(each.id),
            allocator.reserved[each.id],
        )
        for each in sorted(facts.applications, key=lambda each: each.id)
    }
    return Outcome(rules, cases, allocator.left_cents, steps=tuple(steps))
