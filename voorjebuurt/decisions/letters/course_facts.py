"""What a letter on the way tells: the facts that are kept, and from which it is made. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from voorjebuurt.decisions.letters.house import House, house_of
from voorjebuurt.rulebook.values import jsontext

AWB = "van de Algemene wet bestuursrecht, de Awb"


@dataclass(frozen=True)
class CaseFacts:
    """All that such a letter says. ``kind`` is of ``LetterKind``; days are ISO 8601, or empty.

    ``reason`` is in the officer's own words: why, or what is asked. ``until`` is the day that
    counts now, ``before`` the one that it comes in the place of, ``since`` the day of the letter
    or paper that it is about. ``about`` is a code that says more: the article of views, the ground
    (``InquiryGround``) or the finding (``Finding``) of an inquiry, with its ``cause`` in words.
    ``cents`` is what is still owed (eurocents).

    Of an objection of somebody else ``about`` is the number of the decision that it is against;
    ``cause`` is the place of a hearing, or the number of the decision that comes in the place; and
    ``reason`` the outcome in a letter about that.
    """

    kind: str
    number: str
    application: str
    addressee: tuple[str, ...]
    name: str
    municipality: str
    sender: str
    fund: str
    title: str
    reason: str
    until: str = ""
    before: str = ""
    since: str = ""
    about: str = ""
    cause: str = ""
    cents: int = 0
    words: Mapping[str, Any] | None = None

    @property
    def house(self) -> House:
        """The municipality as it was then."""
        return house_of(self.municipality, self.words, sender=self.sender)

    @property
    def text(self) -> str:
        """As it is kept: canonical JSON."""
        return jsontext.canonical({**asdict(self), "addressee": list(self.addressee)})


def facts_of(text: str) -> CaseFacts:
    """The facts of a stored text."""
    raw: dict[str, Any] = jsontext.parse(text)
    values = {field.name: raw[field.name] for field in fields(CaseFacts)}
    return CaseFacts(**{**values, "addressee": tuple(raw["addressee"])})
