"""The base of every form, and fields for money, IBANs and days."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.i18n import Translations
from wtforms import DateField, Field
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, StopValidation, ValidationError
from wtforms.widgets import TextInput

from voorjebuurt.kernel import money
from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.kernel.cleaning import clean_line, without_spaces
from voorjebuurt.kernel.text import euro
from voorjebuurt.payouts.iban import compact, grouped
from voorjebuurt.web.kit.forms.texts import (
    HiddenField,
    MailAddressField,
    SearchField,
    StringField,
    TextAreaField,
    at_most,
)
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.kit.versions import PageVersion

_l = lazy_gettext
_DAY_AS_TYPED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_GONE = lazy_gettext("This choice is no longer there. Choose again.")
CHOICE_GONE = {
    "Not a valid choice.": _GONE,
    "Invalid Choice: could not coerce.": _GONE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _GONE,
    "'%(value)s' is not a valid choice for this field.": _GONE,
    "'%(value)s' are not valid choices for this field.": _GONE,
}
"""Every sentence of WTForms about a choice, and ours."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days outside these years are slips of the keyboard."""
_NUMBER_AS_TYPED = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?|[0-9]{1,9}/[1-9][0-9]{0,8}")


class OwnWords(Translations):
    """What WTForms itself says of a choice that is not there, in our words and languages.

    Somebody meets it whose page is old: the colleague, fund or state of then is gone.
    """

    def gettext(self, string: str) -> str:
        """Our sentence for theirs; theirs where people don't meet it."""
        own = CHOICE_GONE.get(string)
        return str(own) if own is not None else str(super().gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same for several choices at once."""
        own = CHOICE_GONE.get(singular)
        return str(own) if own is not None else str(super().ngettext(singular, plural, n))


class Form(FlaskForm):
    """A form with a CSRF token, in the language of the request.

    ``version`` is what its page showed of the thing that it changes, if it changes one.
    """

    class Meta(FlaskForm.Meta):
        """Speaks in our words."""

        def get_translations(self, _form: BaseForm) -> OwnWords:
            """Those of ``OwnWords``."""
            return OwnWords()

    version: PageVersion | None = None

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether everything is right; never when the form goes back to who typed it."""
        reason = returned_reason()
        if reason is None:
            return bool(super().validate(extra_validators))
        if reason:
            self.form_errors.append(reason)
        return False


def required(message: Any = None) -> DataRequired:
    """Something must be filled in; say what: ``required(_l("Fill in your name."))``."""
    return DataRequired(message or _l("Fill this in."))


class Answer(InputRequired):
    """Something was sent, if only a zero; spaces and what nobody sees are nothing."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Raise ``StopValidation`` when nothing was."""
        text = field.raw_data[0] if field.raw_data else None
        if isinstance(text, str) and not clean_line(text):
            raise StopValidation(str(self.message))
        super().__call__(form, field)


def chosen(message: Any = None) -> Answer:
    """One of the choices must be made, or a number filled in."""
    return Answer(message or _l("Make a choice."))


class TypedField(Field):
    """What people type and we read into ``data``; what can't be read is kept as it was typed."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.as_typed()

    def as_typed(self) -> str:
        """``data`` as somebody would type it."""
        return str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; nothing but spaces is nothing."""
        self.data = None
        if valuelist and clean_line(valuelist[0]):
            self.data = self.from_typed(valuelist[0])

    def from_typed(self, text: str) -> Any:
        """The value of a text that is not empty. Raises ``ValueError`` with what to type."""
        raise NotImplementedError


class MoneyField(TypedField):
    """An amount as people type it; ``data`` is eurocents, or None when nothing was typed."""

    data: int | None

    def as_typed(self) -> str:
        """With cents where there are any."""
        euros, cents = divmod(self.data or 0, 100)
        return f"{euros},{cents:02d}" if cents else str(euros)

    def from_typed(self, text: str) -> int:
        """See ``money.parse_typed``."""
        try:
            return money.parse_typed(text, decimal_point=_decimal_point())
        except ValueError as error:
            raise ValueError(gettext("Enter an amount, for example 12,50.")) from error


class OwnMoneyField(MoneyField):
    """An amount of a campaign, its applicant or its donors: bounded, as nothing here costs more."""

    def from_typed(self, text: str) -> int:
        """As ``MoneyField``, at most ``money.MAX_OWN_CENTS``."""
        cents = super().from_typed(text)
        if cents > money.MAX_OWN_CENTS:
            most = euro(money.MAX_OWN_CENTS, str(get_locale()))
            raise ValueError(gettext("Enter an amount of at most %(maximum)s.", maximum=most))
        return cents


class NumberField(TypedField):
    """An exact number as people type it, ``1,5`` or ``2/3``; ``data`` is a Fraction, or None."""

    data: Fraction | None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "decimal", "size": 8})
        super().__init__(*arguments, **options)

    def as_typed(self) -> str:
        """``1,5`` where that is exact in six decimals, else ``2/3``; a point in English."""
        value = self.data or Fraction(0)
        millionths = value * 10**6
        if millionths.denominator != 1:
            return f"{value.numerator}/{value.denominator}"
        digits = f"{Decimal(millionths.numerator).scaleb(-6).normalize():f}"
        return digits.replace(".", _decimal_point())

    def from_typed(self, text: str) -> Fraction:
        """A percent sign behind it is as good as none."""
        number = without_spaces(text).replace("%", "").replace(",", ".")
        if not _NUMBER_AS_TYPED.fullmatch(number):
            raise ValueError(gettext("Enter a number, for example 15 or 1,5."))
        return Fraction(number)


class CountField(TypedField):
    """A whole number from 0 up; ``data`` is an int, or None when nothing was typed."""

    data: int | None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric", "size": 6})
        super().__init__(*arguments, **options)

    def from_typed(self, text: str) -> int:
        """At most nine digits."""
        number = without_spaces(text)
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise ValueError(gettext("Enter a whole number, for example 10."))
        return int(number)


class YearField(TypedField):
    """A year in four digits; ``data`` is an int, or None when nothing was typed."""

    data: int | None

    def from_typed(self, text: str) -> int:
        """Which years make sense is for the service to say."""
        year = without_spaces(text)
        if not re.fullmatch(r"[0-9]{4}", year):
            raise ValueError(gettext("Enter a year, for example 2024."))
        return int(year)


def _decimal_point() -> str:
    return catalogue(str(get_locale())).decimal_point


class IbanField(TypedField):
    """An IBAN: without spaces in ``data``, in groups of four on the screen.

    Whether it is a right one is for the service to say.
    """

    data: str | None

    def as_typed(self) -> str:
        """In groups of four."""
        return grouped(self.data or "")

    def from_typed(self, text: str) -> str:
        """See ``payouts.iban``."""
        return compact(text)


class DayField(DateField):
    """A day, from the browser's date picker or typed as 31-1-2027."""

    data: date | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was picked or typed."""
        self.data = None
        text = clean_line(valuelist[0]) if valuelist else ""
        if not text:
            return
        try:
            if match := _DAY_AS_TYPED.fullmatch(text):
                day, month, year = map(int, match.groups())
                typed_day = date(year, month, day)
            else:
                typed_day = date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(gettext("Enter a date, for example 31-1-2027.")) from error
        if not FIRST_YEAR <= typed_day.year <= LAST_YEAR:
            raise ValueError(gettext("Enter a date, for example 31-1-2027."))
        self.data = typed_day

    def pre_validate(self, _form: BaseForm) -> None:
        """What was typed and is no day is told as that, not as nothing filled in."""
        if self.process_errors:
            raise StopValidation


__all__ = [
    "CountField",
    "DayField",
    "Form",
    "HiddenField",
    "IbanField",
    "MailAddressField",
    "MoneyField",
    "NumberField",
    "OwnMoneyField",
    "SearchField",
    "StringField",
    "TextAreaField",
    "TypedField",
    "ValidationError",
    "YearField",
    "at_most",
    "chosen",
    "required",
]


def email_field() -> MailAddressField:
    """An email address."""
    return MailAddressField(
        _l("Email address"),
        validators=[required(_l("Enter your email address."))],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
