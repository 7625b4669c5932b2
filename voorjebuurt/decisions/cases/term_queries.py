"""How the clock of an application stands, from what happened to it."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.models import TermEvent
from voorjebuurt.decisions.rules.terms import Term, TermEventKind, TermFact, award_by, term_of
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch


def term_events(session: Session, application_id: UUID) -> Sequence[TermEvent]:
    """Everything that happened to the clock, in order."""
    statement = select(TermEvent).where(TermEvent.application_id == application_id)
    return session.scalars(statement.order_by(TermEvent.at, TermEvent.id)).all()


def term_of_application(session: Session, application: Application) -> Term:
    """The term to decide on an application as it stands now."""
    return _term(session, application, _facts(session, application.id))


def first_term(session: Session, application: Application) -> Term:
    """The term for the first decision on it, also when it was opened again since."""
    facts = takewhile(
        lambda fact: fact.kind is not TermEventKind.REOPENED, _facts(session, application.id)
    )
    return _term(session, application, facts)


def _facts(session: Session, application_id: UUID) -> list[TermFact]:
    return [
        TermFact(TermEventKind(event.kind), clock.local(event.at).date(), event.until)
        for event in term_events(session, application_id)
    ]


def _term(session: Session, application: Application, facts: Iterable[TermFact]) -> Term:
    weeks = session.scalar(select(Fund.decision_weeks).where(Fund.id == application.fund_id)) or 8
    return term_of(clock.local(application.received_at).date(), weeks=weeks, facts=facts)


def award_due(decide_by: date, *, match: CampaignMatch, campaign: Campaign) -> date:
    """By when there is a decision: in a live fund before the campaign ends, while it runs."""
    is_live = match.live and campaign.status == CampaignStatus.LIVE
    return award_by(decide_by, live=is_live, last_day=campaign.deadline_on)


def lapsed_completions(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """The last day to announce that it is not handled, by application that nobody completed."""
    statement = (
        select(TermEvent.application_id)
        .join(Application, Application.id == TermEvent.application_id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status == ApplicationStatus.RECEIVED,
            TermEvent.kind == TermEventKind.COMPLETION_EXPIRED,
        )
        .distinct()
    )
    days = {}
    for key in session.scalars(statement):
        term = term_of_application(session, session.get_one(Application, key))
        if term.lapsed and term.aside_by is not None:
            days[key] = term.aside_by
    return days


def completion_terms(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """The last day to complete, by application that waits for it."""
    statement = (
        select(TermEvent.application_id, TermEvent.until)
        .join(Application, Application.id == TermEvent.application_id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status == ApplicationStatus.INCOMPLETE,
            TermEvent.kind == TermEventKind.COMPLETION_ASKED,
        )
        .order_by(TermEvent.at, TermEvent.id)
    )
    return {key: until for key, until in session.execute(statement) if until is not None}
