"""How the ceiling is divided over claims: each way is one class in one file, listed here.

A further way is a file with its class, its line in ``DIVIDES``, and its texts: ``texts`` for what
it says, ``web.words.fund_labels`` for what the rule builder calls it. Pure.
"""

from collections.abc import Mapping

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.divides.divide import Divide
from voorjebuurt.rulebook.divides.proportional import Proportional
from voorjebuurt.rulebook.divides.quadratic_pot import QuadraticPot
from voorjebuurt.rulebook.divides.queue import Queue
from voorjebuurt.rulebook.divides.waterfill import Waterfill
from voorjebuurt.rulebook.parsing.fields import kind_of
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.values.jsontext import Json

DIVIDES: tuple[type[Divide], ...] = (Queue, Proportional, Waterfill, QuadraticPot)
"""Every way to divide."""


def divides_by_kind() -> Mapping[str, type[Divide]]:
    """Every way to divide by its names in JSON."""
    return {kind: divide for divide in DIVIDES for kind in divide.kinds}


def read_divide(reader: Reader, raw: Json, path: str, base: Base | None) -> Divide | None:
    """The way to divide, by its kind; None when there is none, which has been refused."""
    divides = divides_by_kind()
    kind = kind_of(reader, raw, path, tuple(divides))
    return divides[kind].read(reader, raw, path, base) if kind is not None else None
