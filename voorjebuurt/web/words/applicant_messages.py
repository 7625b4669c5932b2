"""The texts of errors about who applies, by code."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

APPLICANT_MESSAGES: dict[str, LazyString] = {
    "aid_missing": _l("Enter how much state aid you had, or 0."),
    "aid_wrong": _l("Enter an amount of 0 or more."),
    "applicant_house_number_missing": _l("Enter the house number."),
    "applicant_organisation_missing": _l("Enter the name of the organisation or group."),
    "applicant_postcode_wrong": _l("Enter a Dutch postcode, for example 1234 AB."),
    "applicant_signer_missing": _l("Enter the name of who signs."),
    "applicant_street_missing": _l("Enter the street."),
    "applicant_town_missing": _l("Enter the town."),
    "house_number_wrong": _l("Begin with the number, for example 12 or 12-3."),
    "kvk_missing": _l("Enter the KvK number: it is asked for this legal form."),
    "kvk_wrong": _l("A KvK number has 8 digits. Check it."),
    "legal_form_missing": _l("Choose a legal form."),
    "rsin_wrong": _l("This is not a valid RSIN. It has 9 digits. Check it."),
    "signing_right_missing": _l("Choose by what right you sign."),
    "signing_right_wrong": _l("This does not go with the legal form. Choose another."),
}
