"""What every way to divide has: from claims to awards, and what is said about it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Self

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Division
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldValue, RulesetField


class Divide(ABC):
    """One way to divide the ceiling over claims. It knows no gifts.

    Each is one frozen dataclass in one file of this room, and one line in ``divides.DIVIDES``.
    """

    kinds: ClassVar[tuple[str, ...]]
    """Its names in JSON: one, or one for each of its variants."""
    fields: ClassVar[tuple[RulesetField, ...]] = ()
    """What a form asks for it."""
    in_turn: ClassVar[bool] = False
    """Whether applications are served one after another; else they share the pot."""
    weighs_base: ClassVar[bool] = False
    """Whether awards follow from the bases themselves, and not from rounded claims only."""

    @classmethod
    @abstractmethod
    def read(cls, reader: Reader, raw: Json, path: str, base: Base | None, /) -> Self:
        """From a JSON object of one of its kinds; what is wrong is left with the reader.

        ``base`` is that of the same rules, None where it was refused.
        """

    @property
    def kind(self) -> str:
        """Its name in JSON."""
        return self.kinds[0]

    @property
    def draws_lots(self) -> bool:
        """Whether facts must have the seed of a lottery."""
        return False

    @property
    def reads_scores(self) -> bool:
        """Whether somebody must have given every application a score."""
        return False

    @property
    def live_fault(self) -> tuple[str, str] | None:
        """Why a live fund can't divide so: the key that is wrong and a fault's code, or None."""
        return "kind", "live_needs_arrival"

    @abstractmethod
    def limit_cents(self, claim: Claim, ceiling_cents: int, /) -> int:
        """The most that an application can get."""

    @abstractmethod
    def division(
        self,
        applications: Sequence[Application],
        claims: Mapping[str, Claim],
        ceiling_cents: int,
        lottery_seed: str | None,
        /,
    ) -> Division:
        """What every application gets; their order in the list changes nothing."""

    @abstractmethod
    def reasons(
        self,
        application: Application,
        claim: Claim,
        division: Division,
        ceiling_cents: int,
        total_cents: int,
        /,
    ) -> Iterator[Phrase]:
        """From an application's claim to its award; ``total_cents`` is the sum of all limits."""

    @abstractmethod
    def sentences(self) -> Iterator[Phrase]:
        """The rule read back; a live fund, which takes gifts in order of payment, says none."""

    def form_values(self) -> Mapping[str, FieldValue | None]:
        """What the fields of a form show of it, by name."""
        return {field.name: getattr(self, field.name) for field in self.fields}
