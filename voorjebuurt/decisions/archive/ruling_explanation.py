"""What a decision on an objection rests on, and whether its letters come out as they were sent.

Nothing of it is computed: what comes in the place of the old decision has an explanation of its
own. What was stored beside the snapshot must say the same, and each letter must come out again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions import letters
from voorjebuurt.decisions.archive.explanation import Check
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.letters.rendering import content_hash
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import JoinedLetter, ObjectionRuling
from voorjebuurt.decisions.proof.arithmetic import amount
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot, read_ruling
from voorjebuurt.decisions.proof.schema import sha256
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.kernel.catalogues import Catalogue, catalogue
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.rulebook.values import jsontext

_UNDONE = (DecisionStatus.DISMISSED, DecisionStatus.RECALLED)


class _LetterCopy(NamedTuple):
    """One letter as it is kept: of the objection that leads, or of one that joined."""

    objection: str
    snapshot: str
    sha256: str
    letter: bytes | None
    letter_sha256: str | None
    announcement: str


@dataclass(frozen=True)
class RulingExplanation:
    """A decision on an objection with everything that must be equal; ``status`` is its state."""

    snapshot: RulingSnapshot
    status: str
    checks: tuple[Check, ...]

    @property
    def same(self) -> bool:
        """Whether all that was decided and sent comes out again."""
        return all(check.same for check in self.checks)


def ruling_explanation_of(session: Session, reference: str) -> RulingExplanation:
    """Explain by the number of a decision on an objection, or of an objection.

    Raises ``NotFoundError``, and ``SnapshotError`` for a stored text that can't be read.
    """
    ruling = _ruling_of(session, reference)
    if ruling is None:
        raise NotFoundError("objection_not_found")
    snapshot = read_ruling(ruling.snapshot)
    checks = [Check("ruling", _columns(ruling, snapshot)), *_replacement(ruling, snapshot)]
    for copy in _letters(session, ruling):
        checks.extend(_checks(copy))
    return RulingExplanation(snapshot, ruling.status, tuple(checks))


def _ruling_of(session: Session, reference: str) -> ObjectionRuling | None:
    statement = select(ObjectionRuling).options(undefer(ObjectionRuling.letter))
    ruling = session.scalar(statement.where(ObjectionRuling.number == reference))
    if ruling is not None:
        return ruling
    objection_id = session.scalar(select(Objection.id).where(Objection.number == reference))
    about_it = (ObjectionRuling.objection_id == objection_id) | ObjectionRuling.joined.contains(
        [str(objection_id)]
    )
    last = statement.where(about_it, ObjectionRuling.status.not_in(_UNDONE))
    return session.scalar(last.order_by(ObjectionRuling.proposed_at.desc()).limit(1))


def _columns(ruling: ObjectionRuling, snapshot: RulingSnapshot) -> bool:
    """What is stored in columns is what the letter says."""
    names = ("number", "outcome", "reason", "deviation", "court", "extra_cents", "extra_reason")
    return all(getattr(ruling, name) == getattr(snapshot, name) for name in names)


def _replacement(ruling: ObjectionRuling, snapshot: RulingSnapshot) -> Iterator[Check]:
    if snapshot.replacement is not None or ruling.replacement:
        new = snapshot.replacement or {}
        is_same = new.get("sha256") == sha256(ruling.replacement)
        yield Check("replacement", is_same, str(new.get("number", "")))


def _letters(session: Session, ruling: ObjectionRuling) -> Iterator[_LetterCopy]:
    lead = session.get_one(Objection, ruling.objection_id).number
    yield _LetterCopy(
        lead,
        ruling.snapshot,
        ruling.snapshot_sha256,
        ruling.letter,
        ruling.letter_sha256,
        ruling.announcement,
    )
    rows = session.execute(
        select(JoinedLetter, Objection.number)
        .join(Objection, Objection.id == JoinedLetter.objection_id)
        .where(JoinedLetter.ruling_id == ruling.id)
        .order_by(Objection.number)
        .options(undefer(JoinedLetter.letter))
    )
    for row, number in rows:
        yield _LetterCopy(
            number,
            row.snapshot,
            row.snapshot_sha256,
            row.letter,
            row.letter_sha256,
            row.announcement,
        )


def _checks(copy: _LetterCopy) -> Iterator[Check]:
    yield Check("own_snapshot", sha256(copy.snapshot) == copy.sha256, copy.objection)
    if copy.letter is None:
        return
    is_intact = hashlib.sha256(copy.letter).hexdigest() == copy.letter_sha256
    yield Check("own_letter_kept", is_intact, copy.objection)
    letter = ruling_letter(read_ruling(copy.snapshot), letters.read_announcement(copy.announcement))
    if pdf_of(letter) == copy.letter:
        yield Check("own_letter", True, copy.objection)
        return
    # Set by another version of the typesetter: the same words in their places are enough.
    details = jsontext.parse(copy.announcement)
    same_words = content_hash(letter) == details.get("content_sha256")
    is_other_maker = details.get("maker") != letters.MAKER
    yield Check("own_letter", same_words and is_other_maker, copy.objection)


def ruling_lines(explanation: RulingExplanation, language: str) -> list[str]:
    """The explanation for a terminal, in a language."""
    words = catalogue(language)
    check = words.text("explanation", "check")
    return [*_told(explanation, words), "", check, *_checked(explanation, words)]


def _told(explanation: RulingExplanation, words: Catalogue) -> Iterator[str]:
    snapshot = explanation.snapshot
    status = words.text("decision state", explanation.status)

    def say(key: str, **values: Any) -> str:
        return words.text("explanation", key, **values)

    yield say("application", number=snapshot.application, title=snapshot.title)
    yield say(
        "ruling_about",
        number=snapshot.number,
        objection=snapshot.objection["number"],
        decision=snapshot.contested["number"],
        status=status,
    )
    yield say("ruling_outcome", outcome=words.text("objection outcome", snapshot.outcome))
    new = snapshot.replacement
    if new is not None:
        kind = words.text("decision kind", new["kind"])
        money = amount(new["amount_cents"], words)
        yield say("ruling_instead", number=new["number"], kind=kind, amount=money)
    for key, cents in (("extra", snapshot.extra_cents), ("costs", snapshot.costs_cents)):
        if cents:
            yield say(f"ruling_{key}", amount=amount(cents, words))


def _checked(explanation: RulingExplanation, words: Catalogue) -> Iterator[str]:
    for check in explanation.checks:
        mark = words.text("explanation", "same" if check.same else "other")
        yield f"  {mark}  {words.text('explanation', check.code, detail=check.detail)}"


def ruling_as_json(explanation: RulingExplanation) -> dict[str, Any]:
    """The explanation as data that JSON can hold."""
    snapshot = explanation.snapshot
    return {
        "application": snapshot.application,
        "objection": snapshot.objection["number"],
        "decision": snapshot.number,
        "against": snapshot.contested["number"],
        "status": explanation.status,
        "outcome": snapshot.outcome,
        "replacement": snapshot.replacement,
        "extra_cents": snapshot.extra_cents,
        "costs_cents": snapshot.costs_cents,
        "checks": [vars(check) for check in explanation.checks],
        "same": explanation.same,
    }
