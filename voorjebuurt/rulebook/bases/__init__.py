"""How a claim's first amount is computed: each base is one class in one file, listed here.

A further base is a file with its class, its line in ``BASES``, and its texts: ``texts`` for what
it says, ``web.words.fund_labels`` for what the rule builder calls it. Pure.
"""

from collections.abc import Mapping

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.bases.per_donor import PerDonor
from voorjebuurt.rulebook.bases.quadratic import Quadratic
from voorjebuurt.rulebook.bases.ratio import Ratio
from voorjebuurt.rulebook.bases.threshold import Threshold
from voorjebuurt.rulebook.bases.top_up import TopUp
from voorjebuurt.rulebook.parsing.fields import kind_of
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.values.jsontext import Json

BASES: tuple[type[Base], ...] = (Ratio, PerDonor, Threshold, TopUp, Quadratic)
"""Every base, in the order in which a form offers them."""


def bases_by_kind() -> Mapping[str, type[Base]]:
    """Every base by its name in JSON."""
    return {base.kind: base for base in BASES}


def read_base(reader: Reader, raw: Json, path: str) -> Base | None:
    """The base, by its kind; None when there is none of that kind, which has been refused."""
    bases = bases_by_kind()
    kind = kind_of(reader, raw, path, tuple(bases))
    return bases[kind].read(reader, raw, path) if kind is not None else None
