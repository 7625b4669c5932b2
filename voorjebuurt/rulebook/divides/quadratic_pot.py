"""In proportion to base × factor, where the base is quadratic."""

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
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


@dataclass(frozen=True)
class QuadraticPot(Pot):
    """In proportion to base × factor, up to the claim; with ``fill`` up to the cap."""

    fill: bool

    kinds: ClassVar[tuple[str, ...]] = ("qf_pot",)
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("fill", FieldType.FLAG, optional=True),
    )
    weighs_base: ClassVar[bool] = True
    ample_key: ClassVar[str] = "all_fit_pot"

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str, base: Base | None, /) -> Self:
        """From ``{"kind", "fill"?}``; only with a base that counts donors in pairs."""
        fields = Fields(reader, raw, path, mandatory=("kind",), optional=("fill",))
        if base is not None and base.pairing is None:
            reader.refuse(f"{path}.kind", "needs_qf")
        return cls(fields.may("fill", reader.flag) or False)

    def limit_cents(self, claim: Claim, ceiling_cents: int, /) -> int:
        """The claim; with ``fill`` the lowest cap, for whoever has a base and was not refused."""
        if not self.fill:
            return claim.cents
        if claim.failed or claim.base == 0:
            return 0
        return min([cap for _, cap in claim.caps], default=ceiling_cents)

    def weight(self, claim: Claim) -> Fraction:
        """The base in cents, exact, times the factor."""
        return claim.base * claim.factor

    def share_reason(self, claim: Claim, level: Fraction) -> Phrase:
        """The weight, and its part of the pot."""
        product = self.weight(claim)
        return phrase("share_pot", product=Money(product), exact=Money(product * level))

    def sentence(self) -> Phrase:
        """The rule read back."""
        return phrase("rule_qf_fill" if self.fill else "rule_qf_pot")
