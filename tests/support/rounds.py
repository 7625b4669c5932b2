"""A round that was divided, computed once more."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.matching.models import FundRound, FundVersion
from voorjebuurt.rulebook.documents.facts import read_facts
from voorjebuurt.rulebook.documents.stored import indicators_of, stored_ruleset
from voorjebuurt.rulebook.evaluation import decide
from voorjebuurt.rulebook.texts.wording import say_all
from voorjebuurt.rulebook.values import jsontext


def replay_round(session: Session, row: FundRound) -> dict[str, Any]:
    """The outcome of a round from what its row keeps, and nothing else."""
    text = session.get_one(FundVersion, row.version_id).rules
    rules = replace(stored_ruleset(text), ceiling_cents=row.ceiling_cents)
    indicators = indicators_of(jsontext.parse(text))
    outcome = decide(rules, read_facts(jsontext.parse(row.facts), rules, indicators=indicators))
    places = row.outcome["places"]
    reasons = {key: say_all(phrases, places) for key, phrases in outcome.reasons.items()}
    return {**outcome.as_json(), "reasons": reasons, "places": places}
