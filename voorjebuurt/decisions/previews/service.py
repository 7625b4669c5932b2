"""A letter of each kind with words that are being written, marked as an example."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Letter
from voorjebuurt.decisions.letters.forms import letter_of
from voorjebuurt.decisions.letters.house import house_of
from voorjebuurt.decisions.letters.objections.notices import notice_letter
from voorjebuurt.decisions.letters.objections.penalty import PenaltySnapshot, penalty_letter
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.previews.samples import sample_decision, sample_ruling
from voorjebuurt.decisions.proof.schema import LETTER_FORM, read
from voorjebuurt.decisions.rules.objections import object_until
from voorjebuurt.kernel import clock
from voorjebuurt.ownwords.rules import LetterFamily
from voorjebuurt.ownwords.wording import Wording

MARK = "CONCEPT – VOORBEELD, GEEN BESLUIT"
MOST_CASES = 5
_DECISIONS = {
    LetterFamily.AWARD: ("award", "partial_award", "interest_owed"),
    LetterFamily.REFUSAL: ("refusal",),
    LetterFamily.DETERMINATION: ("determination", "lower_determination"),
    LetterFamily.WITHDRAWAL: ("withdrawal",),
    LetterFamily.CLAWBACK: ("clawback", "interest"),
}
"""Kinds of decision by the free parts that their letters have."""


class RealCase(NamedTuple):
    """A decision whose letter can be shown with other words."""

    id: UUID
    number: str


def real_cases(session: Session, municipality_id: UUID, kind: LetterFamily) -> Sequence[RealCase]:
    """The latest decisions of a municipality that had a letter of this kind."""
    statement = (
        select(Decision.id, Decision.number)
        .where(
            Decision.municipality_id == municipality_id,
            Decision.kind.in_(_DECISIONS.get(kind, ())),
            Decision.status == "sent",
        )
        .order_by(Decision.sent_at.desc())
        .limit(MOST_CASES)
    )
    return [RealCase(*row) for row in session.execute(statement)]


def sample_letter(kind: LetterFamily, *, place: str, wording: Wording, officer: str) -> Letter:
    """The letter of a sample case, as if it were sent today. Pure but for today."""
    words = wording.as_json()
    announcement = _announcement(place, wording, officer)
    if kind in _DECISIONS:
        letter = letter_of(sample_decision(kind, place, words), announcement)
    elif kind is LetterFamily.PENALTY:
        letter = penalty_letter(_sample_penalty(place, wording), announcement)
    elif kind is LetterFamily.NOTICE:
        letter = notice_letter(
            sample_ruling(place, words), "receipt", {}, "2026-05-11", announcement
        )
    else:
        letter = ruling_letter(sample_ruling(place, words), announcement)
    return replace(letter, mark=MARK)


def real_letter(
    session: Session,
    decision_id: UUID,
    *,
    municipality_id: UUID,
    kind: LetterFamily,
    wording: Wording,
    officer: str,
) -> Letter | None:
    """The letter of a decision of this municipality with these words; None where there is none."""
    decision = session.get(Decision, decision_id)
    if decision is None or decision.municipality_id != municipality_id:
        return None
    if decision.status != "sent" or decision.kind not in _DECISIONS.get(kind, ()):
        return None
    snapshot = replace(read(decision.snapshot), words=wording.as_json(), form=LETTER_FORM)
    announcement = _announcement(snapshot.municipality.name, wording, officer)
    return replace(letter_of(snapshot, announcement), mark=MARK)


def _announcement(place: str, wording: Wording, officer: str) -> Announcement:
    today = clock.today()
    name, function = house_of(place, wording.as_json()).signature(officer)
    return Announcement(today, object_until(today), name, function)


def _sample_penalty(place: str, wording: Wording) -> PenaltySnapshot:
    return PenaltySnapshot(
        number="IG-2026-0000",
        subject="uw aanvraag A-2026-0000",
        addressee=("Bewonersgroep Voorbeeld", "Noor Voorbeeld"),
        name="Noor Voorbeeld",
        municipality=place,
        sender="",
        objection_address="",
        due_on="2026-03-30",
        received_on="2026-04-06",
        first_day="2026-04-21",
        decided_on="2026-04-24",
        days=3,
        cents=6_900,
        bands=(2_300, 3_500, 4_500),
        ground="",
        reason="",
        proposed_at="2026-04-27T10:00:00+02:00",
        words=wording.as_json(),
    )
