"""The part of the form of a gift that says in whose name it is, or for whom."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Optional, ValidationError

from voorjebuurt.places.rules import postcode_as_written
from voorjebuurt.pledges.dedications.queries import GiftDedication
from voorjebuurt.pledges.dedications.rules import MAX_LENGTHS, DedicationKind, DedicationWish
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    MailAddressField,
    StringField,
    TextAreaField,
    at_most,
)
from voorjebuurt.web.words.dedication_labels import DEDICATION_CHOICES

NOBODY = "none"
_OF_GROUP = ("company_number", "books_street", "books_postcode", "books_town")
_OF_PRESENT = ("present_email", "present_day")


class DedicationFields(Form):
    """Nobody else's name, which is first; or one, with what goes with its kind."""

    dedication = RadioField(
        _l("Whose gift is it?"),
        choices=[
            SelectChoice(NOBODY, _l("Just mine")),
            *(SelectChoice(kind.value, label) for kind, label in DEDICATION_CHOICES.items()),
        ],
        default=NOBODY,
        validate_choice=False,
    )
    dedication_name = StringField(
        _l("Name of the group, firm or person"),
        description=_l("A group's name takes the place of yours on the page, if you show it."),
        validators=[at_most(MAX_LENGTHS["name"])],
        render_kw={"autocomplete": "off"},
    )
    dedication_words = TextAreaField(
        _l("A few words with it"),
        description=_l("For a memory, for somebody else, or with a present."),
        validators=[at_most(MAX_LENGTHS["words"])],
        render_kw={"rows": "2"},
    )
    dedication_on_page = BooleanField(
        _l("Put this name and these words on the page"),
        description=_l(
            "Only in memory or on behalf of somebody. It is your choice: we ask this person "
            "nothing. A present is never on the page."
        ),
    )
    company_number = StringField(
        _l("KvK number"),
        validators=[at_most(20, quiet=True)],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "size": "12"},
    )
    books_street = StringField(
        _l("Street and number of the group"), validators=[at_most(MAX_LENGTHS["street"])]
    )
    books_postcode = StringField(
        _l("Postcode of the group"),
        validators=[Optional(), at_most(20, quiet=True)],
        render_kw={"size": "10"},
    )
    books_town = StringField(_l("Town of the group"), validators=[at_most(MAX_LENGTHS["town"])])
    present_email = MailAddressField(
        _l("Email address of who gets the present"),
        description=_l("Leave it empty to tell them yourself. We never tell what you gave."),
        validators=[Optional()],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    present_day = DayField(
        _l("On which day may we tell it?"),
        description=_l("Before the campaign is over, for example 31-1-2027."),
        validators=[Optional()],
    )

    @property
    def _kind(self) -> DedicationKind | None:
        """What was chosen; None for nobody else's, and for what is no choice."""
        value = self.dedication.data
        return DedicationKind(value) if value in set(DedicationKind) else None

    def shows_dedication(self) -> bool:
        """Whether what is folded away must be seen: something stands in it, or is wrong."""
        if self.dedication.data not in (NOBODY, None, ""):
            return True
        names = ("dedication_name", "dedication_words", *_OF_GROUP, *_OF_PRESENT)
        fields = [self.dedication, *(self[name] for name in names)]
        return any(field.errors or (field.data and field.data != NOBODY) for field in fields)

    def dedication_wish(self) -> DedicationWish | None:
        """What was filled in, of a form that is right; None for just the donor's own."""
        kind = self._kind
        if kind is None:
            return None
        return DedicationWish(
            kind=kind,
            name=self.dedication_name.data or "",
            words=self.dedication_words.data or "",
            on_page=bool(self.dedication_on_page.data),
            company_number=self.company_number.data or "",
            street=self.books_street.data or "",
            postcode=self.books_postcode.data or "",
            town=self.books_town.data or "",
            email=self.present_email.data or "",
            tell_on=self.present_day.data,
        )

    def validate_dedication(self, _field: RadioField) -> None:
        """What was typed for a name goes with a choice, so that nothing is lost unseen."""
        if self._kind is None and (self.dedication_name.data or self.dedication_words.data):
            raise ValidationError(gettext("Choose what this name is for, or empty it below."))

    def validate_dedication_words(self, field: TextAreaField) -> None:
        """A group writes in the message to the initiators."""
        if self._kind is DedicationKind.GROUP and field.data:
            raise ValidationError(gettext("A group can write a message to the initiators instead."))

    def validate_dedication_on_page(self, field: BooleanField) -> None:
        """Nobody who gets a present is named on a page."""
        if field.data and self._kind is DedicationKind.PRESENT:
            raise ValidationError(gettext("A present is never on the page. Take this tick away."))

    def validate_company_number(self, field: StringField) -> None:
        """The books are a group's."""
        self._only_with(DedicationKind.GROUP, field.data)

    def validate_books_street(self, field: StringField) -> None:
        """The books are a group's."""
        self._only_with(DedicationKind.GROUP, field.data)

    def validate_books_town(self, field: StringField) -> None:
        """The books are a group's."""
        self._only_with(DedicationKind.GROUP, field.data)

    def validate_books_postcode(self, field: StringField) -> None:
        """Written the official way."""
        self._only_with(DedicationKind.GROUP, field.data)
        postcode = postcode_as_written(field.data or "")
        if field.data and postcode is None:
            raise ValidationError(gettext("Enter a postcode, for example 1234 AB."))
        field.data = postcode or ""

    def validate_present_email(self, field: MailAddressField) -> None:
        """Nobody is mailed about what is no present."""
        self._only_with(DedicationKind.PRESENT, field.data)
        if not field.data and self.present_day.data and self._kind is DedicationKind.PRESENT:
            raise ValidationError(gettext("Enter the email address, or leave the day empty."))

    def validate_present_day(self, field: DayField) -> None:
        """Nobody is mailed about what is no present."""
        self._only_with(DedicationKind.PRESENT, field.data)

    def _only_with(self, kind: DedicationKind, value: Any) -> None:
        if value and self._kind is not kind:
            raise ValidationError(
                gettext("This is for a group or firm only. Choose that above, or empty this.")
                if kind is DedicationKind.GROUP
                else gettext("This is for a present only. Choose that above, or empty this.")
            )


def dedication_before(dedication: GiftDedication | None) -> dict[str, Any]:
    """What the form starts with, of a gift that is corrected."""
    if dedication is None:
        return {"dedication": NOBODY}
    return {
        "dedication": dedication.kind,
        "dedication_name": dedication.name,
        "dedication_words": dedication.words,
        "dedication_on_page": dedication.on_page,
        "company_number": dedication.company_number,
        "books_street": dedication.street,
        "books_postcode": dedication.postcode,
        "books_town": dedication.town,
        "present_email": dedication.email or "",
        "present_day": dedication.tell_on if dedication.email else None,
    }
