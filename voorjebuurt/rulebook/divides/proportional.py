"""Everybody the same part of their claim."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.divides.pot import Pot
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json


@dataclass(frozen=True)
class Proportional(Pot):
    """Everybody the same part of their claim."""

    kinds: ClassVar[tuple[str, ...]] = ("proportional",)

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str, _base: Base | None, /) -> Self:
        """From ``{"kind"}``."""
        Fields(reader, raw, path, mandatory=("kind",))
        return cls()

    def weight(self, claim: Claim) -> Fraction:
        """The claim in cents."""
        return Fraction(claim.cents)

    def share_reason(self, claim: Claim, level: Fraction) -> Phrase:
        """The same part of the claim."""
        return phrase("share_proportional", exact=Money(self.weight(claim) * level))

    def sentence(self) -> Phrase:
        """The rule read back."""
        return phrase("rule_proportional")
