"""The numbers of last week, mailed on Monday to staff who want that."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail import links
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of, choose_cadences
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.payouts.week.queries import WeekNumbers
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role

TEMPLATE = KIND = "week_numbers"


def wants_mail(session: Session, person_id: UUID) -> bool:
    """Whether a member of staff asked for the mail of Monday; nobody gets it unasked."""
    return cadences_of(session, person_id).get(KIND, Cadence.NEVER) is not Cadence.NEVER


def choose_mail(session: Session, *, person_id: UUID, wants: bool, actor: Actor) -> None:
    """Ask for the mail of Monday, or for no more of them. What is so already changes nothing."""
    if wants != wants_mail(session, person_id):
        cadence = Cadence.AT_ONCE if wants else Cadence.NEVER
        choose_cadences(session, person_id=person_id, cadences={KIND: cadence}, actor=actor)


def mail_member(session: Session, *, person_id: UUID, numbers: tuple[WeekNumbers, ...]) -> bool:
    """Mail a member of staff the numbers of a week and of the weeks beside it, once."""
    if not wants_mail(session, person_id):
        return False
    member = session.get_one(Person, person_id)
    week = numbers[0].week
    return queue_mail(
        session,
        key=f"{TEMPLATE}:{person_id}:{week}",
        template=TEMPLATE,
        recipient=member.email,
        locale=member.locale,
        name=member.name,
        reader_id=str(person_id),
        kinds=[KIND],
        week=week.number,
        first_day=clock.noon(week.first_day).isoformat(),
        last_day=clock.noon(week.last_day).isoformat(),
        columns=[_as_json(each) for each in numbers],
        week_path=links.staff_week(str(week)),
    )


@still_true(TEMPLATE)
def reader_is_staff(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether who the mail is for is of staff still, and still wants it."""
    reader_id = context["reader_id"]
    members = emails_with_role(session, Role.STAFF)
    is_staff = reader_id in {str(member_id) for member_id, _, _ in members}
    return is_staff and wants_mail(session, UUID(reader_id))


def _as_json(numbers: WeekNumbers) -> dict[str, Any]:
    values = asdict(numbers)
    del values["week"]
    return {
        key: str(value) if isinstance(value, Decimal) else value for key, value in values.items()
    }
