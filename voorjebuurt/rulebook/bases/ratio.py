"""A part of every euro: ratio × Σ min(donor total, donor cap)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import DonorLimits, Measures
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, Value, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


@dataclass(frozen=True)
class Ratio(Base):
    """ratio × Σ min(donor total, donor cap)."""

    ratio: Fraction
    donor_cap_cents: int | None = None

    kind: ClassVar[str] = "ratio"
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("ratio", FieldType.RATIO),
        RulesetField("donor_cap_cents", FieldType.CENTS, optional=True),
    )

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From ``{"kind", "ratio", "donor_cap_cents"?}``."""
        keys, optional = ("kind", "ratio"), ("donor_cap_cents",)
        fields = Fields(reader, raw, path, mandatory=keys, optional=optional)
        return cls(
            fields.must("ratio", reader.positive, Fraction(1)),
            fields.may("donor_cap_cents", reader.whole),
        )

    @property
    def donor_limits(self) -> DonorLimits:
        """No more than the cap of each donor counts."""
        return DonorLimits(cap_cents=self.donor_cap_cents)

    def compute(
        self, _application: Application, measures: Measures, _pair_sum: Fraction, /
    ) -> Fraction:
        """The ratio of what counts of all donors."""
        return self.ratio * measures.capped_cents

    def reasons(
        self, _application: Application, measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """What counts of each donor, and the multiplication."""
        total = Money(measures.capped_cents)
        if self.donor_cap_cents is not None:
            yield phrase("base_capped", cap=Money(self.donor_cap_cents), counted=total)
        rate = {"per_euro": per_euro(self.ratio), "ratio": Number(self.ratio)}
        yield phrase("base_ratio", **rate, counted=total, base=Money(base_cents))

    def sentences(self) -> Iterator[Phrase]:
        """What comes to each euro, and how much of a donor counts."""
        yield phrase("rule_ratio", per_euro=per_euro(self.ratio))
        if self.donor_cap_cents is not None:
            yield phrase("rule_donor_cap", cap=Money(self.donor_cap_cents))

    def zero_reason(self) -> Phrase:
        """The donor gave as much as counts before."""
        if self.donor_cap_cents is None:
            return super().zero_reason()
        return phrase("step_donor_cap", cap=Money(self.donor_cap_cents))


def per_euro(ratio: Fraction) -> Value:
    """What is added to a euro: an amount, or a fraction when no amount can tell it exactly."""
    exact = (ratio * 10_000).denominator == 1
    return Money(ratio * 100) if exact else phrase("rule_part_of_euro", ratio=Number(ratio))
