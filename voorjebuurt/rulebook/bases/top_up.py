"""The last percents of the goal, once the crowd has brought the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import compare
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


@dataclass(frozen=True)
class TopUp(Base):
    """The last percents of the goal, once the crowd has brought the rest."""

    last_pct: Fraction

    kind: ClassVar[str] = "topup"
    fields: ClassVar[tuple[RulesetField, ...]] = (RulesetField("last_pct", FieldType.NUMBER),)
    can_fall: ClassVar[bool] = True

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From ``{"kind", "last_pct"}``."""
        fields = Fields(reader, raw, path, mandatory=("kind", "last_pct"))
        last_pct = fields.must("last_pct", reader.positive, Fraction(1))
        if last_pct > 100:
            reader.refuse(fields.at("last_pct"), "too_high", most=100)
        return cls(last_pct)

    def compute(
        self, application: Application, measures: Measures, _pair_sum: Fraction, /
    ) -> Fraction:
        """What the crowd leaves of the goal, or nothing as long as too much is missing."""
        if not self._is_reached(application, measures):
            return Fraction(0)
        return Fraction(max(0, application.goal_cents - measures.crowd_cents))

    def _is_reached(self, application: Application, measures: Measures) -> bool:
        least_cents = (100 - self.last_pct) * application.goal_cents / 100
        return compare(measures.crowd_cents, least_cents) >= 0

    def reasons(
        self, application: Application, measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """The rule, and the gap where the rest is there."""
        yield from self.sentences()
        if self._is_reached(application, measures):
            goal = Money(application.goal_cents)
            yield phrase("base_gap", goal=goal, base=Money(base_cents))
        else:
            yield phrase("base_not_reached", base=Money(base_cents))

    def sentences(self) -> Iterator[Phrase]:
        """Which last part the fund adds."""
        yield phrase("rule_topup", pct=Number(self.last_pct))
