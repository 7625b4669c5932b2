"""One application's way through a live fund, gift by gift, from its steps alone. Pure.

Every step tells what changed of a gift and what was left in the pot just before, so that the
steps of all other applications are not needed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from voorjebuurt.rulebook.facts import Application, Gift
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.factor import Factor
from voorjebuurt.rulebook.figures.tally import Tally
from voorjebuurt.rulebook.ruleset import Ruleset


class ReplayError(ValueError):
    """The steps of a live fund do not follow from its rules."""


class Course:
    """What counts of every gift so far, and what is reserved (eurocents)."""

    def __init__(self, rules: Ruleset, application: Application, factor: Factor) -> None:
        self._rules, self._application, self._factor = rules, application, factor
        self._gifts: dict[tuple[int, bool], Gift] = {}
        self.tally = Tally(rules.base.donor_limits, application.area or ())
        self.reserved_cents = 0

    @property
    def claim(self) -> Claim:
        """The claim so far, by the plan of the facts."""
        return self._claim(self._application)

    def _claim(self, application: Application) -> Claim:
        return self._rules.claim(
            application,
            self.tally.measures,
            factor=self._factor.value,
        )

    def take(self, step: Mapping[str, Any]) -> None:
        """Replay a stored step. Raises ``ReplayError`` when its amount is not what the rules give.

        What was reserved just before it is the step's own: officers may have decided in between.
        After they decided, nothing moves by itself.
        """
        grows = step["kind"] == "gift"
        self._change(step, step["amount_cents"] if grows else -step["amount_cents"])
        due_cents = self._claim(self._as_it_was(step)).cents - step["reserved_cents"]
        should = max(0, min(step["left_cents"], due_cents)) if grows else min(0, due_cents)
        if step["decided"]:
            should = 0
        if should != step["match_cents"]:
            raise ReplayError(
                f"a step stored {step['match_cents']} cents; the rules say {should} cents"
            )
        self.reserved_cents = step["reserved_cents"] + should

    def _as_it_was(self, step: Mapping[str, Any]) -> Application:
        """The application with the goal that held at a step, where a smaller plan came later."""
        goal_cents = step.get("goal_cents", self._application.goal_cents)
        return replace(self._application, goal_cents=goal_cents)

    def _change(self, step: Mapping[str, Any], cents: int) -> None:
        """What counts of a gift grows or shrinks; a gift that went back counts no longer."""
        key = (step["gift"], step["matchable"])
        before = self._gifts.pop(key, None)
        if before is not None:
            self.tally.take_back(before)
        after = cents + (before.amount_cents if before else 0)
        if after < 0:
            raise ReplayError(f"of gift {step['gift']} more went back than was given")
        if after:
            gift = Gift(step["donor"], after, step["area"], step["matchable"])
            self._gifts[key] = gift
            self.tally.add(gift)
