"""Drafting how a fund's subsidies are accounted for, by their size; published with its rules."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.matching.arrangements import SMALL, Band, as_rows, check_bands
from voorjebuurt.matching.funds.lifecycle import bump_fund_version, fund_subject, officers_fund
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED
from voorjebuurt.matching.models import Fund


def save_arrangements(
    session: Session,
    *,
    fund_id: UUID,
    bands: Sequence[Band],
    sample_percent: int = 0,
    actor: Actor,
) -> Fund:
    """Write the bands of a draft, or of the next version of a fund that is public.

    ``sample_percent``: of how many in a hundred cases that are determined ex officio proof is
    asked, by lot. Who did so does not publish it. Raises ``DomainError`` as ``check_bands``, and at
    ``sample_percent``.
    """
    fund = officers_fund(session, fund_id, actor)
    if fund.status not in EDITABLE | VERSIONED:
        raise TransitionError("wrong_state", state=fund.status, action="save_arrangements")
    check_bands(bands)
    _check_sample(bands, sample_percent)
    rows = as_rows(bands)
    if (rows, sample_percent) == (fund.draft_arrangements, fund.draft_sample_percent):
        return fund
    fund.draft_arrangements, fund.draft_sample_percent = rows, sample_percent
    fund.edited_at, fund.edited_by = clock.now(), actor.person_id
    bump_fund_version(fund)
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_ARRANGEMENTS_SAVED,
        subject=fund_subject(fund),
        detail={"arrangements": rows, "sample_percent": sample_percent},
    )
    return fund


def _check_sample(bands: Sequence[Band], sample_percent: int) -> None:
    """A sample is of cases that are determined ex officio: in a live fund direct ones too."""
    if not 0 <= sample_percent <= 100:
        raise DomainError("sample_out_of_range", field="sample_percent")
    if sample_percent and not any(band.way in SMALL for band in bands):
        raise DomainError("sample_of_nothing", field="sample_percent")
