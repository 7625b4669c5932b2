"""Publishing a fund, a later version of it, and taking it back before it opens.

What is published is frozen, by the database too: the ceiling and the way of dividing stand
before anybody applies (Awb 4:25 and 4:26). A later version counts for later applications only.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.matching.funds.builder.reading import groups_of
from voorjebuurt.matching.funds.ceilings import ceiling_of_filed, extras_of, margin
from voorjebuurt.matching.funds.lifecycle import (
    bump_fund_version,
    fund_subject,
    move_fund,
    officers_fund,
)
from voorjebuurt.matching.funds.queries import differs, fund_gaps, latest_version
from voorjebuurt.matching.funds.rehearsals import attach_rehearsal
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED
from voorjebuurt.matching.models import Fund, FundPot, FundVersion
from voorjebuurt.people.appointments.powers import require_kind
from voorjebuurt.people.rules import MandateKind
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext


def publish_fund(
    session: Session,
    *,
    fund_id: UUID,
    unrehearsed_reason: str = "",
    indicators: Collection[str],
    actor: Actor,
) -> FundVersion:
    """Freeze details and rules as version 1, and set the ceiling.

    Needs everything that ``publishing_gaps`` asks, a rehearsal of exactly these rules or a reason
    why not, and an officer with a mandate for it who did not write in the draft last. Raises
    ``DomainError``, and ``RefusedError`` when the rules are not allowed any more.
    """
    fund = officers_fund(session, fund_id, actor)
    if fund.status not in EDITABLE:
        raise TransitionError("wrong_state", state=fund.status, action="publish")
    refuse_publisher(session, fund, actor)
    _not_the_editor(fund, actor)
    for gap in fund_gaps(session, fund):
        raise DomainError(gap.code, field=gap.name)
    rules = read_ruleset(jsontext.parse(fund.draft_rules), indicators=indicators)
    fund.published_at, fund.published_by = clock.now(), actor.person_id
    version = _add_version(session, fund, rules, unrehearsed_reason, actor)
    session.add(
        FundPot(
            fund_id=fund.id,
            municipality_id=fund.municipality_id,
            ceiling_cents=rules.ceiling_cents,
        )
    )
    detail = _audit_detail(version)
    reason = version.unrehearsed_reason or None
    move_fund(session, fund=fund, action="publish", actor=actor, reason=reason, detail=detail)
    session.flush()
    return version


def publish_version(
    session: Session,
    *,
    fund_id: UUID,
    change: str,
    unrehearsed_reason: str = "",
    indicators: Collection[str],
    actor: Actor,
) -> FundVersion:
    """Publish the draft rules of a public fund as its next version, and say what changed.

    Its ceiling becomes the pot's, never below what is taken. Raises ``DomainError``.
    """
    fund = officers_fund(session, fund_id, actor)
    if fund.status not in VERSIONED:
        raise TransitionError("wrong_state", state=fund.status, action="publish_version")
    refuse_publisher(session, fund, actor)
    _not_the_editor(fund, actor)
    if not change.strip():
        raise DomainError("fund_change_missing", field="change")
    rules = read_ruleset(jsontext.parse(fund.draft_rules), indicators=indicators)
    before = latest_version(session, fund.id)
    if before is None or not differs(fund, before):
        raise DomainError("fund_rules_unchanged")
    _lottery_is_sourced(fund, rules)
    version = _add_version(session, fund, rules, unrehearsed_reason, actor, change.strip())
    fund.groups = groups_of(rules)
    _set_ceiling(session, fund, rules.ceiling_cents)
    bump_fund_version(fund)
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_VERSION_PUBLISHED,
        subject=fund_subject(fund),
        reason=change,
        detail=_audit_detail(version),
    )
    session.flush()
    return version


def withdraw_fund(session: Session, *, fund_id: UUID, reason: str, actor: Actor) -> Fund:
    """Take back a fund that has not opened. Raises ``DomainError``."""
    fund = officers_fund(session, fund_id, actor)
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    move_fund(session, fund=fund, action="withdraw", actor=actor, reason=reason.strip())
    return fund


def refuse_publisher(session: Session, fund: Fund, actor: Actor) -> None:
    """Raise ``ForbiddenError`` for who has no mandate to publish a fund's rules."""
    require_kind(session, municipality_id=fund.municipality_id, kind=MandateKind.FUND, actor=actor)


def _not_the_editor(fund: Fund, actor: Actor) -> None:
    if actor.person_id is not None and actor.person_id == fund.edited_by:
        raise DomainError("fund_own_draft")


def _lottery_is_sourced(fund: Fund, rules: Ruleset) -> None:
    """A published fund can't name the source of a seed any more."""
    if rules.divide.draws_lots and not fund.lottery_source:
        raise DomainError("fund_lottery_source_missing")


def _add_version(
    session: Session,
    fund: Fund,
    rules: Ruleset,
    unrehearsed_reason: str,
    actor: Actor,
    change: str = "",
) -> FundVersion:
    attach_rehearsal(session, fund=fund, actor=actor)
    reason = "" if fund.rehearsal_id else unrehearsed_reason.strip()
    if fund.rehearsal_id is None and not reason:
        raise DomainError("fund_not_rehearsed", field="unrehearsed_reason")
    before = latest_version(session, fund.id)
    version = FundVersion(
        fund_id=fund.id,
        municipality_id=fund.municipality_id,
        number=before.number + 1 if before else 1,
        rules=fund.draft_rules,
        ruleset_sha256=rules.sha256,
        ceiling_cents=rules.ceiling_cents,
        arrangements=fund.draft_arrangements,
        sample_percent=fund.draft_sample_percent,
        change=change,
        rehearsal_id=fund.rehearsal_id,
        unrehearsed_reason=reason,
        published_at=clock.now(),
        published_by=actor.person_id,
    )
    session.add(version)
    return version


def _set_ceiling(session: Session, fund: Fund, ceiling_cents: int) -> None:
    """Hold the pot while it is compared: a gift at the same moment waits, or was before.

    Whoever applied keeps the higher ceiling (Awb 4:27, second paragraph).
    """
    pot = session.scalars(select(FundPot).where(FundPot.fund_id == fund.id).with_for_update()).one()
    if margin(pot, ceiling_cents, extras_of(session, pot)) < 0:
        values = {"taken_cents": pot.taken_cents}
        raise DomainError("fund_ceiling_below_taken", field="ceiling", **values)
    pot.ceiling_cents = ceiling_cents
    session.flush()
    pot.filed_ceiling_cents = ceiling_of_filed(session, fund.id)


def _audit_detail(version: FundVersion) -> dict[str, object]:
    return {
        "version": version.number,
        "ruleset_sha256": version.ruleset_sha256,
        "ceiling_cents": version.ceiling_cents,
        "arrangements": version.arrangements,
        "sample_percent": version.sample_percent,
    }
