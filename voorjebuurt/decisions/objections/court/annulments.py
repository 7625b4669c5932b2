"""Money whose award a court took away, until there is a new decision."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import Appeal, ObjectionRuling
from voorjebuurt.decisions.rules.court import JudgmentOutcome
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.matching.models import Application, Fund

_GIVES = {*GRANTS, DecisionKind.DETERMINATION, DecisionKind.LOWER_DETERMINATION}


def fund_of_annulled_award(session: Session, campaign_id: UUID) -> str | None:
    """The fund whose award to a campaign was annulled and is not decided on anew; None if none is.

    The money stays with the campaign till then (Awb 8:72), and has no decision to be paid on.
    """
    statement = (
        select(Fund.name)
        .join(Application, Application.fund_id == Fund.id)
        .join(Objection, Objection.application_id == Application.id)
        .join(Appeal, Appeal.objection_id == Objection.id)
        .join(ObjectionRuling, ObjectionRuling.id == Appeal.ruling_id)
        .join(Decision, Decision.id == ObjectionRuling.replacement_id)
        .where(
            Application.campaign_id == campaign_id,
            Objection.status == ObjectionStatus.RECEIVED,
            Appeal.outcome == JudgmentOutcome.ANNULMENT,
            Decision.kind.in_([kind.value for kind in _GIVES]),
        )
        .limit(1)
    )
    return session.scalar(statement)
