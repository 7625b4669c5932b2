"""Phrases in each language. In one edition the same phrase gives the same text for ever.

That is why amounts and numbers are written here and not by a library whose data change.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import assert_never

from voorjebuurt.kernel.catalogues import Catalogue, catalogue, languages
from voorjebuurt.rulebook.texts.phrases import (
    Count,
    Indicator,
    Money,
    Names,
    Number,
    Phrase,
    Place,
    Value,
)
from voorjebuurt.rulebook.values.numbers import compare

MONEY_PARTS = 2
"""Decimals of a cent that are shown at most."""
NUMBER_DECIMALS = 12


def say(
    sentence: Phrase,
    language: str,
    places: Mapping[str, str] = MappingProxyType({}),
    *,
    edition: int | None = None,
) -> str:
    """The phrase in a language; ``places`` are names by area code, where known.

    ``edition``: in the words of then (``kernel.catalogues``); in today's without one.
    """
    return _Speaker(catalogue(language, edition), places).say(sentence)


def say_all(
    sentences: list[Phrase],
    places: Mapping[str, str] = MappingProxyType({}),
    *,
    edition: int | None = None,
) -> dict[str, list[str]]:
    """The phrases in every language."""
    return {
        language: [say(sentence, language, places, edition=edition) for sentence in sentences]
        for language in languages()
    }


class _Speaker:
    """Speaks one language, and knows the names of some places."""

    def __init__(self, words: Catalogue, places: Mapping[str, str]) -> None:
        self._words, self._places = words, places

    def say(self, sentence: Phrase) -> str:
        """The phrase with its values put in."""
        values = {name: self._value(value) for name, value in sentence.values.items()}
        return self._words.text("phrase", sentence.key, **values)

    def _value(self, value: Value) -> str:
        match value:
            case str():
                return value
            case Money(cents):
                return money(cents, self._words)
            case Number(number):
                return written(number, self._words)
            case Count(number, noun):
                things = self._words.noun("noun", noun, number)
                return f"{grouped(number, self._words)} {things}"
            case Indicator(key):
                return self._words.name("indicator", key)
            case Place(code):
                return self._places.get(code, code)
            case Names():
                return self._listed(value)
            case Phrase():
                return self.say(value)
            case _:
                assert_never(value)

    def _listed(self, value: Names) -> str:
        names = value.names
        if value.themes:
            names = tuple(self._words.name("theme", key) for key in names)
        quotes = [f"“{name}”" for name in names]
        if len(quotes) < 2:
            return "".join(quotes)
        return f"{', '.join(quotes[:-1])} {self._words.text('word', value.word)} {quotes[-1]}"


def money(cents: Fraction | int, words: Catalogue) -> str:
    """``€ 1.250`` or ``€ 12,50`` (nl); parts of a cent as far as they fit, then ``…``."""
    exact = Fraction(cents)
    if compare(exact, round(exact)) == 0:
        exact = Fraction(round(exact))
    parts = 10**MONEY_PARTS
    digits = exact.numerator * parts // exact.denominator
    whole, part = divmod(digits, 100 * parts)
    decimals = f"{part:0{2 + MONEY_PARTS}}"
    decimals = decimals[:2] + decimals[2:].rstrip("0")
    more = "…" if digits != exact * parts else ""
    tail = "" if decimals == "00" and not more else words.decimal_point + decimals + more
    return f"{words.currency}{grouped(whole, words)}{tail}"


def written(number: Fraction, words: Catalogue) -> str:
    """``1,5`` (nl), ``1.5`` (en), or ``2/3`` for what has no short decimal form."""
    parts = abs(number) * 10**NUMBER_DECIMALS
    if parts.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    whole, part = divmod(parts.numerator, 10**NUMBER_DECIMALS)
    decimals = f"{part:0{NUMBER_DECIMALS}}".rstrip("0")
    sign = "-" if number < 0 else ""
    return sign + grouped(whole, words) + (words.decimal_point + decimals if decimals else "")


def grouped(number: int, words: Catalogue) -> str:
    """``1.250`` (nl), ``1,250`` (en)."""
    return f"{number:,}".replace(",", words.thousands)
