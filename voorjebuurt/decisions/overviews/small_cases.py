"""The small cases of a fund on one screen: to check, to approve, and to determine ex officio."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.accounting.queries import ex_officio_to_determine
from voorjebuurt.decisions.cases.checklist import checklist_of
from voorjebuurt.decisions.cases.term_queries import award_due
from voorjebuurt.decisions.models import ChecklistMark, Decision
from voorjebuurt.decisions.overviews.obstacles import (
    obstacle_to_approval,
    obstacle_to_proposal,
)
from voorjebuurt.decisions.proof.snapshots import computation_of
from voorjebuurt.decisions.rules.kinds import DETERMINATIONS, GRANTS, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rulings.batches import refuse_intended
from voorjebuurt.decisions.rulings.small_cases import is_small
from voorjebuurt.decisions.rulings.sums import sums_of
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.rulebook.documents.stored import stored_ruleset

MOST = 100
"""Cases of each kind on one screen."""
_WAITS = frozenset({"round_not_divided"})


@dataclass(frozen=True)
class SmallCase:
    """A case to tick. ``cents`` is what would be decided (eurocents); ``key`` is what the tick is
    about: the application, or the decision that a colleague proposed.

    ``obstacle`` is why this officer can't; ``open_items`` were found not to be met.
    """

    key: UUID
    application_id: UUID
    number: str
    title: str
    group: str
    status: str
    cents: int
    kind: str = ""
    due_on: date | None = None
    legal_on: date | None = None
    undertaking: bool = False
    open_items: tuple[str, ...] = ()
    obstacle: DomainError | None = None


@dataclass(frozen=True)
class SmallCases:
    """All of them, those that are due first on top."""

    to_check: Sequence[SmallCase]
    to_approve: Sequence[SmallCase]
    to_determine: Sequence[SmallCase]

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.to_check or self.to_approve or self.to_determine)


def small_cases(session: Session, fund_id: UUID, actor: Actor) -> SmallCases:
    """What one officer can check, and another approve."""
    return SmallCases(
        _to_check(session, fund_id),
        _to_approve(session, fund_id, actor),
        _to_determine(session, fund_id),
    )


def small_case_parts(session: Session, fund_id: UUID) -> Parts:
    """What such a page rests on, to be held against later (``kernel.versions``)."""
    applications = select(Application.number, Application.status, Application.round_id).where(
        Application.fund_id == fund_id
    )
    marks = (
        select(func.count(ChecklistMark.id))
        .join(Application, Application.id == ChecklistMark.application_id)
        .where(Application.fund_id == fund_id)
    )
    decisions = select(Decision.number, Decision.status).where(Decision.fund_id == fund_id)
    return {
        "applications_waiting": [
            [row.number, row.status, str(row.round_id)]
            for row in session.execute(applications.order_by(Application.number))
        ],
        "checklist": session.scalar(marks),
        "decisions": [[*row] for row in session.execute(decisions.order_by(Decision.number))],
    }


def _to_check(session: Session, fund_id: UUID) -> list[SmallCase]:
    fund = session.get_one(Fund, fund_id)
    states = (ApplicationStatus.RECEIVED.value, ApplicationStatus.ADMITTED.value)
    statement = (
        select(Application, Campaign, CampaignMatch)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(Application.fund_id == fund_id, Application.status.in_(states))
        .order_by(Application.decide_by, Application.number)
        .limit(MOST)
    )
    rows = []
    for application, campaign, match in session.execute(statement):
        version = session.get_one(FundVersion, application.version_id)
        _, _, computation = computation_of(session, application, stored_ruleset(version.rules))
        cents = computation.award_cents if application.round_id or fund.live else 0
        cents = cents or computation.claim_cents
        if not is_small(version, cents):
            continue
        obstacle = _intended(session, application)
        if obstacle is None and application.status == ApplicationStatus.ADMITTED:
            obstacle = obstacle_to_proposal(session, application, DecisionKind.AWARD)
            if obstacle is not None and obstacle.code in _WAITS:
                continue
        findings = checklist_of(session, application)
        rows.append(
            SmallCase(
                key=application.id,
                application_id=application.id,
                number=application.number,
                title=campaign.title,
                group=campaign.group_name,
                status=application.status,
                cents=cents,
                due_on=award_due(application.decide_by, match=match, campaign=campaign),
                legal_on=application.decide_by,
                undertaking=application.undertaking,
                open_items=tuple(check.item for check in findings if check.met is False),
                obstacle=obstacle,
            )
        )
    return sorted(rows, key=_by_day)


def _intended(session: Session, application: Application) -> DomainError | None:
    return refusal_of(partial(refuse_intended, session, application.id))


def _to_approve(session: Session, fund_id: UUID, actor: Actor) -> list[SmallCase]:
    kinds = sorted(kind.value for kind in (*GRANTS, *DETERMINATIONS))
    statement = (
        select(Decision, Application, Campaign, CampaignMatch)
        .join(Application, Application.id == Decision.application_id)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(
            Decision.fund_id == fund_id,
            Decision.status == DecisionStatus.PROPOSED,
            Decision.kind.in_(kinds),
        )
        .order_by(Application.decide_by, Application.number)
        .limit(MOST)
    )
    return [
        SmallCase(
            key=decision.id,
            application_id=application.id,
            number=decision.number,
            title=campaign.title,
            group=campaign.group_name,
            status=application.status,
            cents=decision.amount_cents,
            kind=decision.kind,
            due_on=award_due(application.decide_by, match=match, campaign=campaign)
            if decision.kind in GRANTS
            else None,
            legal_on=application.decide_by if decision.kind in GRANTS else None,
            undertaking=application.undertaking,
            obstacle=obstacle_to_approval(session, decision_id=decision.id, actor=actor),
        )
        for decision, application, campaign, match in session.execute(statement).all()
        if is_small(
            session.get_one(FundVersion, application.version_id),
            max(decision.amount_cents, decision.before_cents),
        )
    ]


def _to_determine(session: Session, fund_id: UUID) -> list[SmallCase]:
    fund = session.get_one(Fund, fund_id)
    days = ex_officio_to_determine(session, fund.municipality_id)
    statement = (
        select(Application, Campaign)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(Application.fund_id == fund_id, Application.id.in_(list(days)[:MOST]))
        .order_by(Application.number)
    )
    rows = []
    for application, campaign in session.execute(statement).all():
        version = session.get_one(FundVersion, application.version_id)
        _, _, computation = computation_of(session, application, stored_ruleset(version.rules))
        rows.append(
            SmallCase(
                key=application.id,
                application_id=application.id,
                number=application.number,
                title=campaign.title,
                group=campaign.group_name,
                status=application.status,
                cents=sums_of(session, application, computation).awarded,
                due_on=days[application.id],
                obstacle=_intended(session, application)
                or obstacle_to_proposal(session, application, DecisionKind.DETERMINATION),
            )
        )
    return sorted(rows, key=_by_day)


def _by_day(row: SmallCase) -> tuple[date, str]:
    return row.due_on or date.max, row.number
