"""What applicants are mailed about the handling of their application, and officers about terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Accounting, Decision, TermEvent
from voorjebuurt.decisions.rules.mail_kinds import OfficerMailKind
from voorjebuurt.decisions.rules.terms import award_by
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.matching.applications.mails import to_applicant
from voorjebuurt.matching.arrangements import way_of
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person


def completion_asked(session: Session, *, application: Application, event: TermEvent) -> None:
    """Something is missing: what, and by when (Awb 4:5)."""
    tell(
        session,
        application,
        key=f"completion_asked:{event.id}",
        template="completion_asked",
        reason=event.reason,
        complete_by=clock.noon(event.until or clock.today()).isoformat(),
    )


def completion_received(
    session: Session, *, application: Application, event: TermEvent, on_paper: bool = False
) -> None:
    """The applicant completed it: by when there is a decision now (Awb 4:15)."""
    tell(
        session,
        application,
        key=f"completion_received:{event.id}",
        template="completion_received",
        paper_on=clock.noon(clock.local(event.at).date()).isoformat() if on_paper else None,
        decide_by=clock.noon(application.decide_by).isoformat(),
    )


def application_admitted(
    session: Session, *, application: Application, fund: Fund, admitted_at: datetime
) -> None:
    """All of the checklist is met: what happens next, in a live fund and in one that is divided.

    A fund that was divided before is not divided again, so nothing is said of that.
    """
    will_divide = not fund.live and fund.status in (FundStatus.OPEN, FundStatus.CLOSED)
    tell(
        session,
        application,
        key=f"application_admitted:{application.id}:{admitted_at.isoformat()}",
        template="application_admitted",
        way="live" if fund.live else "division" if will_divide else "",
        decide_by=clock.noon(_decide_by(session, application)).isoformat(),
    )


def _decide_by(session: Session, application: Application) -> date:
    """By when there is a decision: in a live fund before the campaign ends."""
    row = session.execute(
        select(Fund.live, Campaign.deadline_on)
        .select_from(Fund)
        .join(Campaign, Campaign.id == application.campaign_id)
        .where(Fund.id == application.fund_id)
    ).one()
    return award_by(application.decide_by, live=row.live, last_day=row.deadline_on)


def application_withdrawn(
    session: Session, *, application: Application, on_paper: date | None = None
) -> None:
    """Confirm to the applicant that nothing is decided on it any more.

    ``on_paper``: the day on which their letter came in that says so.
    """
    tell(
        session,
        application,
        key=f"application_withdrawn:{application.id}",
        template="application_withdrawn",
        paper_on=clock.noon(on_paper).isoformat() if on_paper else None,
    )


def completion_reminder(session: Session, *, application: Application, event: TermEvent) -> bool:
    """The term to complete ends soon; once per question."""
    return tell(
        session,
        application,
        key=f"completion_reminder:{event.id}",
        template="completion_reminder",
        complete_by=clock.noon(event.until or clock.today()).isoformat(),
    )


def term_extended(session: Session, *, application: Application, event: TermEvent) -> None:
    """Deciding takes longer: why, and until when (Awb 4:14)."""
    tell(
        session,
        application,
        key=f"term_extended:{event.id}",
        template="term_extended",
        reason=event.reason,
        decide_by=clock.noon(application.decide_by).isoformat(),
    )


def decision_sent(
    session: Session,
    *,
    application: Application,
    decision: Decision,
    answers_objection: bool,
    is_maximum: bool,
) -> None:
    """There is a decision: where to read it, and until when to object (Awb 3:41, 3:45).

    ``is_maximum``: the award of a live fund, whose amount follows from gifts. One that
    answers an objection can only be appealed against (Awb 6:23).
    """
    tell(
        session,
        application,
        key=f"decision_sent:{decision.id}",
        template="decision_answers_objection" if answers_objection else "decision_sent",
        kind=decision.kind,
        is_maximum=is_maximum,
        amount_cents=decision.amount_cents,
        object_until=clock.noon(decision.object_until or clock.today()).isoformat(),
    )


def accounting_asked(
    session: Session, *, application: Application, due_on: date, turn: int, is_later: bool = False
) -> bool:
    """Tell the initiator to account for the money; once per ``turn``, and again once the last day
    ``is_later`` by a change of the award.
    """
    return tell(
        session,
        application,
        key=f"accounting_asked:{application.id}:{turn}" + (f":{due_on}" if is_later else ""),
        template="accounting_asked",
        again=turn > 0,
        way=way_of(application.arrangement).value,
        due_on=clock.noon(due_on).isoformat(),
    )


def accounting_received(
    session: Session, *, application: Application, accounting: Accounting, determine_by: date
) -> None:
    """The account came in: what it comes to, and by when the amount is determined (Awb 4:13)."""
    came_on = clock.local(accounting.at).date()
    tell(
        session,
        application,
        key=f"accounting_received:{accounting.id}",
        template="accounting_received",
        paper_on=clock.noon(came_on).isoformat() if accounting.paper_id else None,
        spent_cents=accounting.spent_cents,
        decide_by=clock.noon(determine_by).isoformat(),
    )


@dataclass(frozen=True)
class DueCase:
    """A line of an officer's reminder."""

    number: str
    title: str
    due_on: date


def officer_reminder(
    session: Session, *, officer_id: UUID, municipality_id: UUID, cases: Sequence[DueCase]
) -> bool:
    """Tell an officer what is due soon in a municipality, at most once a day."""
    officer = session.get_one(Person, officer_id)
    return queue_mail(
        session,
        key=f"officer_reminder:{officer_id}:{municipality_id}:{clock.today()}",
        template="officer_reminder",
        recipient=officer.email,
        locale=officer.locale,
        name=officer.name,
        reader_id=str(officer_id),
        municipality_ids=[str(municipality_id)],
        kinds=[OfficerMailKind.TERM.value],
        cadence=Cadence.AT_ONCE.value,
        desk_path=links.officer_desk(),
        cases=[
            {
                "number": case.number,
                "title": case.title,
                "due_on": clock.noon(case.due_on).isoformat(),
            }
            for case in cases
        ],
    )


def tell(
    session: Session, application: Application, *, key: str, template: str, **context: Any
) -> bool:
    """A mail to the applicant that names the fund and the campaign."""
    fund = select(Fund.name).where(Fund.id == application.fund_id)
    title = select(Campaign.title).where(Campaign.id == application.campaign_id)
    return to_applicant(
        session,
        application,
        key=key,
        template=template,
        fund=session.scalar(fund),
        title=session.scalar(title),
        **context,
    )
