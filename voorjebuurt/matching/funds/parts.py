"""What pages show of a fund, part by part, to be held against later (``kernel.versions``)."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.funds.details import details_of
from voorjebuurt.matching.funds.queries import (
    fund_by_id,
    fund_row,
    latest_version,
    unadmitted_count,
)
from voorjebuurt.matching.models import Fund
from voorjebuurt.rulebook.values import jsontext

_CEILING = "ceiling_cents"


def details_parts(session: Session, fund_id: UUID) -> Parts:
    """The details of a fund, and its state. Raises ``NotFoundError``."""
    fund = _fund(session, fund_id)
    details = {name: _plain(value) for name, value in vars(details_of(fund)).items()}
    return {**details, "status": fund.status}


def ruleset_parts(session: Session, fund_id: UUID) -> Parts:
    """The rules of a fund's draft with their ceiling, and its state. Raises ``NotFoundError``."""
    fund = _fund(session, fund_id)
    rules = jsontext.parse(fund.draft_rules)
    ceiling = rules.get(_CEILING) if isinstance(rules, dict) else None
    others = rules
    if isinstance(rules, dict):
        others = {name: value for name, value in rules.items() if name != _CEILING}
    return {
        "ceiling_cents": ceiling,
        "rules": jsontext.canonical(others),
        "status": fund.status,
    }


def arrangement_parts(session: Session, fund_id: UUID) -> Parts:
    """How a fund's draft accounts for subsidies by size, and its state. Raises as above."""
    fund = _fund(session, fund_id)
    return {
        "arrangements": fund.draft_arrangements,
        "sample_percent": fund.draft_sample_percent,
        "status": fund.status,
    }


def publication_parts(session: Session, fund_id: UUID) -> Parts:
    """All that becomes public. Raises ``NotFoundError``."""
    fund = _fund(session, fund_id)
    rehearsal_id = fund.rehearsal_id
    return {
        **details_parts(session, fund_id),
        **ruleset_parts(session, fund_id),
        **arrangement_parts(session, fund_id),
        "rehearsal": rehearsal_id,
    }


def offer_parts(session: Session, fund_id: UUID) -> Parts:
    """What somebody agrees to who applies: the rules that are public. Raises ``NotFoundError``."""
    fund = _fund(session, fund_id)
    version = latest_version(session, fund_id)
    return {
        "name": fund.name,
        "legal_basis": fund.legal_basis,
        "rules": version.ruleset_sha256 if version else None,
        "arrangements": version.arrangements if version else None,
        "sample_percent": version.sample_percent if version else None,
    }


def pot_parts(session: Session, fund_id: UUID) -> Parts:
    """Where a public fund stands: its state, its last day, and who applied. Raises as above."""
    row = fund_row(session, fund_id)
    if row is None:
        raise NotFoundError("fund_not_found")
    fund = _fund(session, fund_id)
    return {
        "name": fund.name,
        "status": row.status,
        "closes_on": details_of(fund).closes_on,
        "applications_waiting": unadmitted_count(session, fund_id),
    }


def _fund(session: Session, fund_id: UUID) -> Fund:
    fund = fund_by_id(session, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    return fund


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
