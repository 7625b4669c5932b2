"""Rehearsals in any state, with the outcome of real rules on real facts."""

import hashlib
import json
from datetime import UTC, datetime

import factory

from tests.support.factories.base import Factory
from tests.support.rehearsals import BESIDE, LIFTING, PLAIN, facts, report
from voorjebuurt.matching.models import Rehearsal
from voorjebuurt.rulebook.values import jsontext

FACTS = json.dumps(facts())


class RehearsalFactory(Factory[Rehearsal]):
    """A rehearsal that is done: a fund's rules beside plain first-come, on four campaigns."""

    class Meta:
        model = Rehearsal

    rules = jsontext.canonical(LIFTING)
    ruleset_sha256 = jsontext.sha256(LIFTING)
    rules_name = "Buurtfonds Testdam"
    against = jsontext.canonical(PLAIN)
    against_sha256 = jsontext.sha256(PLAIN)
    against_name = "first_come"
    source = "file"
    facts_name = "acties.json"
    facts = FACTS
    facts_sha256 = hashlib.sha256(FACTS.encode()).hexdigest()
    status = "done"
    progress = 100
    outcome = factory.LazyAttribute(
        lambda row: (
            {**report(LIFTING, PLAIN, facts(), BESIDE), "files": []}
            if row.status == "done"
            else None
        )
    )
    asked_at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    finished_at = factory.LazyAttribute(
        lambda row: row.asked_at if row.status in ("done", "failed") else None
    )
