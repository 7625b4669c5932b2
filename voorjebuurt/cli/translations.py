"""``voorjebuurt translations compile|check``: the texts in every language."""

import re
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from voorjebuurt import paths
from voorjebuurt.kernel.catalogues import DUTCH, Catalogue, catalogue, languages

_KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
_FOLDERS = ("voorjebuurt", "templates")
_SCREENS, _KEYED = "messages.po", "keyed.po"
_PLACEHOLDER = re.compile(r"{(\w+)}")


@click.group(name="translations")
def command() -> None:
    """The texts of the screens and mails, per language."""


@command.command(name="compile")
def compile_catalogs() -> None:
    """Turn each messages.po into the messages.mo that the site reads; keyed.po is read itself."""
    for file in _catalog_files():
        beside = file.with_suffix(".mo.new")
        with beside.open("wb") as stream:
            write_mo(stream, _catalog(file))
        beside.replace(file.with_suffix(".mo"))


@command.command()
def check() -> None:
    """Exit 1 when a text in the code lacks a translation, or one is unsure or wrong."""
    texts = set(_extracted())
    faults = [fault for locale in languages() for fault in _faults(_file(locale, _SCREENS), texts)]
    faults += [fault for locale in languages() for fault in _keyed_faults(locale)]
    if faults:
        sys.exit("\n".join(faults))
    number = len(texts) + len(catalogue(DUTCH).texts)
    click.echo(f"{number} texts are complete in {', '.join(languages())}.")


def _catalog_files() -> Iterator[Path]:
    yield from sorted(paths.TRANSLATIONS.glob(f"*/LC_MESSAGES/{_SCREENS}"))


def _file(locale: str, name: str) -> Path:
    return paths.TRANSLATIONS / locale / "LC_MESSAGES" / name


def _catalog(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parts[-3])


def _extracted() -> Iterator[str | tuple[str, ...]]:
    """Every text that the code and templates of this checkout mark for translation."""
    root = paths.PACKAGE.parent
    mapping = ConfigParser()
    mapping.read(paths.CONFIG / "babel.cfg")
    sections = (section.partition(":") for section in mapping.sections())
    methods = [(pattern.strip(), method.strip()) for method, _, pattern in sections]

    def ours(folder: str) -> bool:
        return Path(folder).relative_to(root).parts[0] in _FOLDERS

    messages = extract_from_dir(root, methods, None, _KEYWORDS, directory_filter=ours)
    return (text for _, _, text, _, _ in messages)


def _faults(file: Path, texts: set[str | tuple[str, ...]]) -> Iterator[str]:
    if not file.exists():
        yield f"{file} is missing"
        return
    catalog = _catalog(file)
    for text in sorted(texts, key=str):
        message = catalog.get(text[0] if isinstance(text, tuple) else text)
        reason = _reason(message, catalog)
        if reason:
            yield f"{file.parts[-3]}: {text!r} {reason}"


def _reason(message: Message | None, catalog: Catalog) -> str | None:
    if message is None:
        return "is not in the catalogue"
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(texts):
        return "has no translation"
    if message.fuzzy:
        return "has a translation that is marked as unsure"
    errors = [str(error) for error in message.check(catalog)]
    return "; ".join(errors) or None


def _keyed_faults(locale: str) -> Iterator[str]:
    """What a catalogue of texts by key lacks, next to the Dutch one, or has wrong."""
    file = _file(locale, _KEYED)
    if not file.exists():
        yield f"{file} is missing"
        return
    dutch, here = catalogue(DUTCH), catalogue(locale)
    for context, key in sorted(dutch.texts.keys() | here.texts.keys()):
        reason = _keyed_reason(dutch, here, (context, key))
        if reason:
            yield f"{locale}: {context} {key!r} {reason}"


def _keyed_reason(dutch: Catalogue, here: Catalogue, place: tuple[str, str]) -> str | None:
    if place not in here.texts:
        return "is not in the catalogue"
    if place not in dutch.texts:
        return "is a key that the Dutch catalogue does not have"
    if not all(here.texts[place]):
        return "has no translation"
    values = set(_PLACEHOLDER.findall(dutch.texts[place][-1]))
    if any(set(_PLACEHOLDER.findall(text)) != values for text in here.texts[place]):
        return "takes other values"
    return None
