"""Fields of text. What is typed into any of them is made into text as we keep it, and counted.

A browser cuts what is pasted off at a ``maxlength`` without a word, so no field has one: it says
beforehand how much fits, and afterwards how much there is. These stand in for the fields of the
same names of WTForms, which forms may not use (``tests/house/test_fields.py``).
"""

from collections.abc import Callable, Sequence
from typing import Any

import wtforms
from flask_babel import format_decimal, gettext
from wtforms.validators import ValidationError

from voorjebuurt.kernel.cleaning import clean_line, clean_lines
from voorjebuurt.kernel.mail_addresses import mail_address, readable_address


class AtMost:
    """No more characters than this. A ``quiet`` one is told only when there are more.

    The flags are for ``hints`` of ``web.kit.jinja``.
    """

    def __init__(self, length: int, *, quiet: bool = False) -> None:
        self.length = length
        self.field_flags = {"most_characters": length, "most_is_quiet": quiet}

    def __call__(self, _form: wtforms.Form, field: wtforms.Field) -> None:
        """Raise ``ValidationError`` with both numbers."""
        length = len(field.data or "")
        if length > self.length:
            raise ValidationError(
                gettext(
                    "You wrote %(number)s characters. Use at most %(most)s.",
                    number=format_decimal(length),
                    most=format_decimal(self.length),
                )
            )


def at_most(length: int, *, quiet: bool = False) -> AtMost:
    """No more characters than this; see ``AtMost``."""
    return AtMost(length, quiet=quiet)


class StringField(wtforms.StringField):
    """One line."""

    clean: Callable[[str], str] = staticmethod(clean_line)
    has_limit = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.has_limit and self.flags.most_characters is None:
            raise TypeError(f"{self.name}: say with at_most() how long the text may be")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Clean what was typed."""
        if valuelist:
            self.data = self.clean(valuelist[0])


class TextAreaField(StringField):
    """Several lines."""

    widget = wtforms.widgets.TextArea()
    clean = staticmethod(clean_lines)


class SearchField(StringField):
    """Words to look for."""

    widget = wtforms.widgets.SearchInput()


class HiddenField(StringField):
    """What a form carries and nobody types."""

    widget = wtforms.widgets.HiddenInput()
    has_limit = False


class MailAddressField(StringField):
    """An address of mail: in ``data`` as servers take it, on the screen as people read it."""

    widget = wtforms.widgets.EmailInput()
    has_limit = False

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else readable_address(self.data or "")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed; what no server takes stays as it is, beside the error."""
        super().process_formdata(valuelist)
        if not self.data:
            return
        try:
            self.data = mail_address(self.data)
        except ValueError as error:
            message = gettext("Enter an email address, for example name@example.nl.")
            raise ValueError(message) from error
