"""Reminders before terms end: to applicants, to initiators, and to officers."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.accounting.queries import committed_on
from voorjebuurt.decisions.inquiries.mails import proof_reminder
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.last_terms.mails import last_term_reminder
from voorjebuurt.decisions.last_terms.queries import last_terms_waited_for
from voorjebuurt.decisions.models import TermEvent
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.worklist import desk_of, own_work
from voorjebuurt.decisions.plans.queries import later_days, open_requests
from voorjebuurt.decisions.rules.accounting import (
    LAST_TERM_REMINDER_DAYS,
    accounting_due,
    asking_turn,
)
from voorjebuurt.decisions.rules.inquiries import INQUIRED
from voorjebuurt.decisions.rules.inquiries import REMINDER_DAYS as PROOF_DAYS_LEFT
from voorjebuurt.decisions.rules.mail_kinds import OfficerMailKind, cadences
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rules.views import REMINDER_DAYS, ViewsStatus
from voorjebuurt.decisions.views.mails import views_reminder
from voorjebuurt.kernel import clock
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.people.queries import officers

COMPLETION_DAYS_LEFT = 3
OFFICER_DAYS_LEFT = frozenset({14, 7, 2, 0})
"""On these days before the last one, something on the desk is a reason for a mail."""
_SOON = max(OFFICER_DAYS_LEFT)


def remind_to_complete(session: Session) -> int:
    """Tell applicants that the term to complete ends in a few days; returns to how many."""
    statement = (
        select(TermEvent, Application)
        .join(Application, Application.id == TermEvent.application_id)
        .where(
            Application.status == ApplicationStatus.INCOMPLETE,
            TermEvent.kind == TermEventKind.COMPLETION_ASKED,
            TermEvent.at >= Application.suspended_at,
        )
    )
    count = 0
    for event, application in session.execute(statement):
        days_left = None if event.until is None else (event.until - clock.today()).days
        if days_left is not None and 0 <= days_left <= COMPLETION_DAYS_LEFT:
            count += mails.completion_reminder(session, application=application, event=event)
    return count


def remind_of_views(session: Session) -> int:
    """Tell applicants that the term to give their views ends in two days; returns to how many."""
    statement = (
        select(Intention, Application)
        .join(Application, Application.id == Intention.application_id)
        .where(Intention.status == ViewsStatus.OPEN, Intention.closed_at.is_(None))
        .order_by(Intention.stated_at)
    )
    count = 0
    for intention, application in session.execute(statement):
        if 0 <= (intention.until - clock.today()).days <= REMINDER_DAYS:
            count += views_reminder(session, application=application, intention=intention)
    return count


def remind_of_proof(session: Session) -> int:
    """Tell applicants that the term to show what was done ends soon; returns to how many."""
    statement = (
        select(Inquiry, Application)
        .join(Application, Application.id == Inquiry.application_id)
        .where(
            Inquiry.closed_at.is_(None),
            Inquiry.channel == "",
            Application.status.in_([status.value for status in INQUIRED]),
        )
        .order_by(Inquiry.asked_at)
    )
    count = 0
    for inquiry, application in session.execute(statement):
        if 0 <= (inquiry.until - clock.today()).days <= PROOF_DAYS_LEFT:
            count += proof_reminder(session, application=application, inquiry=inquiry)
    return count


def remind_of_last_terms(session: Session) -> int:
    """Tell applicants that the last term to account ends within a week; returns to how many."""
    count = 0
    for application_id, term in last_terms_waited_for(session).items():
        if 0 <= (term.until - clock.today()).days <= LAST_TERM_REMINDER_DAYS:
            application = session.get_one(Application, application_id)
            count += last_term_reminder(session, application=application, term=term)
    return count


def ask_for_accountings(session: Session) -> int:
    """Ask initiators to account for the money, and remind them; returns to how many.

    Not once a last term was set: that has a letter and a reminder of its own; nor while a change
    that was asked waits for a decision. Of a later last day, only the reminders.
    """
    count = 0
    terms, requests = last_terms_waited_for(session), open_requests(session)
    days = committed_on(session)
    later = later_days(session, days)
    for application_id, on in days.items():
        turn = asking_turn(on, clock.today(), later=later.get(application_id))
        if application_id in {*terms, *requests} or (not turn and application_id in later):
            continue
        application = session.get_one(Application, application_id)
        count += mails.accounting_asked(
            session,
            application=application,
            due_on=accounting_due(on, later=later.get(application_id)),
            turn=turn,
            is_later=application_id in later,
        )
    return count


def remind_officer(session: Session, *, officer_id: UUID, municipality_id: UUID) -> bool:
    """Tell an officer what is due, on the days on which something is a reason to.

    Not those who chose to read of terms in their daily summary, or not at all.
    """
    desk = desk_of(session, officer_id=officer_id, municipality_id=municipality_id)
    if cadences(cadences_of(session, officer_id))[OfficerMailKind.TERM] is not Cadence.AT_ONCE:
        return False
    works = own_work(all_work(session, municipality_id), desk)
    soon = [work for work in works if work.days_left <= _SOON]
    if not any(work.days_left in OFFICER_DAYS_LEFT for work in soon):
        return False
    cases = [mails.DueCase(work.number, work.title, work.due_on) for work in soon]
    return mails.officer_reminder(
        session, officer_id=officer_id, municipality_id=municipality_id, cases=cases
    )


def officers_to_remind(session: Session) -> list[tuple[UUID, UUID]]:
    """Every officer with their municipality."""
    return [(officer.id, officer.municipality_id) for officer in officers(session)]
