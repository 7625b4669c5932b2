"""From JSON to one of the ways to divide."""

from voorjebuurt.rulebook.parsing.base import kind_of
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.ruleset import Divide, Proportional, QuadraticPot, Queue, Waterfill
from voorjebuurt.rulebook.values.jsontext import Json

QUEUES = ("arrival", "tender", "lottery")


def read_divide(reader: Reader, raw: Json, path: str, quadratic: bool) -> Divide:
    """The way to divide, by its kind; ``quadratic`` tells whether the base is."""
    kind = kind_of(reader, raw, path, (*QUEUES, "proportional", "waterfill", "qf_pot"))
    if kind is None:
        return Proportional()
    if kind in QUEUES:
        fields = _fields(reader, raw, path, "min_partial_cents")
        return Queue(kind, fields.may("min_partial_cents", reader.whole))
    if kind == "proportional":
        _fields(reader, raw, path)
        return Proportional()
    if kind == "waterfill":
        fields = _fields(reader, raw, path, "weights")
        weights = fields.may("weights", lambda value, at: reader.one_of(value, at, ("equity",)))
        return Waterfill(weights is not None)
    fields = _fields(reader, raw, path, "fill")
    if not quadratic:
        reader.refuse(f"{path}.kind", "needs_qf")
    return QuadraticPot(fields.may("fill", reader.flag) or False)


def _fields(reader: Reader, raw: Json, path: str, *optional: str) -> Fields:
    return Fields(reader, raw, path, required=("kind",), optional=optional)
