"""After the letters: an objection, accounts of the money, determinations, and a clawback."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.accounting.service import SpentLine, send_accounting
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objections.service import object_to_decision
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.local.demo.applying import application_of
from voorjebuurt.local.demo.deciding import approve_all
from voorjebuurt.local.demo.fund_stories import (
    ApplicationStory,
    FundStory,
    Said,
    Settlement,
    Spending,
)
from voorjebuurt.local.demo.funding import officer
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application


def settle_application(
    stage: Stage, story: Story, campaign_id: UUID, fund: FundStory, fund_id: UUID
) -> None:
    """Everything that the story still tells of after the award or the refusal."""
    for told in fund.applications:
        if told.campaign == story.key:
            _go_on(stage, story, told, fund, campaign_id, fund_id)


def _go_on(
    stage: Stage,
    story: Story,
    told: ApplicationStory,
    fund: FundStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    if told.objection is not None:
        _object(stage, story, told.objection, campaign_id, fund_id)
    if told.account is not None:
        _account(stage, story, told.account, campaign_id, fund_id)
    if told.settlement is not None:
        _determine(stage, told.settlement, fund, campaign_id, fund_id)
        kinds = {DecisionKind(told.settlement.kind)}
        approve_all(stage, fund, fund_id, day=told.settlement.on + 1, kinds=kinds)
    if told.clawback is not None:
        _claim_back(stage, told.clawback, fund, campaign_id, fund_id)


def _object(stage: Stage, story: Story, told: Said, campaign_id: UUID, fund_id: UUID) -> None:
    with stage.scene(told.on, 21, 15) as session:
        sent = _decided(session, campaign_id, fund_id)
        statement = select(Objection.id).where(Objection.decision_id.in_([one.id for one in sent]))
        if sent and session.scalar(statement) is None:
            author = initiator(session, story.initiator)
            object_to_decision(session, decision_id=sent[-1].id, grounds=told.text, actor=author)


def _account(stage: Stage, story: Story, told: Spending, campaign_id: UUID, fund_id: UUID) -> None:
    with stage.scene(told.on, 20, 5) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.AWARDED)
        if application is not None:
            send_accounting(
                session,
                application_id=application.id,
                lines=[SpentLine(label, euros * 100) for label, euros in told.lines],
                story=told.story,
                receipts=[],
                storage=FolderStorage(stage.runtime.settings.uploads),
                actor=initiator(session, story.initiator),
            )


def _determine(
    stage: Stage, told: Settlement, fund: FundStory, campaign_id: UUID, fund_id: UUID
) -> None:
    with stage.scene(told.on, 10, 40) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.ACCOUNTED)
        sent = _decided(session, campaign_id, fund_id)
        # What was proposed by a load that broke off waits for its approval already.
        if application is None or not sent or _kind_exists(session, application, told.kind):
            return
        propose(
            session,
            application_id=application.id,
            kind=told.kind,
            amount_cents=sent[-1].amount_cents * told.part // 100,
            grounds=[told.ground] if told.ground else [],
            reason=told.reason,
            actor=officer(stage, fund.editor),
        )


def _claim_back(
    stage: Stage, told: Said, fund: FundStory, campaign_id: UUID, fund_id: UUID
) -> None:
    """Propose it; the second officer finds it on the desk."""
    with stage.scene(told.on, 10, 40) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.DETERMINED)
        if application is None or _kind_exists(session, application, "clawback"):
            return
        award, determined = _decided(session, campaign_id, fund_id)[-2:]
        propose(
            session,
            application_id=application.id,
            kind="clawback",
            amount_cents=award.amount_cents - determined.amount_cents,
            grounds=["overpaid"],
            reason=told.text,
            actor=officer(stage, fund.editor),
        )


def _in_state(
    session: Session, campaign_id: UUID, fund_id: UUID, status: ApplicationStatus
) -> Application | None:
    application = application_of(session, campaign_id, fund_id)
    return application if application is not None and application.status == status else None


def _decided(session: Session, campaign_id: UUID, fund_id: UUID) -> list[Decision]:
    """Decisions that were sent, the first one first."""
    statement = (
        select(Decision)
        .join(Application, Application.id == Decision.application_id)
        .where(Application.campaign_id == campaign_id, Application.fund_id == fund_id)
        .where(Decision.sent_at.is_not(None))
    )
    return list(session.scalars(statement.order_by(Decision.sent_at)))


def _kind_exists(session: Session, application: Application, kind: str) -> bool:
    statement = select(Decision.id).where(
        Decision.application_id == application.id, Decision.kind == kind
    )
    return session.scalar(statement) is not None
