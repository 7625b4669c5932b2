"""The seven letters as PDF: the same bytes, every sentence in it, and nothing injected."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.decision_samples import AMOUNTS, SENT, sample
from voorjebuurt.decisions import letters


@pytest.mark.parametrize("kind", AMOUNTS)
def test_the_same_snapshot_gives_the_same_bytes(kind: str) -> None:
    text = sample(kind).text
    assert letters.render(text, SENT) == letters.render(text, SENT)
    assert letters.render(text, SENT).startswith(b"%PDF-")


def squeezed(text: str) -> str:
    """Without any space: a PDF breaks lines where it likes."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("kind", AMOUNTS)
def test_every_sentence_of_the_content_stands_in_the_pdf(kind: str) -> None:
    text = sample(kind).text
    pages = PdfReader(io.BytesIO(letters.render(text, SENT))).pages
    shown = squeezed("".join(page.extract_text() for page in pages))
    for line in letters.write(text, SENT).text.splitlines():
        for part in re.split(r" \| |^## |^- |: ", line):
            for sentence in re.split(r"(?<=[.?])\s", part):
                assert squeezed(sentence) in shown, sentence
