"""Random rules and facts that validate, small enough that pots run short and bounds bite."""

from typing import Any

from hypothesis import strategies as st

GROUPS = ("minima", "jongeren", "ouderen")
THEMES = ("green", "care", "sport")
AREAS = ("BU1", "BU2", "BU3", "BU9")
IDS = ("A", "B", "C", "a", "é", "Ω", "10", "9")
CENTS = st.sampled_from((1, 2, 3, 4, 7, 50, 99, 100, 250, 333, 400, 1000, 4321))
FACTORS = st.sampled_from(("1", "5/4", "3/2", "1.3333", 2, "7/3"))
PERCENTAGES = st.sampled_from((10, 20, "33.3", 50, "100/3", 75, 100, 120))
RATIOS = st.sampled_from(("1/1", "1/2", "0.3", 2, "2/3", "1.01"))


def objects(always: dict[str, Any], optional: dict[str, Any] | None = None) -> Any:
    """JSON objects with these keys."""
    return st.fixed_dictionaries(always, optional=optional or {})


def bases(*, live: bool = False) -> Any:
    """Any base; for a live fund one whose claim never falls."""
    lump = {"min_pct": PERCENTAGES, "min_donors": st.integers(0, 4)}
    kind = st.just
    growing = [
        objects({"kind": kind("ratio"), "ratio": RATIOS}, {"donor_cap_cents": CENTS}),
        objects({"kind": kind("per_donor"), "amount_cents": CENTS}, {"min_gift_cents": CENTS}),
        objects({"kind": kind("threshold"), "award_pct": PERCENTAGES}, lump),
        objects({"kind": kind("threshold"), "award_cents": CENTS}, lump),
    ]
    top_up = objects({"kind": kind("topup"), "last_pct": st.sampled_from((10, "33.3", 60, 100))})
    return st.one_of(*growing) if live else st.one_of(*growing, top_up, quadratic_bases())


def quadratic_bases() -> Any:
    """Quadratic funding, with or without its bound."""
    return objects({"kind": st.just("qf")}, {"pair_bound_cents": CENTS})


def requirements(*, live: bool = False) -> Any:
    """Any requirement; for a live fund one that never turns false."""
    ops = st.sampled_from((">=", ">") if live else (">=", ">", "<=", "<", "=="))
    every = st.sampled_from((">=", "<=", ">", "<", "=="))

    def one(fields: tuple[str, ...], op: Any, value: Any) -> Any:
        condition = {"field": st.sampled_from(fields), "op": op, "value": value}
        return objects({**condition, "reason": st.just("omdat het zo is")})

    return st.one_of(
        one(("donors", "local_donors"), ops, st.integers(0, 3)),
        one(("crowd_cents",), ops, st.integers(0, 600)),
        one(("crowd_pct",), ops, PERCENTAGES),
        one(("goal_cents",), every, CENTS),
        one(("theme",), st.just("=="), st.sampled_from(THEMES)),
        one(("theme",), st.just("in"), st.lists(st.sampled_from(THEMES), max_size=2)),
        one(("groups",), st.just("any"), st.lists(st.sampled_from(GROUPS), max_size=2)),
        one(("first_time",), st.just("=="), st.booleans()),
    )


def equities() -> Any:
    """Bands by an indicator, groups, both or neither."""
    limits = st.sampled_from(("-0.5", 0, 10, "18.4", 25, "40.8"))
    band = st.one_of(
        objects({"at_least": limits, "factor": FACTORS}),
        objects({"at_most": limits, "factor": FACTORS}),
    )
    by_area = {"indicator": st.just("p_hh_120"), "bands": st.lists(band, max_size=3)}
    rest = {
        "groups": st.dictionaries(st.sampled_from(GROUPS), FACTORS, max_size=2),
        "combine": st.sampled_from(("max", "product")),
    }
    return st.one_of(objects(by_area, rest), objects({}, rest))


def caps(*, live: bool = False) -> Any:
    """Bounds on a claim."""
    always = {"project_cents": CENTS, "pct_of_goal": PERCENTAGES}
    return objects({}, always if live else {**always, "to_gap": st.booleans()})


def queues() -> Any:
    """First come, best score, or lot."""
    kinds = st.sampled_from(("arrival", "tender", "lottery"))
    return objects({"kind": kinds}, {"min_partial_cents": CENTS})


def pots() -> Any:
    """The ways to share that any base can have."""
    return st.one_of(
        objects({"kind": st.just("proportional")}),
        objects({"kind": st.just("waterfill")}, {"weights": st.just("equity")}),
    )


def _rules(base: Any, divide: Any, *, live: bool = False) -> Any:
    always = {
        "schema": st.just("matchregel/1"),
        "ceiling_cents": st.one_of(st.integers(1, 3000), st.just(10**9)),
        "base": base,
        "divide": divide,
    }
    optional = {
        "require": st.lists(requirements(live=live), max_size=2),
        "equity": equities(),
        "caps": caps(live=live),
    }
    return objects(always | ({"moment": st.just("live")} if live else {}), optional)


def closing_rules() -> Any:
    """Rules for a closing."""
    pot = objects({"kind": st.just("qf_pot")}, {"fill": st.booleans()})
    return st.one_of(
        _rules(bases(), queues()), _rules(bases(), pots()), _rules(quadratic_bases(), pot)
    )


def quadratic_rules() -> Any:
    """Rules for a closing with quadratic funding, however the pot is divided."""
    fill = objects({"kind": st.just("qf_pot")}, {"fill": st.booleans()})
    return _rules(quadratic_bases(), st.one_of(queues(), pots(), fill))


def live_rules() -> Any:
    """Rules for a live fund."""
    return _rules(bases(live=True), objects({"kind": st.just("arrival")}), live=True)


@st.composite
def facts(draw: Any, *, live: bool = False) -> dict[str, Any]:
    """Up to six applications, whose donors partly give to several of them."""
    applications = [
        {**draw(_applications()), "id": key}
        for key in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=6))
    ]
    gifts = [gift for application in applications for gift in application["contributions"]]
    if live:
        order = draw(st.permutations(range(len(gifts))))
        for gift, second in zip(gifts, order, strict=True):
            gift["paid_at"] = f"2026-03-01T09:{second // 60:02}:{second % 60:02}+01:00"
    seed = draw(st.sampled_from(("MF-2026-1|0417", "ζ")))
    return {"applications": applications, "areas": draw(_areas()), "lottery_seed": seed}


def _applications() -> Any:
    gift = objects(
        {"donor": st.sampled_from("stuvwxyz"), "amount_cents": CENTS},
        {"matchable": st.booleans(), "area": st.sampled_from(AREAS)},
    )
    moments = ("2026-03-01T09:00:00+01:00", "2026-03-01T08:00:00+00:00", "2026-03-01T08:00:00.5Z")
    shares = ({"BU1": 1}, {"BU2": "3/5", "BU1": "2/5"}, {"BU3": "0.25", "BU9": 0.75}, {"BU2": "1"})
    return objects(
        {
            "received_at": st.sampled_from(moments),
            "goal_cents": st.one_of(CENTS, st.integers(1, 3000)),
            "contributions": st.lists(gift, max_size=9),
        },
        {
            "area": st.sampled_from(shares),
            "groups": st.lists(st.sampled_from(GROUPS), max_size=2),
            "theme": st.sampled_from((*THEMES, None)),
            "first_time": st.booleans(),
            "score": st.sampled_from((0, 70, "70.5", 85, "-1")),
        },
    )


def _areas() -> Any:
    figure = st.sampled_from((None, "-0.6", 9, "18.4", 20.8, "25", "40.8"))
    values = objects({}, {"p_hh_120": figure, "ses_woa": figure})

    def area(parent: str) -> Any:
        return objects({}, {"parent": st.just(parent), "values": values})

    buurten = {code: area("WK1") for code in ("BU1", "BU2", "BU3")}
    return objects({}, {**buurten, "WK1": area("GM1"), "GM1": objects({}, {"values": values})})
