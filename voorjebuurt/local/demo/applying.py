"""Applications for match money, between the gifts: received, checked, and admitted in time.

A live fund awards then: one officer proposes, a second one approves, and later that day it is sent.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.admission import admit_application
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.preview import decision_bounds
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.local.demo.fund_stories import ApplicationStory, FundStory
from voorjebuurt.local.demo.funding import officer
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.matching.applications.service import submit_application
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application

TimedAction = tuple[datetime, Callable[[], None]]
"""Something that happens at a moment, in the course of a campaign's gifts."""


def applying(
    stage: Stage, story: Story, campaign_id: UUID, fund: FundStory, fund_id: UUID
) -> Iterator[TimedAction]:
    """What a campaign and its officer do about a fund before anything is decided, in order."""
    for application_story in fund.applications:
        if application_story.campaign != story.key:
            continue
        yield (
            stage.moment(application_story.applied, 20, 30),
            partial(_apply, stage, story, application_story, campaign_id, fund_id),
        )
        if application_story.admitted is not None:
            deed = _award if fund.rules.get("moment") == "live" else _admit
            yield (
                stage.moment(application_story.admitted, 11, 10),
                partial(deed, stage, fund, application_story, campaign_id, fund_id),
            )


def application_of(session: Session, campaign_id: UUID, fund_id: UUID) -> Application | None:
    """A campaign's application to a fund."""
    return session.scalar(
        select(Application).where(
            Application.campaign_id == campaign_id, Application.fund_id == fund_id
        )
    )


def check(
    session: Session,
    application: Application,
    fund: FundStory,
    actor: Actor,
    *,
    unmet_item: str = "",
) -> None:
    """Tick every item of the checklist, but for one that is not met."""
    for item in fund.checklist:
        if item != unmet_item:
            mark_item(
                session, application_id=application.id, item=item, is_met=True, note="", actor=actor
            )


def _apply(
    stage: Stage,
    story: Story,
    application_story: ApplicationStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    with stage.scene(application_story.applied, 20, 30) as session:
        if application_of(session, campaign_id, fund_id) is None:
            submit_application(
                session,
                fund_id=fund_id,
                campaign_id=campaign_id,
                reach=application_story.reach,
                groups=[],
                undertaking=False,
                de_minimis="",
                actor=initiator(session, story.initiator),
            )


def _admit(
    stage: Stage,
    fund: FundStory,
    application_story: ApplicationStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    with stage.scene(application_story.admitted or 0, 11, 10) as session:
        application = application_of(session, campaign_id, fund_id)
        if application is not None and application.status == ApplicationStatus.RECEIVED:
            actor = officer(stage, fund.editor)
            check(session, application, fund, actor)
            admit_application(session, application_id=application.id, actor=actor)


def _award(
    stage: Stage,
    fund: FundStory,
    application_story: ApplicationStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    """The officer with the smaller mandate proposes: the one who approves must have the larger."""
    day = application_story.admitted or 0
    with stage.scene(day, 11, 10) as session:
        application = application_of(session, campaign_id, fund_id)
        if application is None or application.status != ApplicationStatus.RECEIVED:
            return
        actor = officer(stage, fund.publisher)
        check(session, application, fund, actor)
        bounds = decision_bounds(session, application_id=application.id, kind=DecisionKind.AWARD)
        decision_id = propose(
            session,
            application_id=application.id,
            kind=bounds.kind,
            amount_cents=bounds.highest_cents,
            grounds=(),
            reason="",
            actor=actor,
        )
    minutes = stage.runtime.settings.decisions.recall_minutes
    with stage.scene(day, 11, 40) as session:
        approver = officer(stage, fund.editor)
        approve(session, decision_id=decision_id, recall_minutes=minutes, actor=approver)
    with stage.scene(day, 12, 30) as session:
        website = stage.runtime.settings.base_url
        send_decision(session, decision_id=decision_id, website=website)
