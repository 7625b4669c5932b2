"""Everybody up to the same level, or the level times their factor."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.divides.pot import Pot
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField

ONE = Fraction(1)


@dataclass(frozen=True)
class Waterfill(Pot):
    """Everybody up to the same level, or the level times their factor."""

    by_factor: bool

    kinds: ClassVar[tuple[str, ...]] = ("waterfill",)
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("by_factor", FieldType.FLAG, optional=True, key="weights", yes="equity"),
    )

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str, _base: Base | None, /) -> Self:
        """From ``{"kind", "weights"?}``, where weights are ``equity``."""
        fields = Fields(reader, raw, path, mandatory=("kind",), optional=("weights",))
        weights = fields.may("weights", lambda value, at: reader.one_of(value, at, ("equity",)))
        return cls(weights is not None)

    def weight(self, claim: Claim) -> Fraction:
        """The factor, or 1 for everybody."""
        return claim.factor if self.by_factor else ONE

    def share_reason(self, claim: Claim, level: Fraction) -> Phrase:
        """The level, and its product with the factor."""
        if not self.by_factor:
            return phrase("share_level", level=Money(level))
        factor, exact = Number(claim.factor), Money(claim.factor * level)
        return phrase("share_level_factor", level=Money(level), factor=factor, exact=exact)

    def sentence(self) -> Phrase:
        """The rule read back."""
        return phrase("rule_waterfill_factor" if self.by_factor else "rule_waterfill")
