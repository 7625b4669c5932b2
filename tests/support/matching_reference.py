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


def requirement_holds(requirement: Data, application: Data) -> bool:
    here = set(application.get("area") or {})
    local = {
        gift["donor"]
        for gift in application["contributions"]
        if gift.get("matchable", True) and gift.get("area") in here
    }
    crowd, goal = crowd_of(application), application["goal_cents"]
    fact = {
        "donors": len(totals_of(application)),
        "local_donors": len(local),
        "crowd_cents": crowd,
        "crowd_pct": Fraction(100 * crowd, goal),
        "goal_cents": goal,
        "theme": application.get("theme"),
        "groups": application.get("groups") or [],
        "first_time": application.get("first_time") or False,
    }[requirement["field"]]
    value = requirement["value"]
    if requirement["op"] == "any":
        return any(group in value for group in fact)
    if requirement["op"] == "in":
        return fact in value
    if requirement["field"] in ("theme", "first_time"):
        return bool(fact == value)
    first, right = Fraction(fact), exact(value)
    return {
        ">=": first >= right,
        "<=": first <= right,
        ">": first > right,
        "<": first < right,
        "==": first == right,
    }[requirement["op"]]


def base_of(rules: Data, application: Data, everybody: list[Data]) -> Fraction:
    base, totals = rules["base"], totals_of(application)
    crowd, goal = crowd_of(application), application["goal_cents"]
    if base["kind"] == "ratio":
        cap = base.get("donor_cap_cents")
        crowd_cents = sum(total if cap is None else min(total, cap) for total in totals.values())
        return exact(base["ratio"]) * crowd_cents
    if base["kind"] == "per_donor":
        least = base.get("min_gift_cents", 0)
        return Fraction(base["amount_cents"] * sum(t >= least for t in totals.values()))
    if base["kind"] == "threshold":
        enough = crowd >= exact(base.get("min_pct", 0)) * goal / 100
        if not enough or len(totals) < base.get("min_donors", 0):
            return Fraction(0)
        if "award_pct" in base:
            return Fraction(exact(base["award_pct"]) * goal / 100)
        return Fraction(base["award_cents"])
    if base["kind"] == "topup":
        near_goal = crowd >= (100 - exact(base["last_pct"])) * goal / 100
        return Fraction(max(0, goal - crowd) if near_goal else 0)
    return quadratic(base.get("pair_bound_cents"), application, everybody)


def quadratic(strength: int | None, application: Data, everybody: list[Data]) -> Fraction:
    totals = totals_of(application)
    if len(totals) < 2:
        return Fraction(0)
    if strength is None:
        return Fraction(sum(root(t) for t in totals.values()) ** 2 - sum(totals.values()))
    total = Fraction(0)
    for giver, other in combinations(totals, 2):
        overlap = Fraction(0)
        for each in everybody:
            there = totals_of(each)
            if giver in there and other in there:
                overlap += root(there[giver] * there[other])
        weight = strength / (strength + overlap)
        total += 2 * weight * root(totals[giver] * totals[other])
    return total


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
    factors = [exact(groups[g]) for g in application.get("groups") or [] if g in groups]
    by_group = max([Fraction(1), *factors])
    product = equity.get("combine") == "product"
    return by_area * by_group if product else max(by_area, by_group)


def caps_of(rules: Data, application: Data) -> list[int]:
    caps, goal = rules.get("caps", {}), application["goal_cents"]
    caps_cents = []
    if "project_cents" in caps:
        caps_cents.append(caps["project_cents"])
    if "pct_of_goal" in caps:
        caps_cents.append(whole(exact(caps["pct_of_goal"]) * goal / 100))
    if caps.get("to_gap"):
        caps_cents.append(max(0, goal - crowd_of(application)))
    return caps_cents


def refused(rules: Data, application: Data) -> bool:
    return not all(requirement_holds(rule, application) for rule in rules.get("require", []))


def claim_of(rules: Data, application: Data, everybody: list[Data], areas: Data) -> int:
    if refused(rules, application):
        return 0
    cents = base_of(rules, application, everybody) * factor_of(rules, application, areas)
    return min([whole(cents), *caps_of(rules, application)])


def share(limits: dict[str, int], weights: dict[str, Fraction], ceiling: int) -> dict[str, int]:
    """award = min(limit, level × weight) with the largest level that fits."""
    awards = dict.fromkeys(limits, 0)
    heavy = [key for key in limits if weights[key] > 0 and limits[key] > 0]
    if sum(limits[key] for key in heavy) <= ceiling:
        return awards | {key: limits[key] for key in heavy}
    full: set[str] = set()
    while True:
        rest = ceiling - sum(limits[key] for key in full)
        level = Fraction(rest) / sum(weights[key] for key in heavy if key not in full)
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
        rest, awards = ceiling, {}
        for key in queue(rules, facts, factors):
            awards[key] = min(claims[key], rest)
            if awards[key] < claims[key] and awards[key] < divide.get("min_partial_cents", 0):
                awards[key] = 0
            rest -= awards[key]
        return awards
    if divide["kind"] == "proportional":
        return share(claims, {key: Fraction(claim) for key, claim in claims.items()}, ceiling)
    if divide["kind"] == "waterfill":
        by_equity = divide.get("weights") == "equity"
        return share(claims, {k: factors[k] if by_equity else Fraction(1) for k in claims}, ceiling)
    weights = {
        key: Fraction(0)
        if refused(rules, application)
        else base_of(rules, application, facts["applications"]) * factors[key]
        for key, application in by_id.items()
    }
    limits = dict(claims)
    if divide.get("fill"):
        limits = {
            key: min(caps_of(rules, application), default=ceiling)
            for key, application in by_id.items()
        }
    return share(limits, weights, ceiling)


def live(rules: Data, facts: Data, areas: Data) -> tuple[dict[str, int], list[Data]]:
    gifts = sorted(
        (datetime.fromisoformat(gift["paid_at"]), application["id"], position)
        for application in facts["applications"]
        for position, gift in enumerate(application["contributions"])
    )
    by_id = {application["id"]: application for application in facts["applications"]}
    so_far = {key: {**application, "contributions": []} for key, application in by_id.items()}
    matches, rest, steps = dict.fromkeys(by_id, 0), rules["ceiling_cents"], []
    for _, key, position in gifts:
        so_far[key]["contributions"].append(by_id[key]["contributions"][position])
        claim = claim_of(rules, so_far[key], [], areas)
        match = max(0, min(rest, claim - matches[key]))
        matches[key] += match
        rest -= match
        steps.append({"application": key, "contribution": position, "match_cents": match})
    return matches, steps


def reference(rules: Data, facts: Data) -> Data:
    """Claims, awards, factors (exact), what is left, and steps when live."""
    everybody, areas = facts["applications"], facts.get("areas") or {}
    factors = {application["id"]: factor_of(rules, application, areas) for application in everybody}
    claims = {
        application["id"]: claim_of(rules, application, everybody, areas)
        for application in everybody
    }
    outcome: Data = {"claims": claims, "factors": factors}
    if rules.get("moment") == "live":
        awards, outcome["steps"] = live(rules, facts, areas)
    else:
        awards = divided(rules, facts, claims, factors)
    rest = rules["ceiling_cents"] - sum(awards.values())
    return {**outcome, "awards": awards, "left_cents": rest}
