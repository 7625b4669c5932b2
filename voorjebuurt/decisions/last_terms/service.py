"""An officer sets a last term to account, or a later one (Awb 4:44, third paragraph)."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.last_terms.mails import last_term_set
from voorjebuurt.decisions.last_terms.queries import is_over, last_term_of
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plans.queries import later_day, open_request
from voorjebuurt.decisions.rules.accounting import LAST_TERM_DAYS, accounting_due
from voorjebuurt.decisions.rules.kinds import OPEN
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.arrangements import REPORTED, way_of
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


def set_last_term(
    session: Session, *, application_id: UUID, until: date, reason: str, actor: Actor
) -> UUID:
    """Give a last term to account, once the term has passed; again, for a later last day.

    The applicant is told, on paper too who wants that. After its last day the amount can be
    determined without an account (4:44, fourth paragraph; 4:47, under b). Returns its id. Raises
    as ``refuse_last_term``, and ``DomainError`` at ``until`` or ``reason``.
    """
    _, application = locked_application(session, application_id)
    person_id = impartial_officer(session, application=application, actor=actor)
    before = refuse_last_term(session, application)
    reason = written(reason, "reason", "reason_needed")
    _refuse_day(until, before)
    term = LastTerm(
        application_id=application.id,
        municipality_id=application.municipality_id,
        before=before,
        until=moved(until),
        reason=reason,
        set_at=clock.now(),
        set_by=person_id,
    )
    session.add(term)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_LAST_TERM_SET,
        subject=application_subject(application),
        reason=reason,
        detail={"until": term.until.isoformat(), "before": before.isoformat()},
    )
    last_term_set(session, application=application, term=term)
    news = News(application.number, reason, until=term.until, before=before)
    write_letter(session, LetterKind.LAST_TERM, news, application=application, signer_id=person_id)
    return term.id


def refuse_last_term(session: Session, application: Application) -> date:
    """The last day that holds now. Raises ``DomainError`` while no last term can be set.

    ``plan_before``: a change that was asked is decided on first.
    ``last_term_not_for_way``: there is nothing to account for, or it was; ``account_too_early``:
    the money is not the applicant's yet; ``last_term_too_early``: the term runs still;
    ``decision_open_already``. Locks and changes nothing.
    """
    is_awarded = application.status == ApplicationStatus.AWARDED
    if not is_awarded or way_of(application.arrangement) not in REPORTED:
        raise DomainError("last_term_not_for_way")
    match = session.get_one(CampaignMatch, application.id)
    if match.status not in OWED_MATCH or match.committed_at is None:
        raise DomainError("account_too_early")
    if open_request(session, application.id) is not None:
        raise DomainError("plan_before")
    later = later_day(session, application.id)
    due = accounting_due(clock.local(match.committed_at).date(), later=later)
    if not is_over(due):
        raise DomainError("last_term_too_early", day=due)
    waiting = exists().where(
        Decision.application_id == application.id,
        Decision.status.in_([state.value for state in OPEN]),
    )
    if session.scalar(select(waiting)):
        raise DomainError("decision_open_already")
    term = last_term_of(session, application.id)
    return term.until if term else due


def _refuse_day(until: date, before: date) -> None:
    """Raises ``DomainError`` at ``until``: too short or too long, or no later than it was."""
    shortest, longest = LAST_TERM_DAYS
    if not shortest <= (until - clock.today()).days <= longest:
        raise DomainError("inquiry_term_wrong", field="until", shortest=shortest, longest=longest)
    if until <= before:
        raise DomainError("last_term_no_later", field="until", day=before)
