"""Values that nobody types and somebody sends, for every argument and field of the site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import html
from lxml.html import HtmlElement

from tests.support.pages import elements
from voorjebuurt import paths

SURROGATES = '[{"name":"\\ud800","key":"\\udfff"}]'
DEEP = "[" * 100_000
LONG = "9" * 100_000
DAYS = ("0001-01-01", "9999-12-31", "31-12-9999", "0000-00-00")
NUMBERS = ("99999999999999999999", "1e-20000", "-1", "NaN", "0", "²٣", "9999", "0000", "1/0")
TEXTS = (LONG, DEEP, SURROGATES, "\u202e\u200b\ufeff", "\ud7ff\ufffe\U0010ffff' OR \\ %_ \"<b>{{")
VALUES = (*DAYS, *NUMBERS, *TEXTS)
PATH_PARTS = ("%ED%A0%80", "%00", "%2e%2e", "9" * 3_000, "1e999", "%F0%9F%92%A9", "-1")
_ARGUMENT = re.compile(r"request\.args(?:\.get\(|\[)\"(\w+)\"")
_TYPES = "|text|email|search|date|number|hidden|"
_TYPED = f"self::textarea or not(@type) or contains('{_TYPES}', concat('|', @type, '|'))"


def argument_names() -> list[str]:
    """Every argument of an address that a page reads by its name."""
    files = (paths.PACKAGE / "web").rglob("*.py")
    return sorted({name for file in files for name in _ARGUMENT.findall(file.read_text())})


@dataclass(frozen=True)
class SentForm:
    """A form as a page shows it: where it is sent to, and with what."""

    address: str
    by_post: bool
    values: dict[str, str]
    typed_names: tuple[str, ...]
    days: frozenset[str]
    numbers: frozenset[str]

    def submissions(self) -> Iterator[dict[str, str]]:
        """Everything hostile at once in turns; days and numbers alone among the values shown."""
        count = len(self.typed_names)
        pool = VALUES if self.days or self.numbers else (*TEXTS, DAYS[0], NUMBERS[0])
        for turn in range(0, len(pool), 9 if count > 12 else 5 if count > 1 else 1):
            hostile = {
                name: pool[(turn + at) % len(pool)] for at, name in enumerate(self.typed_names)
            }
            yield {**self.values, **hostile}
        if count <= 12:
            for name in self.typed_names:
                for value in self._kinds_of(name):
                    yield {**self.values, name: value}
        yield dict.fromkeys(self.values, LONG)

    def _kinds_of(self, name: str) -> tuple[str, ...]:
        if name in self.days:
            return DAYS[:2]
        return NUMBERS[:2] if name in self.numbers else ()


def forms_of(address: str, page: str) -> Iterator[SentForm]:
    """The forms of a page."""
    tree = html.fromstring(page)
    for form in elements(tree, "//form"):
        fields = elements(form, ".//input[@name] | .//textarea[@name] | .//select[@name]")
        inputs = elements(
            form, f".//*[@name != 'csrf_token' and ({_TYPED})][self::input or self::textarea]"
        )
        yield SentForm(
            address=urlsplit(form.get("action") or address).path,
            by_post=form.get("method") == "post",
            values={str(field.get("name")): value_of(field) for field in fields},
            typed_names=tuple(dict.fromkeys(str(field.get("name")) for field in inputs)),
            days=frozenset(name_of(field) for field in inputs if field.get("type") == "date"),
            numbers=frozenset(name_of(field) for field in inputs if field.get("inputmode")),
        )


def name_of(field: HtmlElement) -> str:
    """The name of a field."""
    return str(field.get("name"))


def value_of(field: HtmlElement) -> str:
    """What a browser would send of it."""
    value: Any = field.get("value") if field.tag == "input" else field.value
    return str(value or "")
