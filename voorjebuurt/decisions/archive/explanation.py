"""Why an application gets what it gets: computed again from the stored snapshot, and compared.

Before a decision it is computed from what is known now, and there is nothing to compare.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions import letters
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.replay import Replay, replay
from voorjebuurt.decisions.proof.schema import Snapshot, SnapshotError, sha256
from voorjebuurt.decisions.proof.snapshots import Proposal, snapshot_now
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.matching.models import Application, FundRound
from voorjebuurt.rulebook.values import jsontext

_WHOLE = (undefer(Decision.snapshot), undefer(Decision.letter))
_UNDONE = ("dismissed", "recalled")
_NOTHING_YET = Proposal("", "award", 0)


@dataclass(frozen=True)
class Check:
    """One thing that must be equal. ``code`` is the name of its text; ``detail`` tells more."""

    code: str
    same: bool
    detail: str = ""


@dataclass(frozen=True)
class Explanation:
    """A snapshot with what comes out again; ``decision`` is None before there is one."""

    snapshot: Snapshot
    decision: Decision | None
    replayed: Replay
    checks: tuple[Check, ...]

    @property
    def same(self) -> bool:
        """Whether everything that was decided and sent comes out again."""
        return self.replayed.same and all(check.same for check in self.checks)


def explanation_of(session: Session, reference: str) -> Explanation:
    """Explain by the number or id of an application, or the number of a decision.

    Of an application the last decision that was not undone. Raises ``NotFoundError``, and
    ``SnapshotError`` for a stored text that can't be read.
    """
    application, decision = case_by_reference(session, reference)
    if decision is None:
        now = snapshot_now(session, application, _NOTHING_YET)
        return Explanation(now, None, _replay_of(session, now.text), ())
    result = _replay_of(session, decision.snapshot)
    return Explanation(result.snapshot, decision, result, _checks(decision, result))


def case_by_reference(session: Session, reference: str) -> tuple[Application, Decision | None]:
    """An application, with that decision or its last one. Raises ``NotFoundError``."""
    by_number = select(Decision).where(Decision.number == reference).options(*_WHOLE)
    decision = session.scalar(by_number)
    if decision is not None:
        return session.get_one(Application, decision.application_id), decision
    conditions = [Application.number == reference]
    if (key := _uuid(reference)) is not None:
        conditions.append(Application.id == key)
    application = session.scalar(select(Application).where(or_(*conditions)))
    if application is None:
        raise NotFoundError("application_not_found")
    last = (
        select(Decision)
        .where(Decision.application_id == application.id, Decision.status.not_in(_UNDONE))
        .order_by(Decision.proposed_at.desc(), Decision.id.desc())
        .options(*_WHOLE)
        .limit(1)
    )
    return application, session.scalar(last)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _replay_of(session: Session, text: str) -> Replay:
    """Replay a snapshot; facts that it does not contain are taken from its round."""
    try:
        return replay(text)
    except SnapshotError:
        return replay(text, round_facts=round_facts(session, text))


def round_facts(session: Session, text: str) -> str | None:
    """The facts of the round that a snapshot's text names, if it names one."""
    try:
        key = jsontext.parse(text)["basis"]["round_id"]
    except (jsontext.JsonError, KeyError, TypeError):
        return None
    row = session.get(FundRound, UUID(key)) if key else None
    return row.facts if row is not None else None


def _checks(decision: Decision, result: Replay) -> tuple[Check, ...]:
    """What was stored beside the snapshot must be what the snapshot says."""
    snapshot_decision = result.snapshot.decision
    columns = (decision.kind, decision.claim_cents, decision.amount_cents, decision.before_cents)
    snapshot_values = (
        snapshot_decision.kind,
        snapshot_decision.claim_cents,
        snapshot_decision.amount_cents,
        snapshot_decision.before_cents,
    )
    return (
        Check("snapshot", sha256(decision.snapshot) == decision.snapshot_sha256),
        Check("amounts", columns == snapshot_values),
        *_award(result),
        *_letter(decision),
    )


def _award(result: Replay) -> tuple[Check, ...]:
    """An award is what the rules compute, to the cent; other kinds have their own grounds."""
    snapshot, computation = result.snapshot, result.computed
    if snapshot.decision.kind != "award" or snapshot.basis.kind == "alone" or computation is None:
        return ()
    return (Check("award", snapshot.decision.amount_cents == computation.award_cents),)


def _letter(decision: Decision) -> tuple[Check, ...]:
    if decision.letter is None:
        return ()
    announcement = letters.read_announcement(decision.announcement)
    again = letters.render(decision.snapshot, announcement)
    is_intact = hashlib.sha256(decision.letter).hexdigest() == decision.letter_sha256
    return (Check("letter_kept", is_intact), _made_again(decision, announcement, again))


def _made_again(decision: Decision, announcement: letters.Announcement, again: bytes) -> Check:
    """The same bytes; with another version of the typesetter, the same words in their places."""
    if again == decision.letter:
        return Check("letter", True)
    details = jsontext.parse(decision.announcement)
    words = letters.content_hash(letters.write(decision.snapshot, announcement))
    same_words = words == details.get("content_sha256")
    if same_words and details.get("maker") != letters.MAKER:
        return Check("letter_words", True, f"{details.get('maker')}, {letters.MAKER}")
    return Check("letter", False)
