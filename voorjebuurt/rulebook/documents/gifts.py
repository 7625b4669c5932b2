"""The contributions of an application. There may be a million, so sound ones are read quickly."""

from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader, below
from voorjebuurt.rulebook.values.jsontext import Json, JsonObject
from voorjebuurt.rulebook.values.numbers import MAX_WHOLE

PLAIN = {"donor", "amount_cents"}


def read_gifts(reader: Reader, raw: Json, path: str) -> tuple[Gift, ...]:
    """Every gift, in the order in which they stand."""
    return tuple(
        _plain(item) or _read(reader, item, below(path, position))
        for position, item in reader.items(raw, path)
    )


def _plain(raw: Json) -> Gift | None:
    """A gift of just a donor and an amount, when nothing is wrong with it."""
    if not isinstance(raw, dict) or raw.keys() != PLAIN or _repeats(raw):
        return None
    donor, cents = raw["donor"], raw["amount_cents"]
    if type(donor) is not str or not donor.isascii() or not donor:
        return None
    return Gift(donor, cents) if type(cents) is int and 0 < cents <= MAX_WHOLE else None


def _repeats(raw: dict[str, Json]) -> bool:
    return isinstance(raw, JsonObject) and bool(raw.repeated)


def _read(reader: Reader, raw: Json, path: str) -> Gift:
    fields = Fields(
        reader,
        raw,
        path,
        mandatory=("donor", "amount_cents"),
        optional=("area", "matchable", "paid_at"),
        never_null=("matchable",),
        nulls=True,
    )
    matchable = fields.may("matchable", reader.flag)
    return Gift(
        fields.must("donor", reader.text, "-"),
        fields.must("amount_cents", reader.whole, 1),
        fields.may("area", reader.text),
        matchable is not False,
        fields.may("paid_at", reader.instant),
    )
