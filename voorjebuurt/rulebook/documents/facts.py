"""From JSON to ``Facts``, or every reason why not."""

from collections.abc import Collection
from fractions import Fraction

from voorjebuurt.rulebook.documents.gifts import read_gifts
from voorjebuurt.rulebook.facts import Application, Area, Facts, Gift
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader, below
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import compare

REQUIRED = ("id", "received_at", "goal_cents", "contributions")
OPTIONAL = ("area", "groups", "theme", "first_time", "score")


def read_facts(
    raw: Json, rules: Ruleset | None, *, indicators: Collection[str], path: str = "facts"
) -> Facts:
    """Validate facts as ``jsontext.parse`` returned them, and what these rules need of them.

    Without rules (because those were refused) only the facts themselves are looked at. In facts
    null says the same as leaving an optional key out. Raises ``RefusedError``.
    """
    reader = Reader(for_hash=False)
    fields = Fields(
        reader,
        raw,
        path,
        mandatory=("applications",),
        optional=("areas", "lottery_seed"),
        nulls=True,
    )
    rows = fields.must("applications", lambda v, at: _applications(reader, v, at), ())
    areas = fields.may("areas", lambda v, at: _areas(reader, v, at, indicators))
    facts = Facts(
        tuple(application for application, _ in rows),
        {application.id: gifts for application, gifts in rows},
        areas or {},
        fields.may("lottery_seed", reader.text),
    )
    if rules is not None:
        _refuse_missing_facts(reader, rules, facts, path)
    reader.raise_faults()
    return facts


def refuse_missing_facts(rules: Ruleset, facts: Facts, *, path: str = "facts") -> None:
    """For facts that were read before: whether these rules can do with them, too.

    Raises ``RefusedError``.
    """
    reader = Reader(for_hash=False)
    _refuse_missing_facts(reader, rules, facts, path)
    reader.raise_faults()


def _applications(
    reader: Reader, raw: Json, path: str
) -> list[tuple[Application, tuple[Gift, ...]]]:
    rows = []
    ids: set[str] = set()
    for index, item in reader.items(raw, path):
        at = below(path, index)
        fields = Fields(reader, item, at, mandatory=REQUIRED, optional=OPTIONAL, nulls=True)
        application = _application(reader, fields)
        if application.id in ids and fields.raw("id") == application.id:
            reader.refuse(fields.at("id"), "repeated_id")
        ids.add(application.id)
        gifts = fields.must("contributions", lambda v, p: read_gifts(reader, v, p), ())
        rows.append((application, gifts))
    return rows


def _application(reader: Reader, fields: Fields) -> Application:
    return Application(
        id=fields.must("id", reader.text, "-"),
        received_at=fields.must("received_at", reader.instant, 0),
        goal_cents=fields.must("goal_cents", reader.whole, 1),
        area=fields.may("area", lambda v, at: _shares(reader, v, at)),
        groups=fields.may("groups", reader.texts) or frozenset(),
        theme=fields.may("theme", reader.text),
        first_time=fields.may("first_time", reader.flag) or False,
        score=fields.may("score", reader.number) or Fraction(0),
    )


def _shares(reader: Reader, raw: Json, path: str) -> dict[str, Fraction]:
    shares = {}
    faults_before = len(reader.faults)
    for code, item, at in reader.entries(raw, path):
        shares[code] = reader.number(item, at)
        if shares[code] < 0:
            reader.refuse(at, "too_low", least=0)
    total = sum(shares.values(), Fraction(0))
    if compare(total, 1) != 0 and len(reader.faults) == faults_before:
        reader.refuse(path, "shares_not_one", total=total)
    return shares


def _areas(reader: Reader, raw: Json, path: str, indicators: Collection[str]) -> dict[str, Area]:
    areas = {}
    for code, item, at in reader.entries(raw, path):
        fields = Fields(reader, item, at, optional=("parent", "values"), nulls=True)
        values = fields.may("values", lambda v, p: _values(reader, v, p, indicators))
        areas[code] = Area(fields.may("parent", reader.text), values or {})
    _refuse_circles(reader, areas, path)
    return areas


def _values(
    reader: Reader, raw: Json, path: str, indicators: Collection[str]
) -> dict[str, Fraction | None]:
    values = {}
    for indicator, item, at in reader.entries(raw, path):
        if indicator not in indicators:
            reader.refuse(at, "indicator_not_allowed", allowed=", ".join(indicators))
        values[indicator] = None if item is None else reader.number(item, at)
    return values


def _refuse_circles(reader: Reader, areas: dict[str, Area], path: str) -> None:
    """Follow every area's parents once; whoever is met again on the same walk is in a circle."""
    walk_of: dict[str, str] = {}
    for start in areas:
        code: str | None = start
        while code is not None and code in areas and code not in walk_of:
            walk_of[code] = start
            code = areas[code].parent
        if code is not None and walk_of.get(code) == start and code in areas:
            reader.refuse(f"{below(path, code)}.parent", "parents_in_a_circle")


def _refuse_missing_facts(reader: Reader, rules: Ruleset, facts: Facts, path: str) -> None:
    if rules.divide.draws_lots and facts.lottery_seed is None:
        reader.refuse(f"{path}.lottery_seed", "seed_missing")
    if rules.live:
        _refuse_gifts_without_moment(reader, facts, f"{path}.applications")


def _refuse_gifts_without_moment(reader: Reader, facts: Facts, path: str) -> None:
    """In a live fund the allocator takes gifts one by one: no two have the same instant."""
    moments: set[int] = set()
    for index, application in enumerate(facts.applications):
        for position, gift in enumerate(facts.gifts[application.id]):
            at = f"{path}[{index}].contributions[{position}].paid_at"
            if gift.paid_at is None:
                reader.refuse(at, "paid_at_missing")
            elif gift.paid_at in moments:
                reader.refuse(at, "paid_at_repeated")
            else:
                moments.add(gift.paid_at)
