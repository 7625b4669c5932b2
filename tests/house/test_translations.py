"""Every text is there in every language, and says the same."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from click.testing import CliRunner

from tests.support.certain import certain
from voorjebuurt import paths
from voorjebuurt.cli.translations import command
from voorjebuurt.kernel.catalogues import languages

LOCALES = languages()
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")
FAMILIAR = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)


def catalogue(locale: str) -> Catalog:
    """The texts in one language."""
    file = paths.TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as stream:
        return read_po(stream, locale=locale)


def pairs(message: Message) -> list[tuple[str, str]]:
    """The original and the translation, once per form; other languages may have more forms."""
    ids = list(message.id) if isinstance(message.id, tuple | list) else [message.id]
    strings = (
        list(message.string)
        if isinstance(message.string, tuple | list)
        else [certain(message.string)]
    )
    return [(ids[min(number, len(ids) - 1)], text) for number, text in enumerate(strings)]


@pytest.fixture(params=LOCALES)
def messages(request: pytest.FixtureRequest) -> list[Message]:
    """The messages of a catalogue, without its header."""
    return [message for message in catalogue(request.param) if message.id]


def test_every_text_is_translated(tmp_path: Path) -> None:
    settings = {"VJB_ENV": "test", "VJB_HOME": str(tmp_path)}
    result = CliRunner().invoke(command, ["check"], env=settings)
    assert result.exit_code == 0, result.output


def test_nothing_is_empty_or_unsure(messages: list[Message]) -> None:
    assert len(messages) > 300
    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if not all(text for _, text in pairs(message))] == []


def test_a_translation_takes_the_same_values(messages: list[Message]) -> None:
    wrong = [
        (original, text)
        for message in messages
        for original, text in pairs(message)
        if set(PLACEHOLDER.findall(original)) != set(PLACEHOLDER.findall(text))
    ]
    assert wrong == []


def test_dutch_speaks_to_people_politely() -> None:
    familiar = [
        text
        for message in catalogue("nl")
        for _, text in pairs(message)
        if message.id and FAMILIAR.search(text.replace("Voor je Buurt", ""))
    ]
    assert familiar == []


def test_dutch_is_dutch() -> None:
    """A sentence that is the same in both languages was forgotten."""
    same = [
        original
        for message in catalogue("nl")
        for original, text in pairs(message)
        if message.id and original == text and len(PLACEHOLDER.sub("", text).split()) > 1
    ]
    assert same == []
