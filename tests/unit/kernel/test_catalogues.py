"""Texts by key: of the languages whose folders are there, with their plural forms."""

from pathlib import Path

import pytest

from tests.support.pseudo_locale import PSEUDO, add_pseudo_locale, pseudo
from voorjebuurt import paths
from voorjebuurt.kernel.catalogues import DUTCH, catalogue, in_language, languages


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A third language, with six plural forms."""
    monkeypatch.setattr(paths, "TRANSLATIONS", add_pseudo_locale(tmp_path))
    return PSEUDO


def test_a_language_is_a_folder(third: str) -> None:
    assert languages() == (DUTCH, third, "en")
    assert catalogue(third).language == third
    assert catalogue(third).texts.keys() == catalogue(DUTCH).texts.keys()


def test_a_language_that_is_not_there_is_dutch() -> None:
    assert catalogue("xx") == catalogue(DUTCH)


def test_values_are_put_in() -> None:
    assert catalogue("en").text("file fault", "line", line=3, text="x {y}") == "Line 3: x {y}"
    with pytest.raises(KeyError):
        catalogue("en").text("file fault", "no such text")


def test_each_language_has_its_own_plural_forms(third: str) -> None:
    forms = {number: catalogue(third).noun("noun", "donor", number) for number in (0, 1, 2, 5)}
    assert forms[1] == pseudo("donor")
    assert forms[0] == forms[2] == forms[5] == pseudo("donors")
    assert len(catalogue(third).texts["noun", "donor"]) == 6
    assert [catalogue("en").noun("noun", "donor", number) for number in (1, 2)] == [
        "donor",
        "donors",
    ]


def test_what_has_no_text_is_called_by_its_key() -> None:
    assert catalogue("en").name("theme", "green") == "green"
    assert catalogue(DUTCH).name("theme", "made up") == "made up"


def test_a_kept_text_falls_back_to_dutch() -> None:
    texts = {"nl": "ja", "en": "yes"}
    assert in_language(texts, "en") == "yes"
    assert in_language(texts, "ar") == "ja"


def test_an_edition_has_the_texts_that_were_changed_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a text that changed twice the first edition has the oldest, and the second the next."""
    monkeypatch.setattr(paths, "TRANSLATIONS", add_pseudo_locale(tmp_path))
    for number, word in ((11, "gras"), (12, "gazon")):
        file = tmp_path / DUTCH / "LC_MESSAGES" / f"keyed.{number}.po"
        file.write_text(f'msgctxt "theme"\nmsgid "green"\nmsgstr "{word}"\n')
    words = [catalogue(DUTCH, edition).name("theme", "green") for edition in (11, 12, 13, None)]
    assert words == ["gras", "gazon", "groen", "groen"]
    assert catalogue(DUTCH, 11).name("theme", "care") == "zorg"
