"""A fixed amount for every donor who gave enough."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import DonorLimits, Measures
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, FieldValue, RulesetField


@dataclass(frozen=True)
class PerDonor(Base):
    """amount × donors whose total is at least ``min_gift_cents``."""

    amount_cents: int
    min_gift_cents: int = 1

    kind: ClassVar[str] = "per_donor"
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("amount_cents", FieldType.CENTS),
        RulesetField("min_gift_cents", FieldType.CENTS, optional=True),
    )

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From ``{"kind", "amount_cents", "min_gift_cents"?}``."""
        keys, optional = ("kind", "amount_cents"), ("min_gift_cents",)
        fields = Fields(reader, raw, path, mandatory=keys, optional=optional)
        return cls(
            fields.must("amount_cents", reader.whole, 1),
            fields.may("min_gift_cents", reader.whole) or 1,
        )

    @property
    def donor_limits(self) -> DonorLimits:
        """Donors count from the smallest total on."""
        return DonorLimits(least_cents=self.min_gift_cents)

    def compute(
        self, _application: Application, measures: Measures, _pair_sum: Fraction, /
    ) -> Fraction:
        """The amount for every donor who counts."""
        return Fraction(self.amount_cents * measures.large_donors)

    def reasons(
        self, _application: Application, measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """How many donors count, and the multiplication."""
        number = str(measures.large_donors)
        if self.min_gift_cents > 1:
            yield phrase("base_large_donors", least=Money(self.min_gift_cents), number=number)
        amount = Money(self.amount_cents)
        yield phrase("base_per_donor", amount=amount, number=number, base=Money(base_cents))

    def sentences(self) -> Iterator[Phrase]:
        """The amount, and from where on a donor counts."""
        yield phrase("rule_per_donor", amount=Money(self.amount_cents))
        if self.min_gift_cents > 1:
            yield phrase("rule_min_gift", least=Money(self.min_gift_cents))

    def form_values(self) -> Mapping[str, FieldValue | None]:
        """A smallest total of one cent is no bound: the field stays empty."""
        least = self.min_gift_cents if self.min_gift_cents > 1 else None
        return {"amount_cents": self.amount_cents, "min_gift_cents": least}
