"""Gathering what is kept of a person or an address: to read, and as JSON (RFC 8259)."""

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.mail.models import MailUnsubscription
from voorjebuurt.owndata import rows
from voorjebuurt.owndata.items import OwnData, OwnPayee, OwnProfile
from voorjebuurt.payouts.seals import iban_of
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import roles_of

MOST = 1000
"""Of every list so many at most, the latest."""
_Item = TypeVar("_Item")


def data_of_person(
    session: Session, person_id: UUID, *, sealer: Sealer, most: int = MOST
) -> OwnData:
    """All that is kept of somebody who can sign in, with what is kept of their address.

    ``sealer`` opens the numbers of their accounts.
    """
    person = session.get_one(Person, person_id)
    profile = OwnProfile(
        email=person.email,
        name=person.name,
        language=person.locale,
        created_at=person.created_at,
        verified_at=person.verified_at,
        roles=tuple(sorted(roles_of(session, person_id))),
    )
    return _gather(session, person.email, person_id, profile, sealer, most)


def data_of_address(session: Session, email: str, *, most: int = MOST) -> OwnData:
    """What is kept of an address alone: its gifts and mails. A profile is for who signs in."""
    return _gather(session, normal_address(email), None, None, None, most)


def as_json(data: OwnData) -> str:
    """The same for a program: UTF-8, moments and days by ISO 8601."""
    return json.dumps(asdict(data), default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _gather(
    session: Session,
    email: str,
    person_id: UUID | None,
    profile: OwnProfile | None,
    sealer: Sealer | None,
    most: int,
) -> OwnData:
    lists: dict[str, list[Any]] = {
        name: _items(session, kind, statement(email, person_id), most)
        for name, (kind, statement) in rows.LISTS.items()
    }
    lists["payees"] = _payees(session, person_id, sealer, most)
    return OwnData(
        made_at=clock.now(),
        email=email,
        is_whole=all(len(each) <= most for each in lists.values()),
        profile=profile,
        unsubscribed_from=_unsubscriptions(session, email),
        **{name: tuple(items[:most]) for name, items in lists.items()},
    )


def _payees(
    session: Session, person_id: UUID | None, sealer: Sealer | None, most: int
) -> list[OwnPayee]:
    """The account numbers of somebody, opened; without the key there are none to read."""
    if sealer is None:
        return []
    return [
        OwnPayee(
            campaign=title,
            holder=payee.holder,
            iban=iban_of(payee, sealer),
            status=payee.status,
            submitted_at=payee.submitted_at,
            evidence=payee.evidence,
            refusal=payee.refusal,
        )
        for payee, title in session.execute(rows.payees(person_id).limit(most + 1))
    ]


def _items(
    session: Session, kind: type[_Item], statement: Select[*tuple[Any, ...]], most: int
) -> list[_Item]:
    """Rows as items of a kind, by the names of its fields; one more than fit, to tell."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    rows = session.execute(statement.limit(most + 1)).mappings()
    return [kind(**{name: row[name] for name in names}) for row in rows]


def _unsubscriptions(session: Session, email: str) -> tuple[str, ...]:
    statement = (
        select(MailUnsubscription.template).where(MailUnsubscription.email == email).distinct()
    )
    return tuple(session.scalars(statement.order_by(MailUnsubscription.template)))
