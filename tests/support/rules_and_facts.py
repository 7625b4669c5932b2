"""Rules and facts for tests of the matching engine, as JSON would give them."""

import json
from typing import Any

from voorjebuurt.rulebook.evaluation import Outcome, evaluate
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError
from voorjebuurt.rulebook.values import jsontext

INDICATORS = ("p_hh_120", "ses_woa")
RATIO = {"kind": "ratio", "ratio": "1/1"}


def rules(base: Any = RATIO, divide: Any = "proportional", **more: Any) -> dict[str, Any]:
    """Rules with a large ceiling; ``divide`` may be just its kind."""
    kind = {"kind": divide} if isinstance(divide, str) else divide
    return {"schema": "matchregel/1", "ceiling_cents": 10**8, "base": base, "divide": kind, **more}


def application(key: str = "A", *gifts: Any, goal: int = 10**6, **more: Any) -> dict[str, Any]:
    """An application; a gift is an amount (from a donor of its own) or a whole contribution."""
    contributions = [
        {"donor": f"{key}-{index}", "amount_cents": gift} if isinstance(gift, int) else gift
        for index, gift in enumerate(gifts)
    ]
    return {
        "id": key,
        "received_at": "2026-03-01T09:00:00+01:00",
        "goal_cents": goal,
        "contributions": contributions,
        **more,
    }


def gift(donor: str, cents: int, **more: Any) -> dict[str, Any]:
    """One contribution."""
    return {"donor": donor, "amount_cents": cents, **more}


def as_read(data: Any) -> Any:
    """What the engine gets: the data through JSON text."""
    return jsontext.parse(json.dumps(data))


def decide(ruleset: Any, *applications: Any, **more: Any) -> Outcome:
    """The outcome of rules on these applications; more facts by name."""
    return outcome(ruleset, {"applications": list(applications), **more})


def outcome(ruleset: Any, facts: Any) -> Outcome:
    """The outcome of rules on facts."""
    return evaluate(as_read(ruleset), as_read(facts), indicators=INDICATORS)


def claim(ruleset: Any, *gifts: Any, goal: int = 10**6, **more: Any) -> int:
    """The claim of a single application with these gifts."""
    areas = {"areas": more.pop("areas")} if "areas" in more else {}
    return decide(ruleset, application("A", *gifts, goal=goal, **more), **areas).claims["A"]


def faults(ruleset: Any, facts: Any) -> list[Fault]:
    """Why these are refused; an empty list when they are not."""
    try:
        outcome(ruleset, facts)
    except RefusedError as error:
        return list(error.faults)
    return []
