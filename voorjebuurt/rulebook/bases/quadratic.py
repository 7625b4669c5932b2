"""Quadratic funding, with or without a bound on what a pair of donors can raise together."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.quadratic import Pairing
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


@dataclass(frozen=True)
class Quadratic(Base):
    """(Σ√t)² − Σt over donors' totals t, or the sum over pairs under a bound."""

    pair_bound_cents: int | None = None

    kind: ClassVar[str] = "qf"
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("pair_bound_cents", FieldType.CENTS, optional=True),
    )
    can_fall: ClassVar[bool] = True

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From ``{"kind", "pair_bound_cents"?}``."""
        optional = ("pair_bound_cents",)
        fields = Fields(reader, raw, path, mandatory=("kind",), optional=optional)
        return cls(fields.may("pair_bound_cents", reader.whole))

    @property
    def pairing(self) -> Pairing:
        """Donors count in pairs, within the bound."""
        return Pairing(self.pair_bound_cents)

    def compute(
        self, _application: Application, _measures: Measures, pair_sum: Fraction, /
    ) -> Fraction:
        """The sum over pairs, which was added up over all applications."""
        return pair_sum

    def reasons(
        self, _application: Application, measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """Which formula gave the amount."""
        formula = "base_roots" if self.pair_bound_cents is None else "base_roots_bounded"
        key = formula if measures.donors > 1 else "base_one_donor"
        yield phrase(key, base=Money(base_cents))

    def sentences(self) -> Iterator[Phrase]:
        """The rule, and its bound."""
        yield phrase("rule_qf")
        if self.pair_bound_cents is not None:
            yield phrase("rule_pair_bound", bound=Money(self.pair_bound_cents))
