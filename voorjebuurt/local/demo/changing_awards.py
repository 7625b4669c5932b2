"""An applicant asks for a later last day; two officers give it, with a letter of its own."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plans.queries import asked_changes, open_request
from voorjebuurt.decisions.plans.rulings import plan_terms
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.plans import PlanOutcome, Wish
from voorjebuurt.decisions.rulings.plan_requests import ask_plan_change
from voorjebuurt.decisions.rulings.preview import decision_bounds
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.local.demo.applying import application_of
from voorjebuurt.local.demo.deciding import approve_all
from voorjebuurt.local.demo.fund_stories import FundStory, PlanChange
from voorjebuurt.local.demo.funding import officer
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.matching.applications.states import ApplicationStatus

_KIND = DecisionKind.PLAN_CHANGE


def change_award(
    stage: Stage,
    story: Story,
    change: PlanChange,
    fund: FundStory,
    campaign_id: UUID,
    fund_id: UUID,
) -> None:
    """The question on its day, the proposal in the morning of another, and the letter after it."""
    with stage.scene(change.on, 20, 25) as session:
        application = application_of(session, campaign_id, fund_id)
        if application is None or application.status != ApplicationStatus.AWARDED:
            return
        if not asked_changes(session, application.id):
            ask_plan_change(
                session,
                application_id=application.id,
                wish=Wish(stage.today + timedelta(change.until), ""),
                reason=change.reason,
                actor=initiator(session, story.initiator),
            )
    with stage.scene(change.decided, 8, 40) as session:
        # A proposal that was made before a load broke off waits for its second officer below.
        waits = open_request(session, application.id) is not None
        decisions = select(Decision.id).where(
            Decision.application_id == application.id, Decision.kind == _KIND
        )
        if waits and session.scalar(decisions.limit(1)) is None:
            terms = plan_terms(
                session,
                application_id=application.id,
                outcome=PlanOutcome.WHOLE,
                part=Wish(None, ""),
                reason="",
            )
            bounds = decision_bounds(session, application_id=application.id, kind=_KIND)
            propose(
                session,
                application_id=application.id,
                kind=_KIND,
                amount_cents=bounds.highest_cents,
                grounds=(),
                reason="",
                actor=officer(stage, fund.editor),
                terms=ChangeTerms(plan=terms),
            )
    approve_all(stage, fund, fund_id, day=change.decided, kinds={_KIND})
