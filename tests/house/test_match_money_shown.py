"""What people are shown of match money is net of what must come back, never the raw sum."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import ROOT

PACKAGE = ROOT / "voorjebuurt"
BOOKKEEPING = {
    "decisions/objections/rulings/replacements.py",  # how much more a replacement takes of the pot
    "decisions/overviews/consequences.py",  # what is missing without what is taken back
    "decisions/reports/application_money.py",
    "decisions/reports/queries.py",  # what an award came to by its rule, before other decisions
    "decisions/rulings/approvals.py",
    "decisions/rulings/bookings.py",
    "decisions/rulings/rows.py",
    "decisions/rulings/sums.py",
    "decisions/rulings/kind_checks.py",  # how much more an award takes of the pot
    "matching/applications/suitable_funds.py",  # the room that other funds leave to the goal
    "matching/funds/queries.py",
    "matching/live/allocation.py",
    "matching/live/campaign_end.py",
    "matching/live/fixed_amounts.py",
    "matching/live/following.py",
    "matching/live/plan_forecasts.py",  # what is set apart for a plan, before another one
    "matching/live/preview.py",
    "matching/pots/changes.py",
    "matching/pots/corrections.py",
    "matching/pots/municipal_payments.py",
    "matching/pots/queries.py",
    "matching/pots/reversal.py",
    "matching/pots/rows.py",
    "matching/pots/service.py",
    "matching/pots/stacking.py",
    "payouts/match_checks.py",
    "payouts/proposals.py",
    "payouts/shortfall/remainder.py",
    "pledges/marks.py",  # of a campaign that runs, of which nothing is determined yet
    "pledges/match_claims.py",
    "pledges/matches.py",
    "matching/pots/position.py",  # what maximums leave to be matched
}
"""What moves or checks the money, or makes the net sums of it."""
_RAW = re.compile(r"\bmatch\.match_cents\b")


def readers(path: Path) -> Iterator[str]:
    """The lines that read the raw sum of a match, by file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr == "match_cents":
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name in ("CampaignMatch", "match"):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}"


def test_only_bookkeeping_reads_the_raw_sum_of_a_match() -> None:
    lines = [line for path in PACKAGE.rglob("*.py") for line in readers(path)]
    assert {line.partition(":")[0] for line in lines} == BOOKKEEPING, lines


def test_no_template_shows_the_raw_sum_of_a_match() -> None:
    templates = sorted((ROOT / "templates").rglob("*.*"))
    assert len(templates) > 100
    assert [path.name for path in templates if _RAW.search(path.read_text())] == []
