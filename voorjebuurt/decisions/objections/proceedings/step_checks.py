"""What each step of an objection must hold; all raise ``DomainError`` at the field."""

from datetime import timedelta
from typing import NamedTuple, assert_never

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.rows import text_of
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.rules.proceedings import (
    ANSWER_DAYS,
    Course,
    MissingPart,
    NoHearing,
    StepKind,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError

_K = StepKind


class Entry(NamedTuple):
    """A step that somebody writes down, and where the objection stands."""

    note: StepNote
    so_far: Course
    objection: Objection


def refuse_out_of_turn(kind: StepKind, so_far: Course, objection: Objection) -> None:
    """Raises ``DomainError`` for a step that has no place now, whatever is written down of it."""
    match kind:
        case _K.QUESTION if so_far.open_question is not None:
            raise DomainError("question_open")
        case _K.COMPLETION if so_far.open_question is None and not so_far.lapsed:
            raise DomainError("nothing_asked")
        case _K.ADVICE if not so_far.committee:
            raise DomainError("committee_missing", field="body")
        case _K.EXTENSION if so_far.extended or objection.extended_reason:
            raise DomainError("term_extended_before")
        case _K.EXTENSION if clock.today() > objection.decide_by:
            raise DomainError("term_ended")
        case _K.EXCUSE if objection.in_time:
            raise DomainError("objection_in_time")
        case (
            _K.QUESTION
            | _K.COMPLETION
            | _K.LAPSE
            | _K.COMMITTEE
            | _K.ADVICE
            | _K.INVITATION
            | _K.WAIVER
            | _K.HEARING
            | _K.EXTENSION
            | _K.CONSENT
            | _K.EXCUSE
            | _K.COSTS
        ):
            return
        case _:
            assert_never(kind)


def _question(entry: Entry) -> StepNote:
    if entry.note.detail not in set(MissingPart):
        raise DomainError("missing_part_unknown", field="detail")
    shortest, longest = ANSWER_DAYS
    days = (entry.note.until - entry.note.on).days if entry.note.until else 0
    if not shortest <= days <= longest:
        raise DomainError(
            "completion_term_wrong", field="until", shortest=shortest, longest=longest
        )
    return entry.note


def completion(entry: Entry) -> StepNote:
    """What came in."""
    return StepNote(entry.note.on, body=text_of(entry.note.body, "body", "grounds_missing"))


def _committee(entry: Entry) -> StepNote:
    return StepNote(entry.note.on, detail=text_of(entry.note.detail, "detail", "committee_missing"))


def _advice(entry: Entry) -> StepNote:
    return StepNote(entry.note.on, body=text_of(entry.note.body, "body", "advice_empty"))


def _invitation(entry: Entry) -> StepNote:
    if entry.note.until is None or entry.note.until < clock.today() + timedelta(days=1):
        raise DomainError("hearing_day_wrong", field="until")
    place = text_of(entry.note.place, "place", "hearing_place_missing")
    return StepNote(
        entry.note.on, until=entry.note.until, place=place, body=entry.note.body.strip()
    )


def _waiver(entry: Entry) -> StepNote:
    if entry.note.detail not in set(NoHearing):
        raise DomainError("no_hearing_unknown", field="detail")
    return StepNote(
        entry.note.on,
        detail=entry.note.detail,
        body=text_of(entry.note.body, "body", "reason_needed"),
    )


def _hearing(entry: Entry) -> StepNote:
    leader = text_of(entry.note.detail, "detail", "hearing_leader_missing")
    return StepNote(
        entry.note.on, detail=leader, body=text_of(entry.note.body, "body", "report_missing")
    )


def _extension(entry: Entry) -> StepNote:
    return StepNote(entry.note.on, body=text_of(entry.note.body, "body", "reason_needed"))


def _consent(entry: Entry) -> StepNote:
    if entry.note.until is None or entry.note.until <= entry.objection.decide_by:
        raise DomainError("consent_day_wrong", field="until")
    return StepNote(
        entry.note.on,
        until=entry.note.until,
        body=text_of(entry.note.body, "body", "reason_needed"),
    )


def _excuse(entry: Entry) -> StepNote:
    if entry.note.detail not in ("yes", "no"):
        raise DomainError("outcome_unknown", field="detail")
    return StepNote(
        entry.note.on,
        detail=entry.note.detail,
        body=text_of(entry.note.body, "body", "reason_needed"),
    )


def _costs(entry: Entry) -> StepNote:
    return StepNote(entry.note.on, body=text_of(entry.note.body, "body", "reason_needed"))


CHECKS = {
    _K.QUESTION: _question,
    _K.COMPLETION: completion,
    _K.COMMITTEE: _committee,
    _K.ADVICE: _advice,
    _K.INVITATION: _invitation,
    _K.WAIVER: _waiver,
    _K.HEARING: _hearing,
    _K.EXTENSION: _extension,
    _K.CONSENT: _consent,
    _K.EXCUSE: _excuse,
    _K.COSTS: _costs,
}
"""By kind of step that an officer writes down."""
