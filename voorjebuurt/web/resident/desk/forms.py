"""What a helper fills in at the desk for a donor."""

from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Optional, ValidationError

from voorjebuurt.kernel.ids import new_id
from voorjebuurt.places.rules import postcode_as_written
from voorjebuurt.pledges.by_hand.rules import (
    POSTCODE_MAX_LENGTH,
    STREET_MAX_LENGTH,
    TOWN_MAX_LENGTH,
    DeskWay,
    Telling,
)
from voorjebuurt.pledges.desk.giving import DeskTerms
from voorjebuurt.pledges.tins.rules import NAME_MAX_LENGTH
from voorjebuurt.web.kit.forms.fields import (
    Form,
    HiddenField,
    MoneyField,
    StringField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.words.cash_labels import DESK_WAYS, TELLINGS


class DeskForm(Form):
    """A gift for somebody at the desk. ``slip`` is its number: sent twice, it is one gift."""

    slip = HiddenField(default=lambda: str(new_id()))
    amount = MoneyField(_l("Amount"), validators=[chosen(_l("Enter how much the donor gives."))])
    way = RadioField(
        _l("How does the donor pay?"),
        choices=[SelectChoice(way, label) for way, label in DESK_WAYS.items()],
        validators=[chosen(_l("Choose how the donor pays."))],
    )
    name = StringField(
        _l("Name of the donor"),
        description=_l("Without a name we can't send letters, and take less in cash."),
        validators=[Optional(), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "off"},
    )
    name_public = BooleanField(_l("The donor wants their name on the campaign's page"))
    street = StringField(
        _l("Street and number"),
        description=_l("Only if the donor wants letters. It goes away a year after the campaign."),
        validators=[Optional(), at_most(STREET_MAX_LENGTH)],
        render_kw={"autocomplete": "off"},
    )
    postcode = StringField(
        _l("Postcode"),
        validators=[Optional(), at_most(POSTCODE_MAX_LENGTH, quiet=True)],
        render_kw={"autocomplete": "off", "size": "10"},
    )
    town = StringField(
        _l("Town"),
        validators=[Optional(), at_most(TOWN_MAX_LENGTH)],
        render_kw={"autocomplete": "off"},
    )
    consent = BooleanField(
        _l("I read this to the donor, and the donor agrees"),
        validators=[required(_l("Read it to the donor first. Then tick this."))],
    )

    @property
    def gift_id(self) -> UUID:
        """The number of the form; a broken one is a new form."""
        try:
            return UUID(self.slip.data or "")
        except ValueError:
            return new_id()

    def has_address(self) -> bool:
        """Whether what is folded away must be seen: something stands in it, or is wrong."""
        fields = (self.street, self.postcode, self.town)
        return any(field.data or field.errors for field in fields)

    def terms(self) -> DeskTerms:
        """What the service takes, of a form that is right."""
        return DeskTerms(
            way=DeskWay(self.way.data),
            amount_cents=self.amount.data or 0,
            name=self.name.data or "",
            name_public=bool(self.name_public.data) and bool(self.name.data),
            street=self.street.data or "",
            postcode=self.postcode.data or "",
            town=self.town.data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form, and that an address is whole: a letter needs all of it, and a name."""
        valid = bool(super().validate(extra_validators))
        if not self.has_address():
            return valid
        for field, fault in (
            (self.name, gettext("Enter the name: it stands on the letter.")),
            (self.street, gettext("Enter the street, or leave the address empty.")),
            (self.postcode, gettext("Enter a postcode, for example 1234 AB.")),
            (self.town, gettext("Enter the town, or leave the address empty.")),
        ):
            if not field.data and not field.errors:
                field.errors = [fault]
                valid = False
        return valid

    def validate_name_public(self, field: BooleanField) -> None:
        """A name is needed when it is to be shown."""
        if field.data and not self.name.data:
            raise ValidationError(gettext("Enter the name first, or do not tick this."))

    def validate_postcode(self, field: StringField) -> None:
        """Written the official way."""
        postcode = postcode_as_written(field.data or "")
        if field.data and postcode is None:
            raise ValidationError(gettext("Enter a postcode, for example 1234 AB."))
        field.data = postcode or ""


class ToldForm(Form):
    """How a donor was told."""

    how = RadioField(
        _l("How did you tell the donor?"),
        choices=[SelectChoice(how, label) for how, label in TELLINGS.items()],
        default=Telling.HAND.value,
        validators=[chosen(_l("Choose how you told the donor."))],
    )
