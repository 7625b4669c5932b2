"""Rules and facts in, awards and reasons out: the one function that decides, everywhere."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from voorjebuurt.matching.rules.claim import Claim, claim_of
from voorjebuurt.matching.rules.divide import divide, limit_of
from voorjebuurt.matching.rules.factor import Factor, factors
from voorjebuurt.matching.rules.facts import Application, Facts
from voorjebuurt.matching.rules.faults import Fault, RefusedError
from voorjebuurt.matching.rules.jsontext import Json
from voorjebuurt.matching.rules.live import Allocator, Step, accept_all
from voorjebuurt.matching.rules.phrases import Phrase
from voorjebuurt.matching.rules.quadratic import quadratic_bases
from voorjebuurt.matching.rules.read_facts import read_facts
from voorjebuurt.matching.rules.read_ruleset import read_ruleset
from voorjebuurt.matching.rules.reasons import Case, reasons
from voorjebuurt.matching.rules.ruleset import Quadratic, Ruleset
from voorjebuurt.matching.rules.tally import Tally
from voorjebuurt.matching.rules.wording import say_all


@dataclass(frozen=True)
class Outcome:
    """Cents by application id, in order of id; ``steps`` only when live."""

    ruleset_sha256: str
    cases: dict[str, Case]
    left_cents: int
    reasons: dict[str, list[Phrase]]
    steps: tuple[Step, ...] | None = None

    @property
    def awards(self) -> dict[str, int]:
        """What every application gets, in cents."""
        return {key: case.award_cents for key, case in self.cases.items()}

    @property
    def claims(self) -> dict[str, int]:
        """What every application can claim, in cents."""
        return {key: case.claim.cents for key, case in self.cases.items()}

    def as_json(self) -> dict[str, Any]:
        """The outcome as ``voorjebuurt matching evaluate`` prints it; factors exact, ``"3/2"``."""
        steps = {} if self.steps is None else {"steps": [_step(step) for step in self.steps]}
        return {
            "ruleset_sha256": self.ruleset_sha256,
            "claims": self.claims,
            "awards": self.awards,
            "factors": {key: str(case.factor.value) for key, case in self.cases.items()},
            "left_cents": self.left_cents,
            **steps,
            "reasons": {key: say_all(said) for key, said in self.reasons.items()},
        }


def _step(step: Step) -> dict[str, Any]:
    return {
        "application": step.application,
        "contribution": step.contribution,
        "match_cents": step.match_cents,
    }


def read(rules: Json, facts: Json, *, indicators: Collection[str]) -> tuple[Ruleset, Facts]:
    """Validate both. Raises ``RefusedError`` with the faults of the one and of the other."""
    faults: list[Fault] = []
    ruleset: Ruleset | None = None
    try:
        ruleset = read_ruleset(rules, indicators=indicators)
    except RefusedError as refused:
        faults += refused.faults
    try:
        read_in = read_facts(facts, ruleset, indicators=indicators)
    except RefusedError as refused:
        faults += refused.faults
    if ruleset is None or faults:
        raise RefusedError(faults)
    return ruleset, read_in


def evaluate(rules: Json, facts: Json, *, indicators: Collection[str]) -> Outcome:
    """Decide, on JSON as ``jsontext.parse`` returned it. Raises ``RefusedError``."""
    return decide(*read(rules, facts, indicators=indicators))


def decide(rules: Ruleset, facts: Facts) -> Outcome:
    """Decide on validated rules and facts: pure, and the same for the same input."""
    return _decide_live(rules, facts) if rules.live else _decide_closing(rules, facts)


def _decide_closing(rules: Ruleset, facts: Facts) -> Outcome:
    tallies = _tallies(rules, facts)
    equity = factors(rules.equity, facts.applications, facts.areas)
    claims = _claims(rules, facts, tallies, equity)
    division = divide(rules, facts.applications, claims, lottery_seed=facts.lottery_seed)
    total = sum(limit_of(rules, claim) for claim in claims.values())
    cases = {
        one.id: Case(
            one, tallies[one.id].measures, equity[one.id], claims[one.id], division.awards[one.id]
        )
        for one in _by_id(facts)
    }
    said = {key: reasons(rules, case, division, total) for key, case in cases.items()}
    left = rules.ceiling_cents - sum(division.awards.values())
    return Outcome(rules.sha256, cases, left, said)


def _by_id(facts: Facts) -> list[Application]:
    return sorted(facts.applications, key=lambda one: one.id)


def _claims(
    rules: Ruleset, facts: Facts, tallies: dict[str, Tally], equity: dict[str, Factor]
) -> dict[str, Claim]:
    bases: dict[str, Fraction] = {}
    if isinstance(rules.base, Quadratic):
        totals = {key: tally.totals for key, tally in tallies.items()}
        bases = quadratic_bases(totals, pair_bound_cents=rules.base.pair_bound_cents)
    return {
        one.id: claim_of(
            rules,
            one,
            tallies[one.id].measures,
            factor=equity[one.id].value,
            quadratic_base=bases.get(one.id, Fraction(0)),
        )
        for one in facts.applications
    }


def _tallies(rules: Ruleset, facts: Facts) -> dict[str, Tally]:
    tallies = {}
    for application in facts.applications:
        tally = tallies[application.id] = Tally(rules, application.area or ())
        for gift in facts.gifts[application.id]:
            tally.add(gift)
    return tallies


def _decide_live(rules: Ruleset, facts: Facts) -> Outcome:
    equity = factors(rules.equity, facts.applications, facts.areas)
    allocator = Allocator(rules, facts.applications, equity)
    steps = accept_all(allocator, facts)
    cases = {
        one.id: Case(
            one,
            allocator.tally(one.id).measures,
            equity[one.id],
            allocator.claim(one.id),
            allocator.reserved[one.id],
        )
        for one in _by_id(facts)
    }
    said = {key: reasons(rules, case, None, 0) for key, case in cases.items()}
    return Outcome(rules.sha256, cases, allocator.left_cents, said, tuple(steps))
