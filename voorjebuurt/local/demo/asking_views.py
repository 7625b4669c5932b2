"""Before a decision that takes money: the officer asks for views, the applicant answers."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from voorjebuurt.decisions.rules.views import ViewsStatus
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.views.answers import give_views, waive_views
from voorjebuurt.decisions.views.queries import current_intention
from voorjebuurt.decisions.views.weighing import NOTHING_SAID, Weighing
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application

ASKED_BEFORE, ANSWERED_BEFORE = 2, 1
"""Days before the decision on which views are asked, and given."""
_DAYS = 14
_WEIGHED = Weighing("Wij begrijpen dat. U kunt het in delen betalen. Het bedrag blijft hetzelfde.")


def ask(
    session: Session,
    application: Application,
    *,
    kind: str,
    cents: int,
    grounds: Sequence[str],
    reason: str,
    actor: Actor,
) -> None:
    """State the intention (eurocents), unless a load that broke off had."""
    if current_intention(session, application.id) is None:
        state_intention(
            session,
            application_id=application.id,
            kind=kind,
            amount_cents=cents,
            grounds=grounds,
            reason=reason,
            until=clock.today() + timedelta(days=_DAYS),
            actor=actor,
        )


def answer(session: Session, application: Application, *, text: str = "", actor: Actor) -> None:
    """The applicant gives their views, or says that they have none."""
    intention = current_intention(session, application.id)
    if intention is None or intention.status != ViewsStatus.OPEN:
        return
    if text:
        give_views(session, intention_id=intention.id, answer=text, actor=actor)
    else:
        waive_views(session, intention_id=intention.id, actor=actor)


def weighing(session: Session, application: Application) -> Weighing:
    """What the officer says of views that came in."""
    intention = current_intention(session, application.id)
    is_answered = intention is not None and intention.status == ViewsStatus.ANSWERED
    return _WEIGHED if is_answered else NOTHING_SAID
