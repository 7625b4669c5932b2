"""``matchregel/1`` once more: slow, and straight from the words of the specification.

It shares nothing with the engine. Pairs of donors are visited one by one, levels are found by
trying, live funds are computed anew at every gift, and roots are Decimals of 120 digits.
"""

import hashlib
from datetime import datetime
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from itertools import combinations
from typing import Any

DIGITS = 120
NEAR = Fraction(1, 10**30)
Data = dict[str, Any]


def exact(value: Any) -> Fraction:
    return Fraction(str(value))


def root(value: int) -> Fraction:
    with localcontext(getcontext().copy()) as context:
        context.prec = DIGITS
        return Fraction(Decimal(value).sqrt())


def whole(value: Fraction) -> int:
    near = round(value)
    return near if abs(value - near) <= NEAR else value.__floor__()


def totals_of(application: Data) -> dict[str, int]:
    totals: dict[str, int] = {}
    for gift in application["contributions"]:
        if gift.get("matchable", True):
            totals[gift["donor"]] = totals.get(gift["donor"], 0) + gift["amount_cents"]
    return totals


def crowd_of(application: Data) -> int:
    return sum(gift["amount_cents"] for gift in application["contributions"])


def requirement_holds(one: Data, application: Data) -> bool:
    here = set(application.get("area") or {})
    local = {
        gift["donor"]
        for gift in application["contributions"]
        if gift.get("matchable", True) and gift.get("area") in here
    }
    crowd, goal = crowd_of(application), application["goal_cents"]
    found = {
        "donors": len(totals_of(application)),
        "local_donors": len(local),
        "crowd_cents": crowd,
        "crowd_pct": Fraction(100 * crowd, goal),
        "goal_cents": goal,
        "theme": application.get("theme"),
        "groups": application.get("groups") or [],
        "first_time": application.get("first_time") or False,
    }[one["field"]]
    value = one["value"]
    if one["op"] == "any":
        return any(group in value for group in found)
    if one["op"] == "in":
        return found in value
    if one["field"] in ("theme", "first_time"):
        return found == value
    left, right = Fraction(found), exact(value)
    return {
        ">=": left >= right,
        "<=": left <= right,
        ">": left > right,
        "<": left < right,
        "==": left == right,
    }[one["op"]]


def base_of(rules: Data, application: Data, everybody: list[Data]) -> Fraction:
    base, totals = rules["base"], totals_of(application)
    crowd, goal = crowd_of(application), application["goal_cents"]
    if base["kind"] == "ratio":
        cap = base.get("donor_cap_cents")
        counted = sum(total if cap is None else min(total, cap) for total in totals.values())
        return exact(base["ratio"]) * counted
    if base["kind"] == "per_donor":
        least = base.get("min_gift_cents", 0)
        return Fraction(base["amount_cents"] * sum(t >= least for t in totals.values()))
    if base["kind"] == "threshold":
        enough = crowd >= exact(base.get("min_pct", 0)) * goal / 100
        if not enough or len(totals) < base.get("min_donors", 0):
            return Fraction(0)
        if "award_pct" in base:
            return exact(base["award_pct"]) * goal / 100
        return Fraction(base["award_cents"])
    if base["kind"] == "topup":
        reached = crowd >= (100 - exact(base["last_pct"])) * goal / 100
        return Fraction(max(0, goal - crowd) if reached else 0)
    return quadratic(base.get("pair_bound_cents"), application, everybody)


def quadratic(bound: int | None, application: Data, everybody: list[Data]) -> Fraction:
    totals = totals_of(application)
    if len(totals) < 2:
        return Fraction(0)
    if bound is None:
        return sum(root(t) for t in totals.values()) ** 2 - sum(totals.values())
    found = Fraction(0)
    for one, other in combinations(totals, 2):
        met = Fraction(0)
        for each in everybody:
            there = totals_of(each)
            if one in there and other in there:
                met += root(there[one] * there[other])
        weakened = bound / (bound + met)
        found += 2 * weakened * root(totals[one] * totals[other])
    return found


def figure_of(code: str | None, indicator: str, areas: Data) -> Fraction | None:
    if code is None or code not in areas:
        return None
    figure = (areas[code].get("values") or {}).get(indicator)
    if figure is not None:
        return exact(figure)
    return figure_of(areas[code].get("parent"), indicator, areas)


def factor_of(rules: Data, application: Data, areas: Data) -> Fraction:
    equity = rules.get("equity", {})
    by_area = Fraction(1)
    if "indicator" in equity and application.get("area"):
        by_area = Fraction(0)
        for code, share in application["area"].items():
            figure = figure_of(code, equity["indicator"], areas)
            fitting = [Fraction(1)]
            for band in equity["bands"]:
                if figure is None:
                    continue
                if "at_least" in band and figure >= exact(band["at_least"]):
                    fitting.append(exact(band["factor"]))
                if "at_most" in band and figure <= exact(band["at_most"]):
                    fitting.append(exact(band["factor"]))
            by_area += exact(share) * max(fitting)
    groups = equity.get("groups", {})
    reached = [exact(groups[g]) for g in application.get("groups") or [] if g in groups]
    by_group = max([Fraction(1), *reached])
    product = equity.get("combine") == "product"
    return by_area * by_group if product else max(by_area, by_group)


def caps_of(rules: Data, application: Data) -> list[int]:
    caps, goal = rules.get("caps", {}), application["goal_cents"]
    found = []
    if "project_cents" in caps:
        found.append(caps["project_cents"])
    if "pct_of_goal" in caps:
        found.append(whole(exact(caps["pct_of_goal"]) * goal / 100))
    if caps.get("to_gap"):
        found.append(max(0, goal - crowd_of(application)))
    return found


def refused(rules: Data, application: Data) -> bool:
    return not all(requirement_holds(one, application) for one in rules.get("require", []))


def claim_of(rules: Data, application: Data, everybody: list[Data], areas: Data) -> int:
    if refused(rules, application):
        return 0
    lifted = base_of(rules, application, everybody) * factor_of(rules, application, areas)
    return min([whole(lifted), *caps_of(rules, application)])


def share(limits: dict[str, int], weights: dict[str, Fraction], ceiling: int) -> dict[str, int]:
    """award = min(limit, level × weight) with the largest level that fits."""
    awards = dict.fromkeys(limits, 0)
    heavy = [key for key in limits if weights[key] > 0 and limits[key] > 0]
    if sum(limits[key] for key in heavy) <= ceiling:
        return awards | {key: limits[key] for key in heavy}
    full: set[str] = set()
    while True:
        left = ceiling - sum(limits[key] for key in full)
        level = Fraction(left) / sum(weights[key] for key in heavy if key not in full)
        newly = {k for k in heavy if k not in full and level * weights[k] >= limits[k]}
        if not newly:
            break
        full |= newly
    parts = {k: Fraction(limits[k]) if k in full else level * weights[k] for k in heavy}
    awards |= {key: whole(part) for key, part in parts.items()}
    wanting = [k for k in heavy if parts[k] - awards[k] > NEAR and awards[k] < limits[k]]
    wanting.sort(key=lambda k: (-round(parts[k] - awards[k], 28), k))
    for key in wanting[: ceiling - sum(awards.values())]:
        awards[key] += 1
    return awards


def queue(rules: Data, facts: Data, factors: dict[str, Fraction]) -> list[str]:
    applications = facts["applications"]
    kind = rules["divide"]["kind"]
    if kind == "arrival":
        order = sorted(
            applications, key=lambda a: (datetime.fromisoformat(a["received_at"]), a["id"])
        )
    elif kind == "tender":
        order = sorted(
            applications, key=lambda a: (-exact(a.get("score") or 0), -factors[a["id"]], a["id"])
        )
    else:
        seed = facts["lottery_seed"]
        order = sorted(
            applications,
            key=lambda a: hashlib.sha256(f"{seed}|{a['id']}".encode()).hexdigest(),
        )
    return [application["id"] for application in order]


def divided(rules: Data, facts: Data, claims: dict[str, int], factors: Any) -> dict[str, int]:
    ceiling, divide = rules["ceiling_cents"], rules["divide"]
    by_id = {application["id"]: application for application in facts["applications"]}
    if divide["kind"] in ("arrival", "tender", "lottery"):
        left, awards = ceiling, {}
        for key in queue(rules, facts, factors):
            awards[key] = min(claims[key], left)
            if awards[key] < claims[key] and awards[key] < divide.get("min_partial_cents", 0):
                awards[key] = 0
            left -= awards[key]
        return awards
    if divide["kind"] == "proportional":
        return share(claims, {key: Fraction(claim) for key, claim in claims.items()}, ceiling)
    if divide["kind"] == "waterfill":
        weighted = divide.get("weights") == "equity"
        return share(claims, {k: factors[k] if weighted else Fraction(1) for k in claims}, ceiling)
    weights = {
        key: Fraction(0)
        if refused(rules, one)
        else base_of(rules, one, facts["applications"]) * factors[key]
        for key, one in by_id.items()
    }
    limits = dict(claims)
    if divide.get("fill"):
        limits = {key: min(caps_of(rules, one), default=ceiling) for key, one in by_id.items()}
    return share(limits, weights, ceiling)


def live(rules: Data, facts: Data, areas: Data) -> tuple[dict[str, int], list[Data]]:
    paid = sorted(
        (datetime.fromisoformat(gift["paid_at"]), application["id"], position)
        for application in facts["applications"]
        for position, gift in enumerate(application["contributions"])
    )
    by_id = {application["id"]: application for application in facts["applications"]}
    so_far = {key: {**one, "contributions": []} for key, one in by_id.items()}
    reserved, left, steps = dict.fromkeys(by_id, 0), rules["ceiling_cents"], []
    for _, key, position in paid:
        so_far[key]["contributions"].append(by_id[key]["contributions"][position])
        claim = claim_of(rules, so_far[key], [], areas)
        match = max(0, min(left, claim - reserved[key]))
        reserved[key] += match
        left -= match
        steps.append({"application": key, "contribution": position, "match_cents": match})
    return reserved, steps


def reference(rules: Data, facts: Data) -> Data:
    """Claims, awards, factors (exact), what is left, and steps when live."""
    everybody, areas = facts["applications"], facts.get("areas") or {}
    factors = {one["id"]: factor_of(rules, one, areas) for one in everybody}
    claims = {one["id"]: claim_of(rules, one, everybody, areas) for one in everybody}
    found: Data = {"claims": claims, "factors": factors}
    if rules.get("moment") == "live":
        awards, found["steps"] = live(rules, facts, areas)
    else:
        awards = divided(rules, facts, claims, factors)
    left = rules["ceiling_cents"] - sum(awards.values())
    return {**found, "awards": awards, "left_cents": left}
