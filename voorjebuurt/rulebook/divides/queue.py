"""One after another, until the pot is empty."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self, assert_never

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.divides.divide import Divide
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Division, Turn
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import tiers
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


class Order(StrEnum):
    """Who comes first: who applied first, who has the highest score, or by lot."""

    ARRIVAL = "arrival"
    TENDER = "tender"
    LOTTERY = "lottery"


@dataclass(frozen=True)
class Queue(Divide):
    """Everybody all of their claim in turn; the last one the part that is left.

    With ``min_partial_cents`` a smaller part is not given, and stays for the next in line.
    """

    order: Order
    min_partial_cents: int | None = None

    kinds: ClassVar[tuple[str, ...]] = tuple(order.value for order in Order)
    fields: ClassVar[tuple[RulesetField, ...]] = (
        RulesetField("min_partial_cents", FieldType.CENTS, optional=True),
    )
    in_turn: ClassVar[bool] = True

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str, _base: Base | None, /) -> Self:
        """From ``{"kind", "min_partial_cents"?}``."""
        optional = ("min_partial_cents",)
        fields = Fields(reader, raw, path, mandatory=("kind",), optional=optional)
        order = Order(str(fields.raw("kind")))
        return cls(order, fields.may("min_partial_cents", reader.whole))

    @property
    def kind(self) -> str:
        """The name of its order."""
        return self.order.value

    @property
    def draws_lots(self) -> bool:
        """A lottery does."""
        return self.order is Order.LOTTERY

    @property
    def reads_scores(self) -> bool:
        """A tender does."""
        return self.order is Order.TENDER

    @property
    def live_fault(self) -> tuple[str, str] | None:
        """Gifts are matched as they come in, each at once as far as there is money."""
        if self.order is not Order.ARRIVAL:
            return super().live_fault
        if self.min_partial_cents is not None:
            return "min_partial_cents", "live_no_min_partial"
        return None

    def limit_cents(self, claim: Claim, _ceiling_cents: int, /) -> int:
        """The claim."""
        return claim.cents

    def division(
        self,
        applications: Sequence[Application],
        claims: Mapping[str, Claim],
        ceiling_cents: int,
        lottery_seed: str | None,
        /,
    ) -> Division:
        """Serve one after another."""
        rest_cents = ceiling_cents
        awards, turns = {}, {}
        line = self._line(applications, claims, lottery_seed or "")
        for place, key in enumerate(line, start=1):
            turns[key] = Turn(place, rest_cents)
            part = min(claims[key].cents, rest_cents)
            if part < claims[key].cents and part < (self.min_partial_cents or 0):
                part = 0
            awards[key] = part
            rest_cents -= part
        return Division(awards, turns)

    def _line(
        self, applications: Sequence[Application], claims: Mapping[str, Claim], seed: str
    ) -> list[str]:
        """The ids in the order in which they are served; of equal ones the lowest first."""
        match self.order:
            case Order.ARRIVAL:
                moments = sorted((each.received_at, each.id) for each in applications)
                return [key for _, key in moments]
            case Order.LOTTERY:
                return sorted((each.id for each in applications), key=lambda key: lot(seed, key))
            case Order.TENDER:
                return [
                    key
                    for equals in tiers(applications, lambda each: each.score)
                    for tier in tiers((each.id for each in equals), lambda key: claims[key].factor)
                    for key in sorted(tier)
                ]
            case _:
                assert_never(self.order)

    def reasons(
        self,
        application: Application,
        claim: Claim,
        division: Division,
        _ceiling_cents: int,
        _total_cents: int,
        /,
    ) -> Iterator[Phrase]:
        """The application's turn, and why it did not get all of its claim."""
        turn, award = division.turns[application.id], division.awards[application.id]
        place = {"place": str(turn.place), "number": str(len(division.turns))}
        rest = Money(turn.left_cents)
        if self.order is Order.TENDER:
            yield phrase("turn_tender", **place, score=Number(application.score), left=rest)
        else:
            yield phrase(f"turn_{self.kind}", **place, left=rest)
        if award == claim.cents:
            return
        if turn.left_cents == 0:
            yield phrase("turn_empty")
        elif award:
            yield phrase("turn_partial")
        else:
            yield phrase("turn_too_small", least=Money(self.min_partial_cents or 0))

    def sentences(self) -> Iterator[Phrase]:
        """The order, and the smallest part."""
        yield phrase(f"rule_{self.kind}")
        yield phrase("rule_last_in_line")
        if self.min_partial_cents is not None:
            yield phrase("rule_min_partial", least=Money(self.min_partial_cents))


def lot(seed: str, key: str) -> str:
    """An application's lot: the lowest goes first. Everybody can compute it again."""
    return hashlib.sha256(f"{seed}|{key}".encode()).hexdigest()
