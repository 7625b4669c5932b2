"""A ruleset of ``matchregel/1`` after validation. Amounts are eurocents, numbers are exact."""

from dataclasses import dataclass
from fractions import Fraction

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.clauses import Caps, Equity, Requirement
from voorjebuurt.rulebook.divides.divide import Divide
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim, claim_of
from voorjebuurt.rulebook.figures.tally import Measures

SCHEMA = "matchregel/1"
MOMENTS = ("closing", "live")


@dataclass(frozen=True)
class Ruleset:
    """Rules that validated, with the sha256 of their canonical JSON."""

    sha256: str
    ceiling_cents: int
    live: bool
    require: tuple[Requirement, ...]
    base: Base
    equity: Equity | None
    caps: Caps
    divide: Divide

    def __hash__(self) -> int:
        # Groups are a mapping, which has no hash; equal rules have equal canonical JSON.
        return hash(self.sha256)

    def claim(
        self,
        application: Application,
        measures: Measures,
        *,
        factor: Fraction,
        pair_sum: Fraction = Fraction(0),
    ) -> Claim:
        """What an application can claim; ``pair_sum`` (cents) counts for a base with a pairing."""
        return claim_of(
            application,
            measures,
            base=self.base.compute(application, measures, pair_sum),
            factor=factor,
            caps=self.caps,
            require=self.require,
        )

    def limit_cents(self, claim: Claim) -> int:
        """The most that an application can get of the pot."""
        return self.divide.limit_cents(claim, self.ceiling_cents)
