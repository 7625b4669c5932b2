"""What an applicant says about itself is whole, and its numbers are right."""

from typing import Any

import pytest

from tests.support.applicants import details
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applicants.rules import LegalForm, checked_details


def test_what_is_typed_loosely_is_kept_strictly() -> None:
    loose = details(
        postcode=" 1234 ab",
        kvk="1234 5678",
        rsin="1112.22.333",
        town="  Test\u200bdam ",
        street="A  B",
    )
    whole = checked_details(loose, undertaking=False)
    assert whole == details(postcode="1234AB", town="Testdam", street="A B")
    assert whole.address_lines == ("A B 12-3", "1234 AB  TESTDAM")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"legal_form": ""}, "legal_form_missing", "legal_form"),
        ({"legal_form": "gilde"}, "legal_form_missing", "legal_form"),
        ({"organisation": " "}, "applicant_organisation_missing", "organisation"),
        ({"street": ""}, "applicant_street_missing", "street"),
        ({"street": "a" * 101}, "text_too_long", "street"),
        ({"house_number": "boven"}, "house_number_wrong", "house_number"),
        ({"postcode": "0234 AB"}, "applicant_postcode_wrong", "postcode"),
        ({"postcode": "B-1000"}, "applicant_postcode_wrong", "postcode"),
        ({"town": ""}, "applicant_town_missing", "town"),
        ({"kvk": ""}, "kvk_missing", "kvk"),
        ({"kvk": "1234567"}, "kvk_wrong", "kvk"),
        ({"kvk": "00000000"}, "kvk_wrong", "kvk"),
        ({"kvk": "١٢٣٤٥٦٧٨"}, "kvk_wrong", "kvk"),
        ({"rsin": "111222334"}, "rsin_wrong", "rsin"),
        ({"rsin": "11222333"}, "rsin_wrong", "rsin"),
        ({"signer": ""}, "applicant_signer_missing", "signer"),
        ({"signing_right": ""}, "signing_right_missing", "signing_right"),
        ({"signing_right": "self"}, "signing_right_wrong", "signing_right"),
        ({"legal_form": "person"}, "signing_right_wrong", "signing_right"),
    ],
)
def test_what_is_not_right_is_told_at_its_field(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        checked_details(details(**changes), undertaking=False)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize("form", [LegalForm.PERSON, LegalForm.GROUP, LegalForm.SOLE_TRADER])
def test_the_number_of_a_citizen_is_never_kept(form: LegalForm) -> None:
    about = details(legal_form=form.value, signing_right="self", rsin="111222333")
    assert checked_details(about, undertaking=False).rsin == ""


def test_a_person_has_no_organisation_and_no_register() -> None:
    about = details(legal_form="person", signing_right="self", kvk="", rsin="")
    assert checked_details(about, undertaking=False).organisation == ""


def test_an_undertaking_declares_its_aid_and_nobody_else_does() -> None:
    for cents, code in ((None, "aid_missing"), (-1, "aid_wrong"), (10**14, "aid_wrong")):
        with pytest.raises(DomainError, match=code):
            checked_details(details(aid_cents=cents), undertaking=True)
    assert checked_details(details(aid_cents=0), undertaking=True).aid_cents == 0
    assert checked_details(details(aid_cents=500), undertaking=False).aid_cents is None
