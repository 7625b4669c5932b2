"""From JSON to one of the bases."""

from collections.abc import Callable
from fractions import Fraction

from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.ruleset import Base, PerDonor, Quadratic, Ratio, Threshold, TopUp
from voorjebuurt.rulebook.values.jsontext import Json

ONE = Fraction(1)


def read_base(reader: Reader, raw: Json, path: str) -> Base:
    """The base, by its kind."""
    kind = kind_of(reader, raw, path, tuple(_READERS))
    return _READERS[kind](reader, raw, path) if kind else Quadratic()


def kind_of(reader: Reader, raw: Json, path: str, kinds: tuple[str, ...]) -> str | None:
    """The ``kind`` of an object, when it has one of these; else the fault is kept."""
    if not isinstance(raw, dict):
        reader.refuse(path, "not_an_object")
        return None
    if "kind" not in raw:
        reader.refuse(f"{path}.kind", "missing")
        return None
    kind = raw["kind"]
    reader.one_of(kind, f"{path}.kind", kinds)
    return kind if isinstance(kind, str) and kind in kinds else None


def _ratio(reader: Reader, raw: Json, path: str) -> Ratio:
    fields = Fields(reader, raw, path, required=("kind", "ratio"), optional=("donor_cap_cents",))
    return Ratio(
        fields.must("ratio", reader.positive, ONE), fields.may("donor_cap_cents", reader.whole)
    )


def _per_donor(reader: Reader, raw: Json, path: str) -> PerDonor:
    required, optional = ("kind", "amount_cents"), ("min_gift_cents",)
    fields = Fields(reader, raw, path, required=required, optional=optional)
    return PerDonor(
        fields.must("amount_cents", reader.whole, 1),
        fields.may("min_gift_cents", reader.whole) or 1,
    )


def _threshold(reader: Reader, raw: Json, path: str) -> Threshold:
    optional = ("min_pct", "min_donors", "award_pct", "award_cents")
    fields = Fields(reader, raw, path, required=("kind",), optional=optional)
    if ("award_pct" in fields) == ("award_cents" in fields):
        reader.refuse(path, "one_award")
    min_pct = fields.may("min_pct", reader.number)
    if min_pct is not None and min_pct < 0:
        reader.refuse(fields.at("min_pct"), "too_low", least=0)
    return Threshold(
        min_pct,
        fields.may("min_donors", lambda value, at: reader.whole(value, at, least=0)),
        fields.may("award_pct", reader.positive),
        fields.may("award_cents", reader.whole),
    )


def _top_up(reader: Reader, raw: Json, path: str) -> TopUp:
    fields = Fields(reader, raw, path, required=("kind", "last_pct"))
    last_pct = fields.must("last_pct", reader.positive, ONE)
    if last_pct > 100:
        reader.refuse(fields.at("last_pct"), "too_high", most=100)
    return TopUp(last_pct)


def _quadratic(reader: Reader, raw: Json, path: str) -> Quadratic:
    fields = Fields(reader, raw, path, required=("kind",), optional=("pair_bound_cents",))
    return Quadratic(fields.may("pair_bound_cents", reader.whole))


_READERS: dict[str, Callable[[Reader, Json, str], Base]] = {
    "ratio": _ratio,
    "per_donor": _per_donor,
    "threshold": _threshold,
    "topup": _top_up,
    "qf": _quadratic,
}
