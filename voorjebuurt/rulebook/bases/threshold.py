"""One amount at once, when crowd and donors suffice."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.clauses import Field
from voorjebuurt.rulebook.conditions import at_least
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, Value, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import compare
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


@dataclass(frozen=True)
class Threshold(Base):
    """A fixed award (percentage of the goal, or cents) once crowd and donors suffice."""

    min_pct: Fraction | None
    min_donors: int | None
    award_pct: Fraction | None
    award_cents: int | None

    kind: ClassVar[str] = "threshold"
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("award_cents", FieldType.CENTS),
        RulesetField("award_pct", FieldType.NUMBER),
        RulesetField("min_pct", FieldType.NUMBER, optional=True),
        RulesetField("min_donors", FieldType.COUNT, optional=True),
    )

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From ``{"kind", "award_pct" or "award_cents", "min_pct"?, "min_donors"?}``."""
        optional = ("min_pct", "min_donors", "award_pct", "award_cents")
        fields = Fields(reader, raw, path, mandatory=("kind",), optional=optional)
        if ("award_pct" in fields) == ("award_cents" in fields):
            reader.refuse(path, "one_award")
        min_pct = fields.may("min_pct", reader.number)
        if min_pct is not None and min_pct < 0:
            reader.refuse(fields.at("min_pct"), "too_low", least=0)
        return cls(
            min_pct,
            fields.may("min_donors", lambda value, at: reader.whole(value, at, least=0)),
            fields.may("award_pct", reader.positive),
            fields.may("award_cents", reader.whole),
        )

    def compute(
        self, application: Application, measures: Measures, _pair_sum: Fraction, /
    ) -> Fraction:
        """The award, or nothing as long as the threshold is not reached."""
        return self.most(application) if self._is_reached(application, measures) else Fraction(0)

    def most(self, application: Application, /) -> Fraction:
        """The award itself."""
        if self.award_pct is not None:
            return self.award_pct * application.goal_cents / 100
        return Fraction(self.award_cents or 0)

    def _is_reached(self, application: Application, measures: Measures) -> bool:
        enough = self.min_donors is None or measures.donors >= self.min_donors
        if self.min_pct is None:
            return enough
        least_cents = self.min_pct * application.goal_cents / 100
        return enough and compare(measures.crowd_cents, least_cents) >= 0

    def reasons(
        self, application: Application, measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """The rule, and whether the threshold is reached."""
        yield from self.sentences()
        enough = self._is_reached(application, measures)
        key = "base_reached" if enough else "base_not_reached"
        yield phrase(key, base=Money(base_cents))

    def sentences(self) -> Iterator[Phrase]:
        """The award, with what it waits for."""
        lump: Value = Money(self.award_cents or 0)
        if self.award_pct is not None:
            lump = phrase("rule_pct_of_goal", pct=Number(self.award_pct))
        conditions = self._conditions()
        if not conditions:
            yield phrase("rule_lump", lump=lump)
        elif len(conditions) == 1:
            yield phrase("rule_lump_when", lump=lump, needed=conditions[0])
        else:
            both = {"needed": conditions[0], "needed_too": conditions[1]}
            yield phrase("rule_lump_when_both", lump=lump, **both)

    def _conditions(self) -> list[Value]:
        conditions = []
        if self.min_pct is not None:
            conditions.append(at_least(Field.CROWD_PCT, self.min_pct))
        if self.min_donors is not None:
            conditions.append(at_least(Field.DONORS, self.min_donors))
        return conditions
