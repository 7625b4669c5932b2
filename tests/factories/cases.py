"""Funds that are open, officers with a mandate, and applications through the real steps."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.factories.payouts import person
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications import submit_application
from voorjebuurt.matching.models import Application, Fund, FundPot, FundVersion
from voorjebuurt.matching.rules import jsontext
from voorjebuurt.people.models import RoleGrant

_numbers = count(1)
CEILING = 1_000_000
RULES: dict[str, Any] = {
    "schema": "matchregel/1",
    "ceiling_cents": CEILING,
    "base": {"kind": "ratio", "ratio": "1"},
    "divide": {"kind": "arrival"},
}
"""A plain euro for a euro, first come first served."""


def open_fund(
    session: Session, municipality_id: UUID, *, rules: Mapping[str, Any] = RULES, **fields: object
) -> Fund:
    """A fund of € 10,000 in arrears that is open from a week ago and for sixty days more."""
    number, now = next(_numbers), clock.now()
    live = bool(fields.get("live", False))
    written = {**rules, "moment": "live"} if live else dict(rules)
    values: dict[str, object] = {
        "municipality_id": municipality_id,
        "slug": f"fonds-{number}",
        "name": f"Buurtfonds {number}",
        "legal_basis": "Subsidieverordening, artikel 3",
        "sender": "Het college van burgemeester en wethouders",
        "objection_address": "Postbus 1, 1000 AA Voorbeeld",
        "status": "open",
        "live": live,
        "prepaid": False,
        "stacks": False,
        "opens_at": now - timedelta(days=7),
        "closes_at": now + timedelta(days=60),
        "groups": ["Jongeren", "Nieuwkomers"],
        "checklist": ["De actie is in de gemeente", "De begroting klopt"],
        "draft_rules": jsontext.canonical(written),
        "created_at": now,
        "published_at": now - timedelta(days=14),
        **fields,
    }
    fund = Fund(**values)
    session.add(fund)
    session.flush()
    session.add(_version(fund, jsontext.canonical(written)))
    session.add(FundPot(fund_id=fund.id, municipality_id=municipality_id, ceiling_cents=CEILING))
    session.flush()
    return fund


def _version(fund: Fund, rules: str) -> FundVersion:
    return FundVersion(
        fund_id=fund.id,
        municipality_id=fund.municipality_id,
        number=1,
        rules=rules,
        ruleset_sha256=sha256(rules.encode()).hexdigest(),
        ceiling_cents=CEILING,
        unrehearsed_reason="Een proef",
        published_at=fund.published_at,
    )


def officer(
    session: Session, municipality_id: UUID, name: str = "Olga", mandate: int | None = 5_000_000
) -> Actor:
    """An officer of a municipality with a mandate in eurocents."""
    made = person(session, name)
    session.add(
        RoleGrant(
            person_id=made.id,
            role="officer",
            municipality_id=municipality_id,
            mandate_limit_cents=mandate,
            granted_at=clock.now(),
        )
    )
    session.flush()
    return Actor("person", made.id, frozenset({"officer"}))


def initiator_of(campaign: Campaign) -> Actor:
    """The campaign's initiator, doing something."""
    return Actor("person", campaign.initiator_id)


def applied(session: Session, fund: Fund, campaign: Campaign, **fields: Any) -> Application:
    """An application through the real service."""
    values = {
        "reach": "De hele straat.",
        "groups": ["Jongeren"],
        "undertaking": False,
        "de_minimis": "",
        **fields,
    }
    values.setdefault("actor", initiator_of(campaign))
    application_id = submit_application(
        session,
        fund_id=fund.id,
        campaign_id=campaign.id,
        **values,
    )
    return session.get_one(Application, application_id)
