"""What an applicant says about itself, and when that is whole. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from voorjebuurt.kernel.cleaning import clean_line, without_spaces
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.kernel.money import MAX_OWN_CENTS
from voorjebuurt.places.rules import house_number, normal_postcode, postcode_as_written


class LegalForm(StrEnum):
    """What an applicant is in law."""

    PERSON = "person"
    GROUP = "group"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    COOPERATIVE = "cooperative"
    COMPANY = "company"
    SOLE_TRADER = "sole_trader"
    PARTNERSHIP = "partnership"
    CHURCH = "church"
    OTHER = "other"


REGISTERED = frozenset(
    {
        LegalForm.ASSOCIATION,
        LegalForm.FOUNDATION,
        LegalForm.COOPERATIVE,
        LegalForm.COMPANY,
        LegalForm.SOLE_TRADER,
        LegalForm.PARTNERSHIP,
    }
)
"""Forms that stand in the register of the Chamber of Commerce: their number is asked."""
NAMELESS = frozenset({LegalForm.PERSON})
"""Without a name beside that of who applies."""


class SigningRight(StrEnum):
    """By what right somebody signs: for oneself, as the board, or by power of attorney."""

    SELF = "self"
    BOARD = "board"
    POWER_OF_ATTORNEY = "power_of_attorney"


BY_ONESELF = frozenset({LegalForm.PERSON, LegalForm.GROUP, LegalForm.SOLE_TRADER})
"""Forms in which somebody can sign for oneself; a group has no board in law."""
BOARDLESS = frozenset({LegalForm.PERSON, LegalForm.GROUP})
_Code = TypeVar("_Code", bound=StrEnum)
LENGTHS = {"organisation": 200, "street": 100, "house_number": 20, "town": 100, "signer": 200}
_MISSING = {
    "organisation": "applicant_organisation_missing",
    "street": "applicant_street_missing",
    "house_number": "applicant_house_number_missing",
    "town": "applicant_town_missing",
    "signer": "applicant_signer_missing",
}
_KVK = re.compile(r"[0-9]{8}")


@dataclass(frozen=True)
class ApplicantDetails:
    """Name, address, form and numbers of an applicant; ``electronic``: letters may come by mail.

    ``aid_cents``: other de minimis aid of three years, declared by an undertaking; else None.
    """

    legal_form: str
    organisation: str
    street: str
    house_number: str
    postcode: str
    town: str
    kvk: str
    rsin: str
    signer: str
    signing_right: str
    electronic: bool
    aid_cents: int | None

    @property
    def address_lines(self) -> tuple[str, str]:
        """Street and town, as they stand on an envelope."""
        postcode = postcode_as_written(self.postcode) or self.postcode
        return f"{self.street} {self.house_number}", f"{postcode}  {self.town.upper()}"


def checked_details(details: ApplicantDetails, *, undertaking: bool) -> ApplicantDetails:
    """The same, cleaned and found whole. Raises ``DomainError`` at the field that is not right."""
    for refusal in detail_refusals(details, undertaking=undertaking):
        raise refusal
    form = LegalForm(details.legal_form)
    texts: dict[str, Any] = {name: clean_line(getattr(details, name)) for name in LENGTHS}
    if form in NAMELESS:
        texts["organisation"] = ""
    return replace(
        details,
        **texts,
        postcode=_postcode(details.postcode),
        kvk=_kvk(details.kvk, form),
        rsin=_rsin(details.rsin, form),
        aid_cents=_aid(details.aid_cents, undertaking),
    )


def detail_refusals(details: ApplicantDetails, *, undertaking: bool) -> list[DomainError]:
    """All that is not right, each at its field, so that a form can tell it at once.

    What hangs on the form in law is looked at once that is chosen.
    """
    checks: list[Callable[[], object]] = [
        partial(_one_of, LegalForm, details.legal_form, "legal_form_missing", "legal_form"),
        *(partial(_text, name, getattr(details, name), details.legal_form) for name in LENGTHS),
        partial(_postcode, details.postcode),
        partial(
            _one_of, SigningRight, details.signing_right, "signing_right_missing", "signing_right"
        ),
        partial(_aid, details.aid_cents, undertaking),
    ]
    if details.legal_form in set(LegalForm):
        form = LegalForm(details.legal_form)
        checks += [
            partial(_refuse_right, details.signing_right, form),
            partial(_kvk, details.kvk, form),
            partial(_rsin, details.rsin, form),
        ]
    return [refusal for check in checks if (refusal := refusal_of(check))]


def _text(name: str, value: str, form: str) -> None:
    text = clean_line(value)
    if name == "organisation" and form in NAMELESS:
        return
    if not text:
        raise DomainError(_MISSING[name], field=name)
    if len(text) > LENGTHS[name]:
        raise DomainError("text_too_long", field=name, maximum=LENGTHS[name])
    if name == "house_number" and house_number(text) is None:
        raise DomainError("house_number_wrong", field="house_number")


def _postcode(text: str) -> str:
    postcode = normal_postcode(text)
    if postcode is None:
        raise DomainError("applicant_postcode_wrong", field="postcode")
    return postcode


def _refuse_right(right: str, form: LegalForm) -> None:
    is_fit = form in BY_ONESELF if right == SigningRight.SELF else form not in BOARDLESS
    if right in (SigningRight.SELF, SigningRight.BOARD) and not is_fit:
        raise DomainError("signing_right_wrong", field="signing_right")


def _one_of(kind: type[_Code], text: str, missing: str, field: str) -> _Code:
    try:
        return kind(text)
    except ValueError as error:
        raise DomainError(missing, field=field) from error


def _kvk(text: str, form: LegalForm) -> str:
    """Eight digits; the register gives them no check digit."""
    number = without_spaces(text)
    if form in (LegalForm.PERSON, LegalForm.GROUP) or not number:
        if form in REGISTERED:
            raise DomainError("kvk_missing", field="kvk")
        return ""
    if not _KVK.fullmatch(number) or number == "00000000":
        raise DomainError("kvk_wrong", field="kvk")
    return number


def _rsin(text: str, form: LegalForm) -> str:
    """Nine digits with the check of citizens' numbers. Of a person it would be exactly that number,
    which we may not have: for those, and who trades alone, it is not kept.
    """
    number = without_spaces(text).replace(".", "").replace("-", "")
    if form in BY_ONESELF or not number:
        return ""
    try:
        if not number.isascii() or len(number) != 9:
            raise DomainError("rsin_wrong", field="rsin")
        return bsn.validate(number)
    except ValidationError as error:
        raise DomainError("rsin_wrong", field="rsin") from error


def _aid(cents: int | None, undertaking: bool) -> int | None:
    if not undertaking:
        return None
    if cents is None:
        raise DomainError("aid_missing", field="aid_cents")
    if not 0 <= cents <= MAX_OWN_CENTS:
        raise DomainError("aid_wrong", field="aid_cents")
    return cents
