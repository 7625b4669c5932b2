"""How the pot was divided, as phrases."""

from collections.abc import Iterator
from fractions import Fraction

from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Division, Turn, limit_of, weight_of
from voorjebuurt.rulebook.ruleset import Proportional, QuadraticPot, Queue, Ruleset, Waterfill
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase
from voorjebuurt.rulebook.values.numbers import compare


def division_reasons(
    rules: Ruleset,
    application: Application,
    claim: Claim,
    division: Division,
    *,
    total_cents: int,
) -> Iterator[Phrase]:
    """From this application's claim to its award; ``total_cents`` is the sum of all limits."""
    award = division.awards[application.id]
    if isinstance(rules.divide, Queue):
        turn, number = division.turns[application.id], len(division.turns)
        yield from _turn(rules.divide, application, turn, number)
        yield from _end_of_turn(rules.divide, claim.cents, turn, award)
    elif division.level is None:
        yield phrase("all_fit_pot" if isinstance(rules.divide, QuadraticPot) else "all_fit")
    else:
        total, ceiling = Money(total_cents), Money(rules.ceiling_cents)
        yield phrase("pot_short", total=total, ceiling=ceiling)
        yield from _share(rules, claim, division.level, award)


def _turn(queue: Queue, application: Application, turn: Turn, number: int) -> Iterator[Phrase]:
    told = {"place": str(turn.place), "number": str(number)}
    left = Money(turn.left_cents)
    if queue.kind == "tender":
        yield phrase("turn_tender", **told, score=Number(application.score), left=left)
    else:
        yield phrase(f"turn_{queue.kind}", **told, left=left)


def _end_of_turn(queue: Queue, claim_cents: int, turn: Turn, award: int) -> Iterator[Phrase]:
    if award == claim_cents:
        return
    if turn.left_cents == 0:
        yield phrase("turn_empty")
    elif award:
        yield phrase("turn_partial")
    else:
        yield phrase("turn_too_small", least=Money(queue.min_partial_cents or 0))


def _share(rules: Ruleset, claim: Claim, level: Fraction, award: int) -> Iterator[Phrase]:
    how, limit = rules.divide, limit_of(rules, claim)
    exact = weight_of(rules, claim) * level
    if isinstance(how, Proportional):
        yield phrase("share_proportional", exact=Money(exact))
    elif isinstance(how, Waterfill) and how.by_factor:
        factor = Number(claim.factor)
        yield phrase("share_level_factor", level=Money(level), factor=factor, exact=Money(exact))
    elif isinstance(how, Waterfill):
        yield phrase("share_level", level=Money(level))
    else:
        product = Money(claim.base * claim.factor)
        yield phrase("share_pot", product=product, exact=Money(exact))
    if limit < exact:
        yield phrase("share_full", limit=Money(limit))
    elif compare(exact, award) != 0:
        yield phrase("share_last_cents")
