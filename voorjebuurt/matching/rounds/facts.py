"""The facts of a round: admitted applications, what of every gift counts, and areas' figures.

A gift counts when it was paid before the fund closed (by the provider's time: news that came
later counts too) and did not go back since. Whatever rules may read is in the text; who gave is
an opaque key.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.payments.models import Payment
from voorjebuurt.places.figures import area_facts, imports_behind
from voorjebuurt.pledges.models import MatchClaim, Pledge
from voorjebuurt.rulebook.documents.stored import indicators_of
from voorjebuurt.rulebook.values import jsontext


@dataclass(frozen=True)
class RoundFacts:
    """Facts as canonical JSON with their hash, and what stands behind them.

    ``bare`` are the same facts without gifts; ``gifts`` reads those, and ``number`` counts them.
    """

    text: str
    sha256: str
    bare: dict[str, Any]
    gifts: Subquery
    number: int
    import_ids: tuple[str, ...]


def round_facts(
    session: Session, *, fund: Fund, version: FundVersion, lottery_seed: str | None
) -> RoundFacts:
    """The facts of all applications to a version that were admitted, in order of receipt."""
    rows = admitted(session, version.id)
    gifts = counted_gifts(version.id, fund)
    codes = sorted({code for application, _ in rows for code in application.areas})
    indicators = indicators_of(jsontext.parse(version.rules))
    areas = area_facts(session, codes=codes, indicators=indicators) if indicators and codes else {}
    imports = imports_behind(session, codes, indicators) if indicators and codes else ()
    bare_applications = [
        _facts_of_application(application, campaign) for application, campaign in rows
    ]
    seed = {} if lottery_seed is None else {"lottery_seed": lottery_seed}
    around: dict[str, Any] = {"areas": _figures_as_text(areas), **seed}
    contributions = _contributions(session, gifts)
    full = [
        {**application, "contributions": contributions.get(application["id"], [])}
        for application in bare_applications
    ]
    text = _canonical({"applications": full, **around})
    bare = {
        "applications": [{**application, "contributions": []} for application in bare_applications],
        **around,
    }
    return RoundFacts(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        bare=bare,
        gifts=gifts,
        number=sum(map(len, contributions.values())),
        import_ids=tuple(str(place_import.id) for place_import in imports),
    )


def admitted(session: Session, version_id: UUID) -> Sequence[tuple[Application, Campaign]]:
    """Applications that take part in the round of a version, with their campaigns.

    Not those of a campaign that failed: it pays everybody back, and others would get less.
    """
    statement = (
        select(Application, Campaign)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(
            Application.version_id == version_id,
            Application.status == ApplicationStatus.ADMITTED.value,
            Application.round_id.is_(None),
            Campaign.status.not_in(sorted(REFUNDING)),
        )
        .order_by(Application.received_at, Application.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def counted_gifts(version_id: UUID, fund: Fund) -> Subquery:
    """What counts of every gift to those campaigns: its claims together, in order of booking."""
    signed_cents = case((MatchClaim.kind == "gift", 1), else_=-1) * MatchClaim.amount_cents
    paid_at = func.coalesce(Payment.paid_at, Pledge.booked_at)
    contribution = (Payment.pledge_id == Pledge.id) & (Payment.booked_as == "contribution")
    return (
        select(
            Application.id.label("application"),
            MatchClaim.donor_key.label("donor"),
            func.sum(signed_cents).label("amount_cents"),
            MatchClaim.area_code.label("area"),
            MatchClaim.matchable.label("matchable"),
            func.min(MatchClaim.seq).label("seq"),
        )
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(MatchClaim, MatchClaim.campaign_id == Application.campaign_id)
        .join(Pledge, Pledge.id == MatchClaim.pledge_id)
        .outerjoin(Payment, contribution)
        .where(
            Application.version_id == version_id,
            Application.status == ApplicationStatus.ADMITTED.value,
            Campaign.status.not_in(sorted(REFUNDING)),
            paid_at < fund.closes_at,
        )
        .group_by(
            Application.id,
            MatchClaim.pledge_id,
            MatchClaim.donor_key,
            MatchClaim.area_code,
            MatchClaim.matchable,
        )
        .having(func.sum(signed_cents) > 0)
        .subquery("gifts")
    )


def _contributions(session: Session, gifts: Subquery) -> dict[str, list[dict[str, Any]]]:
    by_application: dict[str, list[dict[str, Any]]] = {}
    for row in session.execute(select(gifts).order_by(gifts.c.seq)):
        contribution = {
            "donor": row.donor,
            "amount_cents": int(row.amount_cents),
            "matchable": row.matchable,
        }
        if row.area is not None:
            contribution["area"] = row.area
        by_application.setdefault(str(row.application), []).append(contribution)
    return by_application


def _facts_of_application(application: Application, campaign: Campaign) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": str(application.id),
        "received_at": application.received_at.isoformat(),
        "goal_cents": campaign.goal_cents,
        "groups": sorted(application.verified_groups),
        "theme": campaign.theme,
        "first_time": application.first_time,
        "score": None if application.score is None else str(application.score),
    }
    return {**values, "area": application.areas} if application.areas else values


def _figures_as_text(areas: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Figures as text: exact, and canonical as they are."""
    return {
        code: {
            **area,
            "values": {
                name: format(value, "f") if isinstance(value, Decimal) else value
                for name, value in area["values"].items()
            },
        }
        for code, area in areas.items()
    }


def _canonical(facts: dict[str, Any]) -> str:
    """RFC 8785 for facts without decimals and with plain keys: what ``json`` writes in one go.

    ``jsontext.canonical`` writes the same, and takes minutes for a million gifts.
    """
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
