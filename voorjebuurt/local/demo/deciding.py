"""A fund that is over: refused, divided, and decided by two officers, one letter each."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import FIRST, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.batches import propose_round
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import due_decisions, send_decision
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.local.demo.applying import application_of, check
from voorjebuurt.local.demo.fund_stories import FundStory, Refusal
from voorjebuurt.local.demo.funding import fund_state, officer
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.funds.schedule import close_fund, settle
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.rounds.service import divide_round, rounds_of


def divide_fund(
    stage: Stage, fund: FundStory, fund_id: UUID, campaigns: Mapping[str, UUID]
) -> None:
    """Close a fund on its day and bring it to the letters; ``campaigns`` by their story's key."""
    with stage.scene(fund.closes + 1, 0, 1) as session:
        close_fund(session, fund_id=fund_id, actor=SYSTEM)
    for application_story in fund.applications:
        if application_story.refusal is not None and application_story.campaign in campaigns:
            _refuse(
                stage,
                fund,
                application_story.refusal,
                fund_id,
                campaigns[application_story.campaign],
            )
    approve_all(stage, fund, fund_id, day=fund.closes + 2)
    if fund_state(stage, fund_id) is FundStatus.CLOSED:
        with stage.scene(fund.closes + 2, 13, 30) as session:
            divide_round(session, fund_id=fund_id, actor=officer(stage, fund.editor))
    with stage.scene(fund.closes + 2, 14, 0) as session:
        if rounds_of(session, fund_id):
            propose_round(session, fund_id=fund_id, actor=officer(stage, fund.editor))
    approve_all(stage, fund, fund_id, day=fund.closes + 3)
    with stage.scene(fund.closes + 4, 6, 17) as session:
        settle(session, fund_id=fund_id, actor=SYSTEM)


def approve_all(
    stage: Stage,
    fund: FundStory,
    fund_id: UUID,
    *,
    day: int,
    kinds: Collection[DecisionKind] = FIRST,
) -> None:
    """A second officer approves what waits, one after another; later that day it is sent."""
    with stage.runtime.database.reading() as session:
        waiting = _proposed(session, fund_id, kinds)
    for place, decision_id in enumerate(waiting):
        with stage.scene(day, 9, 10 + place) as session:
            approve(
                session,
                decision_id=decision_id,
                recall_minutes=stage.runtime.settings.decisions.recall_minutes,
                actor=officer(stage, fund.publisher),
            )
    _send(stage, day)


def _send(stage: Stage, day: int) -> None:
    """What can't be recalled any more. (A job that was due on a day gone by ran too early.)"""
    with stage.runtime.database.reading() as session, stage.at(day, 12, 30):
        due = due_decisions(session)
    for decision_id in due:
        with stage.scene(day, 12, 30) as session:
            website = stage.runtime.settings.base_url
            send_decision(session, decision_id=decision_id, website=website)


def _proposed(session: Session, fund_id: UUID, kinds: Collection[DecisionKind]) -> list[UUID]:
    statement = select(Decision.id).where(
        Decision.fund_id == fund_id,
        Decision.status == DecisionStatus.PROPOSED,
        Decision.kind.in_([kind.value for kind in kinds]),
    )
    return list(session.scalars(statement.order_by(Decision.number)))


def _refuse(
    stage: Stage, fund: FundStory, refusal: Refusal, fund_id: UUID, campaign_id: UUID
) -> None:
    actor = officer(stage, fund.editor)
    with stage.scene(refusal.on, 15, 20) as session:
        application = application_of(session, campaign_id, fund_id)
        if application is None or application.status != ApplicationStatus.RECEIVED:
            return
        check(session, application, fund, actor, unmet_item=refusal.unmet)
        _mark_unmet(session, application, refusal, stage, fund)
        propose(
            session,
            application_id=application.id,
            kind="refusal",
            amount_cents=0,
            grounds=[refusal.ground],
            reason=refusal.reason,
            actor=actor,
        )


def _mark_unmet(
    session: Session, application: Application, refusal: Refusal, stage: Stage, fund: FundStory
) -> None:
    mark_item(
        session,
        application_id=application.id,
        item=refusal.unmet,
        is_met=False,
        note=refusal.note,
        actor=officer(stage, fund.editor),
    )
