"""Writing a municipality's own words, and having a second person approve them."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ownwords.checks import gaps, refuse_wrong
from voorjebuurt.ownwords.models import OwnWords
from voorjebuurt.ownwords.queries import approved_version, open_version
from voorjebuurt.ownwords.rules import MAX_LENGTHS, OPEN, WordingStatus
from voorjebuurt.ownwords.wording import Wording, differences, read_wording
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.queries import mandate_limit
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role
from voorjebuurt.places.models import Municipality


def locked_wording(session: Session, wording_id: UUID) -> OwnWords:
    """A version, held. Raises ``NotFoundError``."""
    row = session.get(OwnWords, wording_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("wording_not_found")
    return row


def begin(session: Session, *, municipality_id: UUID, actor: Actor) -> UUID:
    """Begin a version with the words of now; returns the id of the one that is open already."""
    person_id = _officer(session, municipality_id, actor)
    # Whoever begins at the same time waits here, and then finds this one.
    session.execute(
        select(Municipality.id)
        .where(Municipality.id == municipality_id)
        .with_for_update(key_share=True)
    )
    waiting = open_version(session, municipality_id)
    if waiting is not None:
        return waiting.id
    current = approved_version(session, municipality_id)
    words = read_wording(current.words) if current is not None else Wording()
    last = session.scalar(
        select(func.max(OwnWords.number)).where(OwnWords.municipality_id == municipality_id)
    )
    now = clock.now()
    row = OwnWords(
        id=new_id(),
        municipality_id=municipality_id,
        number=(last or 0) + 1,
        status=WordingStatus.DRAFT.value,
        words=words.text,
        words_sha256=_sha256(words),
        begun_at=now,
        begun_by=person_id,
        written_at=now,
        written_by=person_id,
    )
    session.add(row)
    session.flush()
    _record(session, row, Action.OWN_WORDS_BEGUN, actor)
    return row.id


def write(
    session: Session,
    *,
    wording_id: UUID,
    changes: Mapping[str, str],
    parts: tuple[str, Mapping[str, str]] | None = None,
    actor: Actor,
) -> None:
    """Change texts of a draft, and with ``parts`` those of one kind of letter.

    Saving what stands there changes nothing.

    Raises ``DomainError`` at the field that no letter can have, ``TransitionError`` for a version
    that waits or is over.
    """
    row = locked_wording(session, wording_id)
    person_id = _officer(session, row.municipality_id, actor)
    _require(row, WordingStatus.DRAFT)
    before = read_wording(row.words)
    fields: dict[str, Any] = dict(changes)
    if parts is not None:
        fields["parts"] = before.with_parts(*parts)
    words = replace(before, **fields)
    refuse_wrong(words)
    texts = [each.name for each in differences(before, words)]
    if not texts:
        return
    row.words, row.words_sha256 = words.text, _sha256(words)
    row.written_at, row.written_by = clock.now(), person_id
    _record(session, row, Action.OWN_WORDS_WRITTEN, actor, {"texts": texts})


def propose(session: Session, *, wording_id: UUID, actor: Actor) -> None:
    """Ask a second person; from then on the words don't change. Raises ``DomainError`` for gaps."""
    row = locked_wording(session, wording_id)
    person_id = _officer(session, row.municipality_id, actor)
    _require(row, WordingStatus.DRAFT)
    for gap in gaps(read_wording(row.words)):
        raise DomainError(gap.code, field=gap.field)
    row.status = WordingStatus.PROPOSED.value
    row.proposed_at, row.proposed_by, row.remark = clock.now(), person_id, ""
    _record(session, row, Action.OWN_WORDS_PROPOSED, actor)


def approve(session: Session, *, wording_id: UUID, actor: Actor) -> None:
    """Let a version count, as the second person: an officer with the right to appoint.

    Raises ``ForbiddenError`` for who wrote or proposed it, and for who got their role lately from
    who did.
    """
    row = locked_wording(session, wording_id)
    person_id = _officer(session, row.municipality_id, actor)
    _require(row, WordingStatus.PROPOSED)
    refuse_approver(session, row, person_id)
    row.status = WordingStatus.APPROVED.value
    row.approved_at, row.approved_by = clock.now(), person_id
    _record(session, row, Action.OWN_WORDS_APPROVED, actor)


def refuse_approver(session: Session, row: OwnWords, person_id: UUID) -> None:
    """Raise ``ForbiddenError`` as ``approve`` does."""
    if person_id in (row.written_by, row.proposed_by):
        raise ForbiddenError("own_wording")
    if person_id not in appointers(session, row.municipality_id):
        raise ForbiddenError("only_appointers_approve_wording")
    for giver_id in {row.written_by, row.proposed_by} - {None}:
        if giver_id is not None and gave_role_lately(
            session,
            giver_id=giver_id,
            holder_id=person_id,
            role=Role.OFFICER,
            municipality_id=row.municipality_id,
        ):
            raise ForbiddenError("role_from_wording_writer", days=ROLE_GIVER_DAYS)


def give_back(session: Session, *, wording_id: UUID, remark: str, actor: Actor) -> None:
    """Make a version that waits a draft again, with what must be different."""
    row = locked_wording(session, wording_id)
    _officer(session, row.municipality_id, actor)
    _require(row, WordingStatus.PROPOSED)
    text = clean_lines(remark)
    if not text:
        raise DomainError("reason_needed", field="reason")
    if len(text) > MAX_LENGTHS["remark"]:
        raise DomainError("wording_too_long", field="reason", most=MAX_LENGTHS["remark"])
    row.status, row.remark = WordingStatus.DRAFT.value, text
    row.proposed_at = row.proposed_by = None
    _record(session, row, Action.OWN_WORDS_RETURNED, actor, reason=text)


def drop(session: Session, *, wording_id: UUID, actor: Actor) -> None:
    """Let nothing come of an open version; letters stay as they are. Twice is a no-op."""
    row = locked_wording(session, wording_id)
    person_id = _officer(session, row.municipality_id, actor)
    if row.status == WordingStatus.DROPPED:
        return
    if row.status not in OPEN:
        raise TransitionError("wording_not_open")
    row.status = WordingStatus.DROPPED.value
    row.dropped_at, row.dropped_by = clock.now(), person_id
    _record(session, row, Action.OWN_WORDS_DROPPED, actor)


def _officer(session: Session, municipality_id: UUID, actor: Actor) -> UUID:
    person_id = actor.person_id
    if person_id is None or mandate_limit(session, person_id, municipality_id) is None:
        raise ForbiddenError("only_officers")
    return person_id


def _require(row: OwnWords, status: WordingStatus) -> None:
    if row.status != status:
        raise TransitionError(
            "wording_waits" if row.status == WordingStatus.PROPOSED else "wording_not_open"
        )


def _sha256(words: Wording) -> str:
    return hashlib.sha256(words.text.encode()).hexdigest()


def _record(
    session: Session,
    row: OwnWords,
    action: Action,
    actor: Actor,
    detail: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> None:
    subject = Subject(
        SubjectKind.OWN_WORDS, row.id, row.municipality_id, {"version": str(row.number)}
    )
    audit.record(session, actor=actor, action=action, subject=subject, reason=reason, detail=detail)
