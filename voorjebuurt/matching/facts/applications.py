"""What the rules of a live fund read besides gifts, kept as it was when gifts began to count.

A figure that is imported later, or an import that is rolled back, must not change what earlier
gifts earned: the same gifts give the same match for as long as the application lives.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.models import Application as ApplicationRow
from voorjebuurt.matching.models import FundVersion
from voorjebuurt.places.figures import area_facts, imports_behind
from voorjebuurt.pledges.near_miss.holding_plans import approved_plan
from voorjebuurt.rulebook.documents.facts import read_facts
from voorjebuurt.rulebook.documents.stored import indicators_of, stored_ruleset
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.factor import Factor, factors
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext


@dataclass(frozen=True)
class LiveCase:
    """One application to a live fund, as the engine reads it, with its equity factor."""

    rules: Ruleset
    application: Application
    factor: Factor

    def with_goal(self, goal_cents: int) -> "LiveCase":
        """The same application with the goal of another plan."""
        return replace(self, application=replace(self.application, goal_cents=goal_cents))


def freeze_facts(session: Session, *, row: ApplicationRow) -> None:
    """Keep what the rules read of an application besides its gifts, unless it is kept already."""
    if row.live_facts is not None:
        return
    version = session.get_one(FundVersion, row.version_id)
    indicators = indicators_of(jsontext.parse(version.rules))
    imports = imports_behind(session, row.areas.keys(), indicators) if indicators else ()
    row.live_facts = _facts_now(session, row, version)
    row.live_import_ids = [str(place_import.id) for place_import in imports]


def _facts_now(session: Session, row: ApplicationRow, version: FundVersion) -> str:
    campaign = session.get_one(Campaign, row.campaign_id)
    indicators = indicators_of(jsontext.parse(version.rules))
    areas = area_facts(session, codes=row.areas.keys(), indicators=indicators) if indicators else {}
    return facts_text(row, campaign, areas=areas, contributions=[])


def facts_text(
    row: ApplicationRow,
    campaign: Campaign,
    *,
    areas: dict[str, Any],
    contributions: list[dict[str, Any]],
) -> str:
    """Facts of ``matchregel/1`` about one application, as canonical JSON."""
    application: dict[str, Any] = {
        "id": str(row.id),
        "received_at": row.received_at.isoformat(),
        "goal_cents": campaign.goal_cents,
        "groups": sorted(row.verified_groups),
        "theme": campaign.theme,
        "first_time": row.first_time,
        "score": None if row.score is None else str(row.score),
        "contributions": contributions,
    }
    if row.areas:
        application["area"] = row.areas
    return jsontext.canonical({"applications": [application], "areas": areas})


def live_case(session: Session, row: ApplicationRow) -> LiveCase:
    """The application as the engine reads it, with the goal of the plan that holds.

    Its facts must be kept (``freeze_facts``).
    """
    version = session.get_one(FundVersion, row.version_id)
    return _of_plan(session, row, _case(version.rules, row.live_facts or ""))


def case_now(session: Session, row: ApplicationRow) -> LiveCase:
    """The same by what was kept, or else by what is known now: for showing, not for deciding."""
    version = session.get_one(FundVersion, row.version_id)
    case = _case(version.rules, row.live_facts or _facts_now(session, row, version))
    return _of_plan(session, row, case)


def plan_goal_cents(session: Session, row: ApplicationRow) -> int | None:
    """The goal of a smaller plan that holds (eurocents): rules that read the goal read this one."""
    plan = approved_plan(session, row.campaign_id)
    return None if plan is None else plan.goal_cents


def _of_plan(session: Session, row: ApplicationRow, case: LiveCase) -> LiveCase:
    goal_cents = plan_goal_cents(session, row)
    return case if goal_cents is None else case.with_goal(goal_cents)


@lru_cache(maxsize=256)
def _case(rules_text: str, facts_text: str) -> LiveCase:
    """Both texts never change once they are kept, so what they say may be remembered."""
    rules = stored_ruleset(rules_text)
    indicators = indicators_of(jsontext.parse(rules_text))
    facts = read_facts(jsontext.parse(facts_text), rules, indicators=indicators)
    (application,) = facts.applications
    factor = factors(rules.equity, facts.applications, facts.areas)[application.id]
    return LiveCase(rules, application, factor)
