"""Everything about one application on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.accounting.service import refuse_accounting
from voorjebuurt.decisions.cases.checklist import Finding, checklist_of
from voorjebuurt.decisions.cases.stake_queries import declared_stakes
from voorjebuurt.decisions.cases.term_queries import (
    award_due,
    term_events,
    term_of_application,
)
from voorjebuurt.decisions.inquiries.queries import inquiries_of, lot_of, status_today
from voorjebuurt.decisions.inquiry_models import Inquiry, Lot
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.last_terms.queries import last_terms_of
from voorjebuurt.decisions.last_terms.service import refuse_last_term
from voorjebuurt.decisions.models import (
    Accounting,
    CaseNote,
    Decision,
    Objection,
    Stake,
    TermEvent,
)
from voorjebuurt.decisions.objection_models import DefaultNotice
from voorjebuurt.decisions.objections.court.penalties import notices_of
from voorjebuurt.decisions.plans.queries import AskedChange, asked_changes, last_day_now
from voorjebuurt.decisions.proof.revocations import Revocation, revocations
from voorjebuurt.decisions.reports.application_money import ApplicationMoney, application_money
from voorjebuurt.decisions.reports.queries import maximums_of
from voorjebuurt.decisions.rules import inquiries
from voorjebuurt.decisions.rules.inquiries import InquiryGround
from voorjebuurt.decisions.rules.terms import Term
from voorjebuurt.decisions.rulings.plan_requests import refuse_plan_request
from voorjebuurt.decisions.views.queries import intentions_of
from voorjebuurt.kernel.errors import refusal_of
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.people.queries import names_of
from voorjebuurt.pledges.models import CampaignMatch


@dataclass(frozen=True)
class CaseFile:
    """The application with all that belongs to it, oldest first. ``names`` are of everybody in it.

    ``gone`` are the decisions that do not hold any more, and why; ``notices`` of default.
    ``term_to_set``: a last term to account can be set now, or a later one.
    ``notes`` and ``events`` are for officers only. The amount of ``maximums`` is one at most.
    """

    application: Application
    fund: Fund
    version: FundVersion
    campaign: Campaign
    match: CampaignMatch
    money: ApplicationMoney
    term: Term
    clock: Sequence[TermEvent]
    checklist: Sequence[Finding]
    decisions: Sequence[Decision]
    maximums: frozenset[UUID]
    objections: Sequence[Objection]
    accountings: Sequence[Accounting]
    accountable: bool
    stakes: Sequence[Stake]
    notes: Sequence[CaseNote]
    events: Sequence[AuditEvent]
    gone: Mapping[UUID, Revocation]
    notices: Sequence[DefaultNotice]
    intentions: Sequence[Intention]
    inquiries: Sequence[Inquiry]
    last_terms: Sequence[LastTerm]
    plan_changes: Sequence[AskedChange]
    last_day: date | None
    plan_registrable: bool
    term_to_set: bool
    lot: Lot | None
    names: Mapping[UUID, str]

    @property
    def intention(self) -> Intention | None:
        """What is intended now, and not decided yet."""
        return next((each for each in self.intentions if each.closed_at is None), None)

    @property
    def inquiry(self) -> Inquiry | None:
        """The question for proof that is open now."""
        return next((each for each in self.inquiries if each.closed_at is None), None)

    @property
    def asked_change(self) -> AskedChange | None:
        """The change that was asked and waits for a decision."""
        waiting = (each for each in self.plan_changes if each.request.status == "open")
        return next(waiting, None)

    @property
    def must_ask(self) -> bool:
        """Whether the lot fell on the case, and its question was not asked yet."""
        questions = (each for each in self.inquiries if each.ground == InquiryGround.SAMPLE)
        is_asked = any(each.finding != inquiries.Finding.MISTAKE for each in questions)
        return self.lot is not None and self.lot.hit and not is_asked

    def inquiry_state(self, inquiry: Inquiry) -> str:
        """How one of its questions for proof stands today."""
        return status_today(inquiry).value

    @property
    def award_by(self) -> date:
        """By when there must be a decision: in a live fund before the campaign ends."""
        return award_due(self.term.end, match=self.match, campaign=self.campaign)


def case_file(session: Session, application_id: UUID) -> CaseFile | None:
    """The whole case; None when there is none."""
    application = session.get(Application, application_id)
    if application is None:
        return None
    events = trail(session, SubjectKind.APPLICATION, application_id)
    decisions = decisions_of(session, application_id)
    intentions = intentions_of(session, application_id)
    last_terms = last_terms_of(session, application_id)
    plan_changes = asked_changes(session, application_id)
    notes = session.scalars(
        select(CaseNote)
        .where(CaseNote.application_id == application_id)
        .order_by(CaseNote.at, CaseNote.id)
    ).all()
    people = {
        application.applicant_id,
        application.assigned_to,
        *(event.actor_id for event in events),
        *(note.author_id for note in notes),
        *(decision.proposed_by for decision in decisions),
        *(decision.approved_by for decision in decisions),
        *(term.set_by for term in last_terms),
        *(each.request.asked_by for each in plan_changes),
        *(intention.stated_by for intention in intentions),
        *(intention.answered_by for intention in intentions),
    }
    return CaseFile(
        application=application,
        fund=session.get_one(Fund, application.fund_id),
        version=session.get_one(FundVersion, application.version_id),
        campaign=session.get_one(Campaign, application.campaign_id),
        match=session.get_one(CampaignMatch, application_id),
        money=application_money(session, application_id),
        term=term_of_application(session, application),
        clock=term_events(session, application_id),
        checklist=checklist_of(session, application),
        decisions=decisions,
        maximums=maximums_of(session, application_id),
        objections=objections_of(session, application_id),
        accountings=accountings_of(session, application_id),
        accountable=refusal_of(lambda: refuse_accounting(session, application)) is None,
        stakes=declared_stakes(session, application.campaign_id),
        notes=notes,
        events=events,
        gone=revocations(session, [application_id]),
        notices=notices_of(session, application_id),
        intentions=intentions,
        inquiries=inquiries_of(session, application_id),
        last_terms=last_terms,
        plan_changes=plan_changes,
        last_day=last_day_now(session, application),
        plan_registrable=refusal_of(lambda: refuse_plan_request(session, application, date.min))
        is None,
        term_to_set=refusal_of(lambda: refuse_last_term(session, application)) is None,
        lot=lot_of(session, application_id),
        names=names_of(session, people),
    )


def decisions_of(session: Session, application_id: UUID) -> Sequence[Decision]:
    """All decisions on an application, also those that came to nothing."""
    statement = select(Decision).where(Decision.application_id == application_id)
    return session.scalars(statement.order_by(Decision.proposed_at, Decision.id)).all()


def objections_of(session: Session, application_id: UUID) -> Sequence[Objection]:
    """All objections to decisions on an application."""
    statement = select(Objection).where(Objection.application_id == application_id)
    return session.scalars(statement.order_by(Objection.received_at, Objection.id)).all()


def accountings_of(session: Session, application_id: UUID) -> Sequence[Accounting]:
    """All accounts of the money; the last one counts."""
    statement = select(Accounting).where(Accounting.application_id == application_id)
    return session.scalars(statement.order_by(Accounting.at, Accounting.id)).all()
