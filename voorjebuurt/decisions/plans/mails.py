"""What applicants are mailed about a change that they asked for."""

from sqlalchemy.orm import Session

from voorjebuurt.decisions.mails import tell
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def plan_request_received(
    session: Session, *, application: Application, request: PlanRequest, is_running: bool
) -> bool:
    """What was asked, and by when there is a decision (Awb 4:13).

    ``is_running``: the last day is one that holds if the campaign succeeds on its own.
    """
    return tell(
        session,
        application,
        key=f"plan_request_received:{request.id}",
        template="plan_request_received",
        wish_on=clock.noon(request.wish_on).isoformat() if request.wish_on else "",
        activities=request.activities,
        running=is_running,
        accounts_by=clock.noon(request.before).isoformat(),
        decide_by=clock.noon(request.decide_by).isoformat(),
        paper_on="" if request.channel == "online" else clock.noon(request.received_on).isoformat(),
    )
