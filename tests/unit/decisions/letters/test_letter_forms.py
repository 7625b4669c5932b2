"""A letter that was sent can be shown for ever: in the words of its form, as the bytes it was."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.decision_samples import ANNOUNCEMENT, sample
from tests.support.letter_variants import NAMES, letter_variant
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.proof.schema import LETTER_FORM, SnapshotError
from voorjebuurt.kernel.catalogues import catalogue

FORM1 = Path(__file__).parent / "golden" / "form1"
PDF_OF_FORM1 = {
    "award": "53a7d32f0fb64e32",
    "partial_award": "0a4425cc9ee377c0",
    "refusal": "3a12f626b9037201",
    "determination": "6eed244b9c1bdde8",
    "lower_determination": "a644fe154311fae1",
    "withdrawal": "49e542dc8cebb628",
    "clawback": "534fe430c04aa680",
}
"""Begins of the hashes, as typst 0.15.2 sets them: only another typesetter may change these."""


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_letter_of_form_1_are_what_they_were(name: str) -> None:
    snapshot, announcement = letter_variant(name, 1)
    text = letters.write(snapshot.text, announcement).text
    assert text == (FORM1 / f"{name}.txt").read_text()


@pytest.mark.parametrize("kind", PDF_OF_FORM1)
def test_the_bytes_of_a_letter_of_form_1_are_what_they_were(kind: str) -> None:
    pdf = letters.render(sample(kind, form=1).text, ANNOUNCEMENT)
    assert hashlib.sha256(pdf).hexdigest().startswith(PDF_OF_FORM1[kind])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_texts_that_decisions_of_form_1_keep_are_what_they_were(language: str) -> None:
    """Whoever changes one in ``keyed.po`` puts the old one in ``keyed.1.po`` beside it."""
    words = catalogue(language, 1)
    expected = json.loads((FORM1 / f"texts.{language}.json").read_text())
    texts = {
        context: {key: list(words.texts[context, key]) for key in keys}
        for context, keys in expected.items()
    }
    assert texts == expected


@pytest.mark.parametrize("form", [1, LETTER_FORM])
@pytest.mark.parametrize("kind", PDF_OF_FORM1)
def test_a_decision_is_computed_again_in_the_words_of_its_day(kind: str, form: int) -> None:
    assert replay(sample(kind, form=form).text).differences == ()


def test_no_form_is_taken_off() -> None:
    """Whoever adds a form keeps those before it."""
    for form in range(1, LETTER_FORM + 1):
        assert letters.write(replace(sample("award"), form=form).text).title


def test_texts_of_another_form_are_not_guessed() -> None:
    with pytest.raises(SnapshotError, match="form 9"):
        letters.write(replace(sample("award"), form=9).text)
