"""What applicants are mailed about objections: their own, and those of others to their decision.

Who has no account here (another interested party) gets the same on paper, printed by an officer.
"""

from datetime import date

from sqlalchemy.orm import Session

from voorjebuurt.decisions.mails import tell
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import (
    Appeal,
    DefaultNotice,
    ObjectionRuling,
    ObjectionStep,
)
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.decisions.rules.penalties import first_penalty_day
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application

_TEMPLATES = {
    StepKind.QUESTION: "objection_question",
    StepKind.COMPLETION: "objection_completed",
    StepKind.INVITATION: "objection_invitation",
    StepKind.EXTENSION: "objection_extended",
}
"""The steps that who applied is mailed about."""
_FOR_BOTH = {StepKind.INVITATION, StepKind.EXTENSION}
"""Of those, the ones about an objection of somebody else: they may be heard too (Awb 7:2)."""


def objection_received(session: Session, *, application: Application, objection: Objection) -> None:
    """The objection came in: its number, and by when it is decided (Awb 6:14)."""
    own = objection.party == Party.APPLICANT
    tell(
        session,
        application,
        key=f"objection_received:{objection.id}",
        template="objection_received" if own else "objection_by_other",
        objection=objection.number,
        in_time=objection.in_time,
        has_grounds=bool(objection.grounds),
        decide_by=clock.noon(objection.decide_by).isoformat(),
    )


def step_taken(
    session: Session, *, application: Application, objection: Objection, step: ObjectionStep
) -> None:
    """Something that asks or tells who objected; the other steps are on the page only."""
    kind = StepKind(step.kind)
    template = _TEMPLATES.get(kind)
    if template is None or (objection.party != Party.APPLICANT and kind not in _FOR_BOTH):
        return
    until = step.until or objection.decide_by
    tell(
        session,
        application,
        key=f"{template}:{step.id}",
        template=template,
        objection=objection.number,
        missing=step.detail,
        until=clock.noon(until).isoformat(),
        place=step.place,
        reason=step.body,
        own=objection.party == Party.APPLICANT,
        decide_by=clock.noon(objection.decide_by).isoformat(),
    )


def objection_withdrawn(
    session: Session, *, application: Application, objection: Objection, until: date | None
) -> None:
    """Nothing is decided on the objection any more (Awb 6:21), whoever objected.

    ``until`` is the day of the hearing that is off.
    """
    tell(
        session,
        application,
        key=f"objection_withdrawn:{objection.id}",
        template="objection_withdrawn",
        objection=objection.number,
        own=objection.party == Party.APPLICANT,
        hearing_on=clock.noon(until).isoformat() if until else "",
    )


def objection_ruled(
    session: Session,
    *,
    application: Application,
    objection: Objection,
    ruling: ObjectionRuling,
    new: Decision | None,
    is_maximum: bool,
) -> None:
    """What was decided on the objection, what came in the place, and until when to appeal.

    ``is_maximum``: how much the new decision's award becomes follows from gifts.

    The reason stands in the letter only: it can be about a person (Awb 7:12).
    """
    tell(
        session,
        application,
        key=f"objection_decided:{ruling.id}",
        template="objection_decided",
        objection=objection.number,
        own=objection.party == Party.APPLICANT,
        outcome=ruling.outcome,
        kind=new.kind if new else "",
        amount_cents=new.amount_cents if new else 0,
        is_maximum=is_maximum,
        appeal_until=clock.noon(ruling.appeal_until or clock.today()).isoformat(),
    )


def appeal_registered(
    session: Session, *, application: Application, objection: Objection, appeal: Appeal
) -> None:
    """The court has an appeal about the decision on an objection."""
    tell(
        session,
        application,
        key=f"appeal_registered:{appeal.id}",
        template="appeal_registered",
        objection=objection.number,
        court=appeal.court,
        case_number=appeal.case_number,
    )


def appeal_judged(
    session: Session, *, application: Application, objection: Objection, appeal: Appeal
) -> None:
    """The court judged: what that means here, and by when there is a new decision."""
    decide_by = appeal.decide_by
    tell(
        session,
        application,
        key=f"appeal_judged:{appeal.id}",
        template="appeal_judged",
        objection=objection.number,
        outcome=appeal.outcome,
        decide_by=clock.noon(decide_by).isoformat() if decide_by else "",
    )


def default_registered(
    session: Session, *, application: Application, notice: DefaultNotice
) -> None:
    """The notice of default came in: from when a penalty runs (Awb 4:17)."""
    first = first_penalty_day(notice.due_on, notice.received_on)
    tell(
        session,
        application,
        key=f"default_registered:{notice.id}",
        template="default_registered",
        notice=notice.number,
        first_day=clock.noon(first).isoformat(),
    )


def penalty_determined(
    session: Session, *, application: Application, notice: DefaultNotice
) -> None:
    """The penalty was determined, and is paid by the municipality itself (Awb 4:18)."""
    tell(
        session,
        application,
        key=f"penalty_determined:{notice.id}",
        template="penalty_determined",
        notice=notice.number,
        penalty_cents=notice.penalty_cents,
    )
