"""What came out: claims, awards, and how they came about."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from voorjebuurt.rulebook.explanation.reasons import Case, reasons
from voorjebuurt.rulebook.figures.division import Division
from voorjebuurt.rulebook.live import GiftOutcome
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.texts.wording import say_all


@dataclass(frozen=True)
class Outcome:
    """Cents by application id, in order of id.

    ``division`` is None in a live fund; ``steps`` are there only then.
    """

    rules: Ruleset
    cases: dict[str, Case]
    left_cents: int
    division: Division | None = None
    steps: tuple[GiftOutcome, ...] | None = None

    @property
    def ruleset_sha256(self) -> str:
        """The hash of the rules that decided."""
        return self.rules.sha256

    @property
    def awards(self) -> dict[str, int]:
        """What every application gets, in cents."""
        return {key: case.award_cents for key, case in self.cases.items()}

    @property
    def claims(self) -> dict[str, int]:
        """What every application can claim, in cents."""
        return {key: case.claim.cents for key, case in self.cases.items()}

    @cached_property
    def reasons(self) -> dict[str, list[Phrase]]:
        """Why, per application; put together when somebody asks, since deciding needs none."""
        total = sum(self.rules.limit_cents(case.claim) for case in self.cases.values())
        return {
            key: reasons(self.rules, case, self.division, total) for key, case in self.cases.items()
        }

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
            "reasons": {key: say_all(phrases) for key, phrases in self.reasons.items()},
        }


def _step(step: GiftOutcome) -> dict[str, Any]:
    return {
        "application": step.application,
        "contribution": step.contribution,
        "match_cents": step.match_cents,
    }
