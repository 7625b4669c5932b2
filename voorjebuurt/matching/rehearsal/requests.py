"""Asking for a rehearsal: everything is validated at once, a job does the rest."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Rehearsal
from voorjebuurt.matching.rehearsal.inputs import parse_all, read_all
from voorjebuurt.matching.rehearsal.past_campaigns import LOTTERY_SEED, past_campaigns
from voorjebuurt.matching.rehearsal.states import RehearsalStatus, Source
from voorjebuurt.rulebook.values import jsontext

_NOTHING = json.dumps({"applications": [], "lottery_seed": LOTTERY_SEED})
"""Facts on which rules alone are validated: past campaigns are looked up by the job."""

MOST_AT_ONCE = 3
"""Each holds its facts in memory, twenty megabytes at most, and a place among the workers."""
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(8675309003)")


@dataclass(frozen=True)
class RulesetText:
    """Rules as JSON text, and whose they are: a preset's key, or a fund's or file's name."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class FactsText:
    """Facts as JSON text, and the name of the file that they came in."""

    text: str
    name: str = ""


def ask_rehearsal(
    session: Session,
    *,
    municipality_id: UUID | None,
    rules: RulesetText,
    against: RulesetText | None,
    facts: FactsText | None,
    indicators: Collection[str],
    actor: Actor,
) -> Rehearsal:
    """Try rules on the facts in a file, or (without) on the municipality's past campaigns.

    Of one municipality, and of staff for none, ``MOST_AT_ONCE`` wait or run at most.

    Raises ``RefusedError`` with all that does not validate: paths begin with ``rules``,
    ``against`` or ``facts``. Raises ``DomainError`` when there is nothing to try them on.
    """
    _judge_number(session, municipality_id)
    texts = {"rules": rules.text, "facts": facts.text if facts else _NOTHING}
    if against is not None:
        texts["against"] = against.text
    documents = parse_all(texts)
    mine, other, _ = read_all(
        documents["rules"], documents.get("against"), documents["facts"], indicators=indicators
    )
    if facts is None and municipality_id is None:
        raise DomainError("rehearsal_place_missing", field="municipality_id")
    if facts is None and municipality_id and not past_campaigns(session, municipality_id):
        raise DomainError("no_past_campaigns", field="source")
    rehearsal = Rehearsal(
        municipality_id=municipality_id,
        rules=jsontext.canonical(documents["rules"]),
        ruleset_sha256=mine.sha256,
        rules_name=rules.name,
        against=None if other is None else jsontext.canonical(documents["against"]),
        against_sha256=None if other is None else other.sha256,
        against_name=against.name if against else "",
        source=(Source.FILE if facts else Source.PAST).value,
        facts_name=facts.name if facts else "",
        facts=facts.text if facts else None,
        facts_sha256=hashlib.sha256(facts.text.encode()).hexdigest() if facts else None,
        status=RehearsalStatus.WAITING.value,
        asked_at=clock.now(),
        asked_by=actor.person_id,
    )
    session.add(rehearsal)
    session.flush()
    _tell(session, rehearsal, actor)
    return rehearsal


def rehearsal_subject(rehearsal: Rehearsal) -> Subject:
    """The rehearsal, for the audit trail, with what it is about as hashes."""
    return Subject(
        SubjectKind.REHEARSAL,
        rehearsal.id,
        rehearsal.municipality_id,
        {"rules": rehearsal.ruleset_sha256, "facts": rehearsal.facts_sha256},
    )


def _judge_number(session: Session, municipality_id: UUID | None) -> None:
    """One at a time, so that many at once are counted too."""
    session.execute(_ONE_AT_A_TIME)
    under_way = session.scalars(
        select(Rehearsal.id).where(
            Rehearsal.municipality_id.is_not_distinct_from(municipality_id),
            Rehearsal.status.in_((RehearsalStatus.WAITING.value, RehearsalStatus.RUNNING.value)),
        )
    ).all()
    if len(under_way) >= MOST_AT_ONCE:
        raise DomainError("rehearsals_at_once", field="rules", maximum=MOST_AT_ONCE)


def _tell(session: Session, rehearsal: Rehearsal, actor: Actor) -> None:
    jobs.defer(
        session,
        "matching.rehearse",
        lock=f"rehearsal:{rehearsal.id}",
        rehearsal_id=str(rehearsal.id),
    )
    audit.record(
        session,
        actor=actor,
        action=Action.REHEARSAL_ASKED,
        subject=rehearsal_subject(rehearsal),
        detail={"against": rehearsal.against_sha256},
    )
