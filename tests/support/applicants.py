"""Who applies, as a resident fills it in, and as the services take it."""

from dataclasses import replace
from typing import Any

from voorjebuurt.matching.applicants.rules import ApplicantDetails

FIELDS = {
    "legal_form": "foundation",
    "organisation": "Stichting De Molen",
    "street": "Molenstraat",
    "house_number": "12-3",
    "postcode": "1234 ab",
    "town": "Testdam",
    "kvk": "12345678",
    "rsin": "111222333",
    "signer": "Noor de Wit",
    "signing_right": "board",
    "electronic": "y",
}
"""The fields of the form, all right."""
_DETAILS = ApplicantDetails(
    **{**FIELDS, "postcode": "1234AB", "electronic": True},  # type: ignore[arg-type]
    aid_cents=None,
)


def details(**changes: Any) -> ApplicantDetails:
    """A foundation with everything right, except for ``changes``."""
    return replace(_DETAILS, **changes)
