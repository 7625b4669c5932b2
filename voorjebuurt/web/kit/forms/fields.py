"""The base of every form, and fields for money, IBANs and days."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, ValidationError

from voorjebuurt.kernel import money
from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.kit.versions import PageVersion

_l = lazy_gettext
EMAIL_MAX_LENGTH = 254
_DAY_AS_TYPED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_NUMBER_AS_TYPED = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?|[0-9]{1,9}/[1-9][0-9]{0,8}")


class Form(FlaskForm):
    """A form with a CSRF token, in the language of the request.

    ``version`` is what its page showed of the thing that it changes, if it changes one.
    """

    version: PageVersion | None = None

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether everything is right; never when the form goes back to who typed it."""
        reason = returned_reason()
        if reason is None:
            return bool(super().validate(extra_validators))
        if reason:
            self.form_errors.append(reason)
        return False


def stripped(value: str | None) -> str | None:
    """A filter for text fields: without white space around it, or what no text may hold."""
    return value.replace("\x00", "").strip() if value else value


def required(message: Any = None) -> DataRequired:
    """Something must be filled in; say what: ``required(_l("Fill in your name."))``."""
    return DataRequired(message or _l("Fill this in."))


def chosen(message: Any = None) -> InputRequired:
    """One of the choices must be made."""
    return InputRequired(message or _l("Make a choice."))


def at_most(length: int) -> Length:
    """No more characters than this."""
    return Length(max=length, message=_l("Use at most %(max)d characters."))


class MoneyField(StringField):
    """An amount as people type it; ``data`` is eurocents, or None when nothing was typed."""

    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        euros, cents = divmod(self.data, 100)
        return f"{euros},{cents:02d}" if cents else str(euros)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = money.parse_typed(valuelist[0])
        except ValueError as error:
            raise ValueError(gettext("Fill in an amount, for example 25 or 12,50.")) from error


class NumberField(StringField):
    """An exact number as people type it, ``1,5`` or ``2/3``; ``data`` is a Fraction, or None."""

    data: Fraction | None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "decimal", "size": 8})
        super().__init__(*arguments, **options)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else _number_as_typed(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; a percent sign behind it is as good as none."""
        self.data = None
        text = re.sub(r"[\s%]", "", valuelist[0]).replace(",", ".") if valuelist else ""
        if not text:
            return
        if not _NUMBER_AS_TYPED.fullmatch(text):
            raise ValueError(gettext("Fill in a number, for example 15 or 1,5."))
        self.data = Fraction(text)


class CountField(StringField):
    """A whole number from 0 up; ``data`` is an int, or None when nothing was typed."""

    data: int | None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric", "size": 6})
        super().__init__(*arguments, **options)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(gettext("Fill in a whole number, for example 10."))
        self.data = int(text)


def _number_as_typed(value: Fraction) -> str:
    """``1,5`` where that is exact in six decimals, else ``2/3``; a point in English."""
    millionths = value * 10**6
    if millionths.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = f"{Decimal(millionths.numerator).scaleb(-6).normalize():f}"
    return digits.replace(".", catalogue(str(get_locale())).decimal_point)


class IbanField(StringField):
    """An IBAN: without spaces in ``data``, in groups of four on the screen.

    Whether it is a right one is for the service to say.
    """

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        iban = self.data or ""
        return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = re.sub(r"[\s.-]+", "", valuelist[0]).upper() if valuelist else None


class DayField(DateField):
    """A day, from the browser's date picker or typed as 31-1-2027."""

    data: date | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was picked or typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        text = valuelist[0].strip()
        try:
            if match := _DAY_AS_TYPED.fullmatch(text):
                day, month, year = map(int, match.groups())
                self.data = date(year, month, day)
            else:
                self.data = date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(gettext("Fill in a date, for example 31-1-2027.")) from error


def local_path(path: str | None) -> str | None:
    """``path`` when it is one on this site, else None: nobody is led to a strange place."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return None
    if "\\" in path or any(ord(character) < 32 for character in path) or len(path) > 1000:
        return None
    return path


__all__ = [
    "CountField",
    "DayField",
    "Form",
    "IbanField",
    "MoneyField",
    "NumberField",
    "ValidationError",
    "at_most",
    "chosen",
    "local_path",
    "required",
    "stripped",
]


def email_field() -> EmailField:
    """An e-mail address."""
    return EmailField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[
            required(_l("Fill in your e-mail address.")),
            Email(_l("Fill in an e-mail address, for example name@example.nl.")),
            at_most(EMAIL_MAX_LENGTH),
        ],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
