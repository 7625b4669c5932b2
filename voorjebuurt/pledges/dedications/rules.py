"""In whose name a gift can be, or for whom, and what may be kept of each. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from voorjebuurt.kernel.errors import DomainError


class DedicationKind(StrEnum):
    """A gift is of one of these kinds, or of none.

    ``group``: a group or firm gives; ``memory`` of somebody; ``behalf`` of somebody;
    ``present``: somebody gets the gift as a present.
    """

    GROUP = "group"
    MEMORY = "memory"
    BEHALF = "behalf"
    PRESENT = "present"


class PresentAnswer(StrEnum):
    """What who got a present did with the link: the address goes either way."""

    FOLLOW = "follow"
    REFUSAL = "refusal"


class LogoVerdict(StrEnum):
    """What a coach says of a group's logo: it may be on the page, or it is kept off."""

    CONSENT = "consent"
    REFUSAL = "refusal"


TRIBUTES = frozenset({DedicationKind.MEMORY, DedicationKind.BEHALF})
"""Kinds that may be on the campaign's page, when the donor wants that."""

MAX_LENGTHS = {"name": 80, "words": 300, "street": 100, "town": 80}
"""Characters that fit in each text."""
_COMPANY_NUMBER = re.compile(r"(?!0{8})[0-9]{8}")
KEPT_DAYS = 30
"""So long an address that was told of a present is kept, when nobody uses the link."""
LOGO_KEPT = timedelta(days=30)
"""So long the donor sees a logo that was refused, to send a better one."""
TOLD_FROM_HOUR = 8
"""On the day itself, from this hour on (Amsterdam), people are told of a present."""


@dataclass(frozen=True)
class DedicationWish:
    """What a donor fills in. ``name``: of the group, of who is named, or of who gets a present.

    ``on_page``: name and words may be on the campaign's page, of a tribute. ``company_number`` and
    the address are a group's, for its books; ``email`` and ``tell_on`` are of a present.
    """

    kind: DedicationKind
    name: str
    words: str = ""
    on_page: bool = False
    company_number: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    tell_on: date | None = None


def checked_wish(wish: DedicationWish, *, today: date, last_day: date | None) -> DedicationWish:
    """The wish with only what its kind may have. Raises ``DomainError`` at the field."""
    if not wish.name:
        raise DomainError("dedication_name_missing", field="dedication_name")
    own = DedicationWish(wish.kind, wish.name, wish.words)
    if wish.kind is DedicationKind.GROUP:
        own = replace(
            own,
            words="",
            company_number=_company_number(wish.company_number),
            street=wish.street,
            postcode=wish.postcode,
            town=wish.town,
        )
    elif wish.kind in TRIBUTES:
        own = replace(own, on_page=wish.on_page)
    elif wish.email:
        own = replace(own, email=wish.email, tell_on=_day(wish.tell_on, today, last_day))
    return own


def _company_number(text: str) -> str:
    number = "".join(character for character in text if character not in " .-")
    if number and not _COMPANY_NUMBER.fullmatch(number):
        raise DomainError("kvk_wrong", field="company_number")
    return number


def _day(day: date | None, today: date, last_day: date | None) -> date:
    if day is None:
        raise DomainError("present_day_missing", field="present_day")
    if day < today or (last_day is not None and day > last_day):
        raise DomainError("present_day_outside", field="present_day", last_day=last_day or today)
    return day
