"""Why one gift to a live fund earned what it earned: one sentence. Pure."""

from dataclasses import dataclass

from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase


@dataclass(frozen=True)
class AcceptedGift:
    """A gift that was accepted (cents): ``claim`` with it, ``reserved_cents`` before it.

    ``over``: the match was fixed already. ``at_goal``: what could be given was bounded by the way
    to the goal, as several funds help the campaign; ``at_maximum``: by what was awarded at most.
    """

    gift: Gift
    claim: Claim
    reserved_cents: int
    match_cents: int
    over: bool = False
    at_goal: bool = False
    at_maximum: bool = False


def gift_reason(rules: Ruleset, step: AcceptedGift) -> Phrase:
    """What a gift earned and why it was not more."""
    if not step.gift.matchable:
        return phrase("step_not_for_match")
    if step.over:
        return phrase("step_after_end")
    growth = step.claim.cents - step.reserved_cents
    amounts = {"gift": Money(step.gift.amount_cents), "match": Money(step.match_cents)}
    if growth > step.match_cents and step.at_maximum:
        return phrase("step_up_to_maximum", **amounts)
    if growth > step.match_cents and step.at_goal:
        return phrase("step_up_to_goal", **amounts)
    if growth > step.match_cents:
        return phrase("step_matched_partly" if step.match_cents else "step_fund_empty", **amounts)
    return phrase("step_matched", **amounts) if step.match_cents else _why_nothing(rules, step)


def _why_nothing(rules: Ruleset, step: AcceptedGift) -> Phrase:
    claim = step.claim
    if claim.failed:
        failure = claim.failed[0]
        return phrase("step_requirement", reason=failure.reason, because=failure.sentence)
    cap = min((cents for _, cents in claim.caps), default=None)
    if cap is not None and claim.whole_cents >= cap:
        return phrase("step_cap", cap=Money(cap))
    return rules.base.zero_reason()
