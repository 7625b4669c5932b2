"""Payments that the provider has and our books don't: after a restore from a dump, above all.

The provider's own list is compared with ours. What we know but have no news of is asked after;
what we don't know gets a row when its pledge is here, and is then fetched and booked like any
other; for the rest somebody must look.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel.batches import in_parts
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail import links
from voorjebuurt.payments import service as payments
from voorjebuurt.payments.gateway import Gateway, PaymentFacts
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import payment_by_provider_id, statuses_by_provider_id
from voorjebuurt.payments.tasks import sync_later, webhook_later
from voorjebuurt.pledges.models import Pledge

_AT_ONCE = 200


@dataclass
class Comparison:
    """How many payments the provider told, and what was lacking of them here."""

    listed: int = 0
    asked_after: int = 0
    restored: int = 0
    unknown: int = 0

    def __str__(self) -> str:
        """In words, for a log and a terminal."""
        counts = asdict(self)
        return (
            "{listed} at the provider; {asked_after} had news that we had not, {restored} were lost"
            " and are restored, {unknown} are unknown and became an alert"
        ).format(**counts)


def compare_payments(
    database: Database, gateway: Gateway, *, since: datetime, mode: str, base_url: str
) -> Comparison:
    """Compare the provider's payments made since then with ours; jobs follow for each difference.

    It may be done as often as one likes. Raises a ``GatewayError``.
    """
    comparison = Comparison()
    for part in in_parts(gateway.payments_since(since), _AT_ONCE):
        comparison.listed += len(part)
        for facts in _not_as_here(database, [each for each in part if each.mode == mode]):
            with database.writing() as session:
                _compare(session, facts, comparison, base_url)
    return comparison


def _not_as_here(database: Database, part: Sequence[PaymentFacts]) -> list[PaymentFacts]:
    """Those of which our books say something else, or nothing: mostly none, by one question."""
    with database.reading() as session:
        status_here = statuses_by_provider_id(session, [facts.provider_id for facts in part])
    return [facts for facts in part if status_here.get(facts.provider_id) != facts.status]


def _compare(session: Session, facts: PaymentFacts, result: Comparison, base_url: str) -> None:
    payment = payment_by_provider_id(session, facts.provider_id)
    if payment is not None:
        if facts.status != payment.status:
            sync_later(session, payment.id)
            result.asked_after += 1
        return
    payment_id, pledge_id = (_id(facts.metadata.get(name)) for name in ("payment_id", "pledge_id"))
    payment = session.get(Payment, payment_id) if payment_id is not None else None
    pledge = session.get(Pledge, pledge_id) if pledge_id is not None else None
    if payment is not None:
        webhook_later(session, token=payment.webhook_token, provider_id=facts.provider_id)
        result.asked_after += 1
    elif payment_id is not None and pledge is not None:
        _restore(session, facts, payment_id, pledge, base_url)
        result.restored += 1
    elif facts.status == "paid":
        result.unknown += _report(session, facts)


def _restore(
    session: Session, facts: PaymentFacts, payment_id: UUID, pledge: Pledge, base_url: str
) -> None:
    payments.restore_payment(
        session,
        payment_id=payment_id,
        facts=facts,
        pledge_id=pledge.id,
        municipality_id=pledge.municipality_id,
        amount_cents=pledge.amount_cents + pledge.tip_cents,
        locale=pledge.locale,
        return_url=f"{base_url}{links.gift_return(pledge.token)}",
        base_url=base_url,
    )
    sync_later(session, payment_id)


def _report(session: Session, facts: PaymentFacts) -> bool:
    """Let somebody look at money that belongs to nothing here; whether that is new."""
    return audit.raise_alert(
        session,
        key=f"payment_unknown:{facts.provider_id}",
        kind=AlertKind.PAYMENT_UNKNOWN,
        occurrence=facts.provider_id,
        detail={
            "provider_id": facts.provider_id,
            "amount_cents": facts.amount_cents,
            "facts": {"currency": facts.currency, "metadata": dict(facts.metadata)},
        },
    )


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
