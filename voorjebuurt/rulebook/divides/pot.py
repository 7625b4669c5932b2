"""What ways to divide have in common that share the pot by weight."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar

from voorjebuurt.rulebook.divides.divide import Divide
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Division
from voorjebuurt.rulebook.figures.sharing import Stake, share_out
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase
from voorjebuurt.rulebook.values.numbers import compare


class Pot(Divide):
    """Everybody gets min(limit, level × weight), with one level for all."""

    ample_key: ClassVar[str] = "all_fit"
    """The key of what is said when all limits fit."""

    @abstractmethod
    def weight(self, claim: Claim) -> Fraction:
        """How heavily an application weighs."""

    @abstractmethod
    def share_reason(self, claim: Claim, level: Fraction) -> Phrase:
        """How the share follows from the level, before the limit."""

    @abstractmethod
    def sentence(self) -> Phrase:
        """The rule read back, without what holds for every pot."""

    def limit_cents(self, claim: Claim, _ceiling_cents: int, /) -> int:
        """The claim."""
        return claim.cents

    def division(
        self,
        _applications: Sequence[Application],
        claims: Mapping[str, Claim],
        ceiling_cents: int,
        _lottery_seed: str | None,
        /,
    ) -> Division:
        """Fill everybody up to one level; the last cents go by largest remainder."""
        stakes = [self._stake(key, claim, ceiling_cents) for key, claim in claims.items()]
        able = [stake for stake in stakes if stake.limit_cents > 0 and stake.weight > 0]
        shares = share_out(able, ceiling_cents)
        return Division(dict.fromkeys(claims, 0) | shares.cents, level=shares.level)

    def _stake(self, key: str, claim: Claim, ceiling_cents: int) -> Stake:
        return Stake(key, self.limit_cents(claim, ceiling_cents), self.weight(claim))

    def reasons(
        self,
        application: Application,
        claim: Claim,
        division: Division,
        ceiling_cents: int,
        total_cents: int,
        /,
    ) -> Iterator[Phrase]:
        """Whether all fit, else the share, and why it came out a little different."""
        if division.level is None:
            yield phrase(self.ample_key)
            return
        yield phrase("pot_short", total=Money(total_cents), ceiling=Money(ceiling_cents))
        yield self.share_reason(claim, division.level)
        limit = self.limit_cents(claim, ceiling_cents)
        exact = self.weight(claim) * division.level
        if limit < exact:
            yield phrase("share_full", limit=Money(limit))
        elif compare(exact, division.awards[application.id]) != 0:
            yield phrase("share_last_cents")

    def sentences(self) -> Iterator[Phrase]:
        """The rule, and where the last cents go."""
        yield self.sentence()
        yield phrase("rule_last_cents")
