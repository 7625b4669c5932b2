"""An application as its applicant sees it: what was said and decided, nothing of the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.accounting.queries import committed_on
from voorjebuurt.decisions.accounting.service import refuse_accounting
from voorjebuurt.decisions.cases.term_queries import (
    award_due,
    term_events,
    term_of_application,
)
from voorjebuurt.decisions.inquiries.queries import inquiries_of
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.last_terms.queries import is_over, last_terms_of
from voorjebuurt.decisions.models import Accounting, Decision, Objection, TermEvent
from voorjebuurt.decisions.objection_models import Appeal, ObjectionRuling
from voorjebuurt.decisions.objections.court.appeals import appeals_of, last_ruling
from voorjebuurt.decisions.objections.steps_of import course_of_objection
from voorjebuurt.decisions.overviews.case_file import accountings_of, decisions_of, objections_of
from voorjebuurt.decisions.overviews.case_story import Papers, StoryEvent, case_story
from voorjebuurt.decisions.plans.queries import (
    AskedChange,
    asked_changes,
    last_day_now,
    later_day,
)
from voorjebuurt.decisions.proof.earlier import decisions_for_the_court
from voorjebuurt.decisions.proof.revocations import Revocation, revocations
from voorjebuurt.decisions.reports.application_money import (
    ApplicationMoney,
    application_money,
    money_of,
)
from voorjebuurt.decisions.reports.queries import maximums_of
from voorjebuurt.decisions.rules.accounting import accounting_due, ex_officio_by
from voorjebuurt.decisions.rules.inquiries import INQUIRED
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.decisions.rules.proceedings import Course
from voorjebuurt.decisions.rules.terms import Term, TermEventKind
from voorjebuurt.decisions.rules.views import INTENDABLE, ViewsStatus
from voorjebuurt.decisions.rulings.plan_requests import refuse_plan_request
from voorjebuurt.decisions.views.queries import intended_losses, intentions_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import refusal_of
from voorjebuurt.matching.applications.states import (
    APPLICATION_TRANSITIONS,
    CHANGEABLE,
    ApplicationStatus,
)
from voorjebuurt.matching.arrangements import Way, way_of
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.pledges.models import CampaignMatch


@dataclass(frozen=True)
class ApplicantFile:
    """See above. Decisions are those that were sent; the oldest first, as everything here.

    ``accounting_due`` is the last day to account for the money, once it is the initiator's, and
    ``later_day`` what a change of the award granted; ``last_day`` is that of either way to account
    or determine; ``plan_askable``: a change can be asked now;
    ``accountable``: it can be accounted for now;
    ``for_the_court`` are decisions that can't be objected to again, ``gone`` those that do not hold
    any more; ``courses``, ``rulings`` and ``appeals`` are by objection, the rulings as they were
    sent. The amount of ``maximums`` is one at most.
    """

    application: Application
    fund: Fund
    version: FundVersion
    campaign: Campaign
    match: CampaignMatch
    money: ApplicationMoney
    term: Term
    clock: Sequence[TermEvent]
    story: Sequence[StoryEvent]
    decisions: Sequence[Decision]
    objections: Sequence[Objection]
    accountings: Sequence[Accounting]
    accounting_due: date | None
    accountable: bool
    later_day: date | None
    last_day: date | None
    plan_changes: Sequence[AskedChange]
    plan_askable: bool
    for_the_court: frozenset[UUID]
    gone: Mapping[UUID, Revocation]
    courses: Mapping[UUID, Course]
    rulings: Mapping[UUID, ObjectionRuling]
    appeals: Mapping[UUID, Sequence[Appeal]]
    maximums: frozenset[UUID]
    intentions: Sequence[Intention]
    inquiries: Sequence[Inquiry]
    last_terms: Sequence[LastTerm]

    @property
    def status(self) -> ApplicationStatus:
        """Where it stands; a proposal is the desk's own until a decision is sent."""
        status = ApplicationStatus(self.application.status)
        return ApplicationStatus.ADMITTED if status is ApplicationStatus.PROPOSED else status

    @property
    def way(self) -> Way:
        """How the award is accounted for; by costs while there is none."""
        return way_of(self.application.arrangement)

    @property
    def ex_officio_by(self) -> date | None:
        """By when the municipality makes the amount final by itself, once the money is owed."""
        committed_at = self.match.committed_at
        if self.way is not Way.EX_OFFICIO or committed_at is None:
            return None
        return ex_officio_by(
            clock.local(committed_at).date(),
            weeks=self.application.arrangement_weeks or 0,
            decide_weeks=self.fund.decision_weeks,
            later=self.later_day,
        )

    @property
    def award_by(self) -> date:
        """By when there is a decision: in a live fund before the campaign ends."""
        return award_due(self.term.end, match=self.match, campaign=self.campaign)

    @property
    def asked(self) -> TermEvent | None:
        """The officer's open question to complete the application; None when nothing is asked."""
        if self.application.status != ApplicationStatus.INCOMPLETE:
            return None
        questions = [event for event in self.clock if event.kind == TermEventKind.COMPLETION_ASKED]
        return questions[-1] if questions else None

    @property
    def to_answer(self) -> Intention | None:
        """The intention of which the applicant can still give their views."""
        if self.application.status not in INTENDABLE | {ApplicationStatus.PROPOSED}:
            return None
        waiting = (each for each in self.intentions if each.closed_at is None)
        return next((each for each in waiting if each.status == ViewsStatus.OPEN), None)

    @property
    def to_prove(self) -> Inquiry | None:
        """The question for proof that still waits for the applicant's answer."""
        if self.application.status not in INQUIRED:
            return None
        waiting = (each for each in self.inquiries if each.closed_at is None)
        return next((each for each in waiting if not each.channel), None)

    @property
    def last_term(self) -> LastTerm | None:
        """The last term to account, while no account came."""
        is_awarded = self.application.status == ApplicationStatus.AWARDED
        return self.last_terms[-1] if self.last_terms and is_awarded else None

    @property
    def is_late(self) -> bool:
        """Whether the last term has passed: the municipality can determine the amount now."""
        return self.last_term is not None and is_over(self.last_term.until)

    @property
    def asked_change(self) -> AskedChange | None:
        """The change that was asked and waits for a decision."""
        waiting = (each for each in self.plan_changes if each.request.status == "open")
        return next(waiting, None)

    @property
    def changeable(self) -> bool:
        """Whether the applicant may still change what it says."""
        return self.application.status in CHANGEABLE

    @property
    def withdrawable(self) -> bool:
        """Whether it can still be taken back."""
        return APPLICATION_TRANSITIONS.allowed(
            ApplicationStatus(self.application.status), "withdraw"
        )

    def open_objection(self, decision_id: UUID) -> Objection | None:
        """The objection to a decision that waits for an outcome."""
        waiting = (objection for objection in self.objections if objection.status == "received")
        return next(
            (objection for objection in waiting if objection.decision_id == decision_id), None
        )


def applicant_file(session: Session, application_id: UUID) -> ApplicantFile | None:
    """The file; None when there is no such application."""
    application = session.get(Application, application_id)
    if application is None:
        return None
    committed_on_day = committed_on(session, application.municipality_id).get(application_id)
    match = session.get_one(CampaignMatch, application_id)
    later = later_day(session, application_id)
    papers = Papers(
        term=term_events(session, application_id),
        decisions=[
            decision
            for decision in decisions_of(session, application_id)
            if decision.status == DecisionStatus.SENT
        ],
        objections=[
            objection
            for objection in objections_of(session, application_id)
            if objection.party == Party.APPLICANT
        ],
        accountings=accountings_of(session, application_id),
        maximums=maximums_of(session, application_id),
        intentions=intentions_of(session, application_id),
        inquiries=inquiries_of(session, application_id),
        last_terms=last_terms_of(session, application_id),
        plan_changes=asked_changes(session, application_id),
    )
    return ApplicantFile(
        application=application,
        fund=session.get_one(Fund, application.fund_id),
        version=session.get_one(FundVersion, application.version_id),
        campaign=session.get_one(Campaign, application.campaign_id),
        match=match,
        money=application_money(session, application_id),
        term=term_of_application(session, application),
        clock=papers.term,
        story=case_story(session, application, match, papers),
        decisions=papers.decisions,
        objections=papers.objections,
        accountings=papers.accountings,
        accounting_due=accounting_due(committed_on_day, later=later) if committed_on_day else None,
        later_day=later,
        last_day=last_day_now(session, application),
        plan_changes=papers.plan_changes,
        plan_askable=refusal_of(lambda: refuse_plan_request(session, application, clock.today()))
        is None,
        accountable=refusal_of(lambda: refuse_accounting(session, application)) is None,
        for_the_court=decisions_for_the_court(session, application_id),
        gone=revocations(session, [application_id]),
        courses={
            objection.id: course_of_objection(session, objection.id)
            for objection in papers.objections
        },
        rulings=_sent_rulings(session, papers.objections),
        appeals={each.id: appeals_of(session, each.id) for each in papers.objections},
        maximums=papers.maximums,
        intentions=papers.intentions,
        inquiries=papers.inquiries,
        last_terms=papers.last_terms,
    )


def _sent_rulings(session: Session, objections: Sequence[Objection]) -> dict[UUID, ObjectionRuling]:
    last = {objection.id: last_ruling(session, objection.id) for objection in objections}
    return {key: ruling for key, ruling in last.items() if ruling is not None}


@dataclass(frozen=True)
class AppliedRow:
    """An application in a list of one campaign's, with what its money is now.

    ``award_by``: by when there is a decision, as ``ApplicantFile`` has it.
    """

    id: UUID
    number: str
    fund: str
    status: str
    received_at: datetime
    award_by: date
    money: ApplicationMoney
    loss: Intention | None
    """What is intended that would take money away, and is not decided yet."""


def applications_of_campaign(session: Session, campaign_id: UUID) -> list[AppliedRow]:
    """What a campaign asked for, the latest first."""
    campaign = session.get_one(Campaign, campaign_id)
    statement = (
        select(Application, Fund.name, CampaignMatch)
        .join(Fund, Fund.id == Application.fund_id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(Application.campaign_id == campaign_id)
        .order_by(Application.received_at.desc())
    )
    rows = session.execute(statement).all()
    ids = [application.id for application, _, _ in rows]
    money, losses = money_of(session, ids), intended_losses(session, ids)
    return [
        AppliedRow(
            id=application.id,
            number=application.number,
            fund=fund,
            status=application.status,
            received_at=application.received_at,
            award_by=award_due(application.decide_by, match=match, campaign=campaign),
            money=money[application.id],
            loss=losses.get(application.id),
        )
        for application, fund, match in rows
    ]


def sent_decision(session: Session, decision_id: UUID) -> Decision | None:
    """A decision that was sent, with its letter and snapshot."""
    statement = (
        select(Decision)
        .where(Decision.id == decision_id, Decision.status == DecisionStatus.SENT)
        .options(undefer(Decision.letter), undefer(Decision.snapshot))
    )
    return session.scalar(statement)


def application_of_objection(session: Session, objection_id: UUID) -> UUID | None:
    """The application that an objection is about."""
    return session.scalar(select(Objection.application_id).where(Objection.id == objection_id))
