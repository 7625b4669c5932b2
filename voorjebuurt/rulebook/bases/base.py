"""What every base has: the amount that a claim starts from, before its factor and its caps."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Self

from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.quadratic import Pairing
from voorjebuurt.rulebook.figures.tally import DonorLimits, Measures
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldValue, RulesetField


class Base(ABC):
    """One way to compute the amount that a claim starts from.

    Each is one frozen dataclass in one file of this room, and one line in ``bases.BASES``.
    """

    kind: ClassVar[str]
    """Its name in JSON."""
    fields: ClassVar[tuple[RulesetField, ...]] = ()
    """What a form asks for it, in that order."""
    can_fall: ClassVar[bool] = False
    """Whether a gift can lower the amount; a live fund can't have such a base."""

    @classmethod
    @abstractmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From a JSON object of this kind; what is wrong is left with the reader."""

    @property
    def donor_limits(self) -> DonorLimits:
        """Between which totals donors count in the measures."""
        return DonorLimits()

    @property
    def pairing(self) -> Pairing | None:
        """How donors count in pairs, over all applications; None where they don't.

        A base with a pairing is its pair sum, as it is: ``exactness`` and large rounds go by that.
        What one gift adds then depends on all others.
        """
        return None

    @abstractmethod
    def compute(
        self, application: Application, measures: Measures, pair_sum: Fraction, /
    ) -> Fraction:
        """The amount in cents, exact; ``pair_sum`` is in cents, and 0 without a pairing."""

    def most(self, _application: Application, /) -> Fraction | None:
        """The most that it can ever be (cents); None where gifts set no bound to it."""
        return None

    @abstractmethod
    def reasons(
        self, application: Application, measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """The arithmetic that led to ``base_cents``."""

    @abstractmethod
    def sentences(self) -> Iterator[Phrase]:
        """The rule read back."""

    def zero_reason(self) -> Phrase:
        """Why a gift to a live fund may add nothing, where neither pot nor cap is the cause."""
        return phrase("step_nothing")

    def form_values(self) -> Mapping[str, FieldValue | None]:
        """What the fields of a form show of it, by name."""
        return {field.name: getattr(self, field.name) for field in self.fields}
