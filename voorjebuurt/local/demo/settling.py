"""After the letters: an objection, accounts of the money, determinations, and a clawback."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.accounting.service import SpentLine, send_accounting
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objections.intake.service import object_to_decision
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.objections.steps_of import steps_of
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.local.demo import asking_views
from voorjebuurt.local.demo.applying import application_of
from voorjebuurt.local.demo.changing_awards import change_award
from voorjebuurt.local.demo.deciding import approve_all
from voorjebuurt.local.demo.fund_stories import (
    ApplicationStory,
    FundStory,
    Remark,
    Settlement,
    Spending,
)
from voorjebuurt.local.demo.funding import officer
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.proving import ask_to_show
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application

INVITED_AFTER, HEARING_AFTER = 5, 30
"""Days from an objection to the invitation for a hearing, and from that to the hearing."""


def settle_application(
    stage: Stage, story: Story, campaign_id: UUID, fund: FundStory, fund_id: UUID
) -> None:
    """Everything that the story still tells of after the award or the refusal."""
    for application_story in fund.applications:
        if application_story.campaign == story.key:
            _go_on(stage, story, application_story, fund, campaign_id, fund_id)


def _go_on(
    stage: Stage,
    story: Story,
    application_story: ApplicationStory,
    fund: FundStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    if application_story.objection is not None:
        _object(stage, story, application_story.objection, campaign_id, fund_id)
        _invite(stage, application_story.objection, fund, campaign_id, fund_id)
    if application_story.proof is not None:
        ask_to_show(stage, story, application_story.proof, fund, campaign_id, fund_id)
    if application_story.plan_change is not None:
        change_award(stage, story, application_story.plan_change, fund, campaign_id, fund_id)
    if application_story.account is not None:
        _account(stage, story, application_story.account, campaign_id, fund_id)
    if application_story.settlement is not None:
        _determine(stage, story, application_story.settlement, fund, campaign_id, fund_id)
        kinds = {DecisionKind(application_story.settlement.kind)}
        approve_all(stage, fund, fund_id, day=application_story.settlement.on + 1, kinds=kinds)
    if application_story.clawback is not None:
        _claim_back(stage, story, application_story.clawback, fund, campaign_id, fund_id)


def _object(
    stage: Stage, story: Story, objection: Remark, campaign_id: UUID, fund_id: UUID
) -> None:
    with stage.scene(objection.on, 21, 15) as session:
        decisions = _decided(session, campaign_id, fund_id)
        statement = select(Objection.id).where(
            Objection.decision_id.in_([decision.id for decision in decisions])
        )
        if decisions and session.scalar(statement) is None:
            author = initiator(session, story.initiator)
            object_to_decision(
                session, decision_id=decisions[-1].id, grounds=objection.text, actor=author
            )


def _invite(
    stage: Stage, objection: Remark, fund: FundStory, campaign_id: UUID, fund_id: UUID
) -> None:
    """A hearing is planned, some days from today."""
    with stage.scene(objection.on + INVITED_AFTER, 10, 5) as session:
        decisions = _decided(session, campaign_id, fund_id)
        row = session.scalar(
            select(Objection).where(
                Objection.decision_id.in_([decision.id for decision in decisions]),
                Objection.status == "received",
            )
        )
        if row is None or steps_of(session, row.id):
            return
        note = StepNote(
            clock.today(),
            until=moved(clock.today() + timedelta(days=HEARING_AFTER)),
            place="14.00 uur, raadhuis van Waterlanden, kamer 3",
            body="U mag iemand meenemen.",
        )
        record_step(
            session,
            objection_id=row.id,
            kind=StepKind.INVITATION,
            note=note,
            actor=officer(stage, fund.editor),
        )


def _account(
    stage: Stage, story: Story, account: Spending, campaign_id: UUID, fund_id: UUID
) -> None:
    with stage.scene(account.on, 20, 5) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.AWARDED)
        if application is not None:
            send_accounting(
                session,
                application_id=application.id,
                lines=[SpentLine(label, euros * 100) for label, euros in account.lines],
                story=account.story,
                receipts=[],
                storage=FolderStorage(stage.runtime.settings.uploads),
                actor=initiator(session, story.initiator),
            )


def _determine(
    stage: Stage,
    story: Story,
    settlement: Settlement,
    fund: FundStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    if settlement.ground:
        _ask_before(stage, story, settlement, fund, campaign_id, fund_id)
    with stage.scene(settlement.on, 10, 40) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.ACCOUNTED)
        decisions = _decided(session, campaign_id, fund_id)
        # What was proposed by a load that broke off waits for its approval already.
        if (
            application is None
            or not decisions
            or _kind_exists(session, application, settlement.kind)
        ):
            return
        propose(
            session,
            application_id=application.id,
            kind=settlement.kind,
            amount_cents=decisions[-1].amount_cents * settlement.part // 100,
            grounds=[settlement.ground] if settlement.ground else [],
            reason=settlement.reason,
            weighing=asking_views.weighing(session, application),
            actor=officer(stage, fund.editor),
        )


def _ask_before(
    stage: Stage,
    story: Story,
    settlement: Settlement,
    fund: FundStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    """The initiator is asked first, and has no views (Awb 4:8)."""
    with stage.scene(settlement.on - asking_views.ASKED_BEFORE, 10, 40) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.ACCOUNTED)
        decisions = _decided(session, campaign_id, fund_id)
        if application is None or not decisions:
            return
        asking_views.ask(
            session,
            application,
            kind=settlement.kind,
            cents=decisions[-1].amount_cents * settlement.part // 100,
            grounds=[settlement.ground],
            reason=settlement.reason,
            actor=officer(stage, fund.editor),
        )
    with stage.scene(settlement.on - asking_views.ANSWERED_BEFORE, 20, 15) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.ACCOUNTED)
        if application is not None:
            asking_views.answer(session, application, actor=initiator(session, story.initiator))


def _claim_back(
    stage: Stage,
    story: Story,
    clawback: Remark,
    fund: FundStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    """Ask the initiator first, and propose it; the second officer finds it on the desk."""
    with stage.scene(clawback.on - asking_views.ASKED_BEFORE, 10, 40) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.DETERMINED)
        if application is not None and not _kind_exists(session, application, "clawback"):
            award, settlement = _decided(session, campaign_id, fund_id)[-2:]
            asking_views.ask(
                session,
                application,
                kind="clawback",
                cents=award.amount_cents - settlement.amount_cents,
                grounds=["overpaid"],
                reason=clawback.text,
                actor=officer(stage, fund.editor),
            )
    with stage.scene(clawback.on - asking_views.ANSWERED_BEFORE, 20, 15) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.DETERMINED)
        if application is not None:
            asking_views.answer(
                session,
                application,
                text="Dat bedrag hebben wij niet in één keer. Kan het in delen?",
                actor=initiator(session, story.initiator),
            )
    with stage.scene(clawback.on, 10, 40) as session:
        application = _in_state(session, campaign_id, fund_id, ApplicationStatus.DETERMINED)
        if application is None or _kind_exists(session, application, "clawback"):
            return
        award, settlement = _decided(session, campaign_id, fund_id)[-2:]
        propose(
            session,
            application_id=application.id,
            kind="clawback",
            amount_cents=award.amount_cents - settlement.amount_cents,
            grounds=["overpaid"],
            reason=clawback.text,
            weighing=asking_views.weighing(session, application),
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
