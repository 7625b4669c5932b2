"""Drafting how a fund's subsidies are accounted for, by their size; published with its rules."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.arrangements import Band, as_rows, check_bands
from voorjebuurt.matching.funds.lifecycle import bump_fund_version, fund_subject, officers_fund
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED
from voorjebuurt.matching.models import Fund


def save_arrangements(
    session: Session, *, fund_id: UUID, bands: Sequence[Band], actor: Actor
) -> Fund:
    """Write the bands of a draft, or of the next version of a fund that is public.

    Who did so does not publish it. Raises ``DomainError`` as ``check_bands``.
    """
    fund = officers_fund(session, fund_id, actor)
    if fund.status not in EDITABLE | VERSIONED:
        raise TransitionError("wrong_state", state=fund.status, action="save_arrangements")
    check_bands(bands)
    rows = as_rows(bands)
    if rows == fund.draft_arrangements:
        return fund
    fund.draft_arrangements = rows
    fund.edited_at, fund.edited_by = clock.now(), actor.person_id
    bump_fund_version(fund)
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_ARRANGEMENTS_SAVED,
        subject=fund_subject(fund),
        detail={"arrangements": rows},
    )
    return fund
