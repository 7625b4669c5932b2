"""Who applies: the fields about it, for the forms of an application."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applicants.rules import LENGTHS, ApplicantDetails, detail_refusals
from voorjebuurt.web.kit.errors import add_refusals
from voorjebuurt.web.kit.forms.fields import (
    Form,
    OwnMoneyField,
    StringField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.words.applicant_labels import LEGAL_FORMS, SIGNING_RIGHTS

NAMES = tuple(ApplicantDetails.__dataclass_fields__)
"""The fields, by the names that the service has for them."""


def _line(label: Any, name: str, missing: Any, autocomplete: str, hint: Any = "") -> StringField:
    return StringField(
        label,
        description=hint,
        validators=[required(missing), at_most(LENGTHS[name], quiet=True)],
        render_kw={"autocomplete": autocomplete},
    )


class ApplicantForm(Form):
    """Name, form in law, address, numbers, who signs, and how letters come."""

    legal_form = SelectField(
        _l("Legal form"),
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(code, name) for code, name in LEGAL_FORMS.items()),
        ],
        validators=[chosen(_l("Choose a legal form."))],
    )
    organisation = StringField(
        _l("Name of the organisation or group"),
        description=_l("Not needed if you apply as a person, for yourself."),
        validators=[Optional(), at_most(LENGTHS["organisation"], quiet=True)],
        render_kw={"autocomplete": "organization"},
    )
    kvk = StringField(
        _l("KvK number"),
        description=_l("8 digits. If your organisation is registered with the KvK."),
        validators=[Optional(), at_most(20, quiet=True)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    rsin = StringField(
        _l("RSIN"),
        description=_l("9 digits. It is on the KvK extract. Never enter your BSN here."),
        validators=[Optional(), at_most(20, quiet=True)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    street = _line(_l("Street"), "street", _l("Enter the street."), "address-line1")
    house_number = _line(
        _l("House number"),
        "house_number",
        _l("Enter the house number."),
        "off",
        _l("With a letter or addition, if you have one."),
    )
    postcode = StringField(
        _l("Postcode"),
        validators=[
            required(_l("Enter a Dutch postcode, for example 1234 AB.")),
            at_most(20, quiet=True),
        ],
        render_kw={"autocomplete": "postal-code"},
    )
    town = _line(_l("Town"), "town", _l("Enter the town."), "address-level2")
    signer = _line(
        _l("Who signs this application?"),
        "signer",
        _l("Enter the name of who signs."),
        "name",
        _l("First and last name."),
    )
    signing_right = RadioField(
        _l("By what right do you sign?"),
        choices=[SelectChoice(code, name) for code, name in SIGNING_RIGHTS.items()],
        validators=[chosen(_l("Choose by what right you sign."))],
    )
    electronic = BooleanField(
        _l("I agree to get letters about this application electronically"),
        description=_l(
            "You get an email when there is a letter, and read it here. Without this the "
            "municipality also posts its decisions to your address."
        ),
    )
    aid_cents = OwnMoneyField(
        _l("How much state aid (de minimis) was that?"),
        description=_l("Only for an undertaking: the total of the past three years. 0 is fine."),
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """As any form, and with what the service would refuse: all of it is told at once."""
        is_right = super().validate(extra_validators)
        if returned_reason() is not None:
            return is_right
        return add_refusals(self, self.refusals()) and is_right

    def refusals(self) -> list[DomainError]:
        """What the service would refuse of what was filled in."""
        undertaking = bool(self["undertaking"].data) if "undertaking" in self else False
        return detail_refusals(self.details(), undertaking=undertaking)

    def details(self) -> ApplicantDetails:
        """What was filled in, as the services take it."""
        texts = ("legal_form", "organisation", "street", "house_number", "postcode", "town")
        return ApplicantDetails(
            **{name: self[name].data or "" for name in (*texts, "kvk", "rsin", "signer")},
            signing_right=self.signing_right.data or "",
            electronic=bool(self.electronic.data),
            aid_cents=self.aid_cents.data,
        )


def filled(details: ApplicantDetails | None) -> dict[str, Any]:
    """What a form begins with; a first one with letters by mail not agreed to."""
    return asdict(details) if details else {}
