"""Drafting a fund: its details, and its rules as the next version will have them.

Any officer of the municipality may write in a draft. Who did so last is kept: somebody else
publishes it (``fund_publishing``).
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.matching.arrangements import USUAL, as_rows
from voorjebuurt.matching.funds.builder.reading import groups_of
from voorjebuurt.matching.funds.details import FundDetails, check_details
from voorjebuurt.matching.funds.lifecycle import (
    bump_fund_version,
    fund_subject,
    move_fund,
    officers_fund,
    require_officer,
)
from voorjebuurt.matching.funds.rehearsals import attach_rehearsal
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED, FundStatus
from voorjebuurt.matching.models import Fund
from voorjebuurt.places.areas import areas_of
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json


def create_fund(
    session: Session,
    *,
    municipality_id: UUID,
    details: FundDetails,
    rules: Json,
    indicators: Collection[str],
    actor: Actor,
) -> Fund:
    """A new draft of a municipality, with rules to start from.

    Raises ``RefusedError`` for rules that do not validate, ``DomainError`` for the details.
    """
    require_officer(session, municipality_id, actor)
    ruleset = read_ruleset(rules, indicators=indicators)
    fund = Fund(
        municipality_id=municipality_id,
        slug=_free_slug(session, details.name),
        draft_rules=jsontext.canonical(rules),
        draft_arrangements=as_rows(USUAL),
        live=ruleset.live,
        groups=groups_of(ruleset),
        created_at=clock.now(),
        created_by=actor.person_id,
    )
    _write_details(session, fund, details)
    session.add(fund)
    session.flush()
    _note_edit(fund, actor)
    bump_fund_version(fund)
    audit.record(session, actor=actor, action=Action.FUND_CREATED, subject=fund_subject(fund))
    attach_rehearsal(session, fund=fund, actor=actor)
    return fund


def change_fund(session: Session, *, fund_id: UUID, details: FundDetails, actor: Actor) -> Fund:
    """Write a draft's details; what was published stands. Raises ``DomainError`` with a field."""
    fund = officers_fund(session, fund_id, actor)
    _in(fund, EDITABLE, "change")
    _write_details(session, fund, details)
    _note_edit(fund, actor)
    bump_fund_version(fund)
    audit.record(session, actor=actor, action=Action.FUND_CHANGED, subject=fund_subject(fund))
    return fund


def save_ruleset(
    session: Session, *, fund_id: UUID, rules: Json, indicators: Collection[str], actor: Actor
) -> Fund:
    """Write the rules of a draft, or of the next version of a fund that is public.

    Other rules than were rehearsed make it a draft again; the same rules change nothing.
    Raises ``RefusedError`` for rules that do not validate.
    """
    fund = officers_fund(session, fund_id, actor)
    _in(fund, EDITABLE | VERSIONED, "save_rules")
    ruleset = read_ruleset(rules, indicators=indicators)
    public = fund.status in VERSIONED
    if public and ruleset.live != fund.live:
        raise DomainError("fund_moment_stands", field="live")
    text = jsontext.canonical(rules)
    if text == fund.draft_rules:
        return fund
    fund.draft_rules, fund.rehearsal_id = text, None
    if not public:
        fund.live, fund.groups = ruleset.live, groups_of(ruleset)
    if fund.status == FundStatus.REHEARSED:
        move_fund(session, fund=fund, action="revise", actor=actor)
    _note_edit(fund, actor)
    bump_fund_version(fund)
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_RULES_SAVED,
        subject=fund_subject(fund),
        detail={"ruleset_sha256": ruleset.sha256},
    )
    attach_rehearsal(session, fund=fund, actor=actor)
    return fund


def _note_edit(fund: Fund, actor: Actor) -> None:
    fund.edited_at, fund.edited_by = clock.now(), actor.person_id


def _in(fund: Fund, states: Collection[FundStatus], action: str) -> None:
    if fund.status not in states:
        raise TransitionError("wrong_state", state=fund.status, action=action)


def _write_details(session: Session, fund: Fund, details: FundDetails) -> None:
    check_details(details)
    areas = areas_of(session, fund.municipality_id)
    if not set(details.area_codes) <= {area.code for area in areas}:
        raise DomainError("fund_area_elsewhere", field="area_codes")
    fund.name, fund.purpose = details.name, details.purpose
    fund.legal_basis, fund.sender = details.legal_basis, details.sender
    fund.objection_address = details.objection_address
    fund.scheme_reference = details.scheme_reference
    fund.ceiling_reference = details.ceiling_reference
    fund.opens_at = _midnight_before(details.opens_on)
    fund.closes_at = _midnight_before(details.closes_on and details.closes_on + timedelta(days=1))
    fund.area_codes = sorted(set(details.area_codes))
    fund.prepaid, fund.stacks = details.prepaid, details.stacks
    fund.decision_weeks = details.decision_weeks
    fund.checklist, fund.lottery_source = list(details.checklist), details.lottery_source


def _midnight_before(day: date | None) -> datetime | None:
    return None if day is None else clock.end_of_day(day - timedelta(days=1))


def _free_slug(session: Session, name: str) -> str:
    """The name as a part of an address; with a number where others have that address."""
    base = slug_of(name)
    like = Fund.slug.startswith(base, autoescape=True)
    slugs_in_use = set(session.scalars(select(Fund.slug).where(like)))
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in slugs_in_use:
        number += 1
    return slug
