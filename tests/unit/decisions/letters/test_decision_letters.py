"""The letters as PDF: the same bytes, every sentence in it, and nothing injected."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject, TextStringObject

from tests.support.decision_samples import AMOUNTS, ANNOUNCEMENT, sample
from tests.support.profiles import slow
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.characters import drawable
from voorjebuurt.kernel.printable import RANGES

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("kind", AMOUNTS)
def test_the_same_snapshot_gives_the_same_bytes(kind: str) -> None:
    text = sample(kind).text
    assert letters.render(text, ANNOUNCEMENT) == letters.render(text, ANNOUNCEMENT)
    assert letters.render(text, ANNOUNCEMENT).startswith(b"%PDF-")


FOOT = re.compile(r"Kenmerk \S+ Pagina \d+ van \d+\s*$")
"""A sentence may go on after the foot of a page."""


def squeezed(text: str) -> str:
    """Without any space: a PDF breaks lines where it likes."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("kind", AMOUNTS)
def test_every_sentence_of_the_content_stands_in_the_pdf(kind: str) -> None:
    text = sample(kind).text
    pages = PdfReader(io.BytesIO(letters.render(text, ANNOUNCEMENT))).pages
    pdf_text = squeezed("".join(FOOT.sub("", page.extract_text()) for page in pages))
    for line in letters.write(text, ANNOUNCEMENT).text.splitlines():
        for part in re.split(r" \| |^## |^- |: ", line):
            for sentence in re.split(r"(?<=[.?])\s", part):
                assert squeezed(sentence) in pdf_text, sentence


@pytest.mark.parametrize("kind", AMOUNTS)
def test_the_words_of_a_letter(kind: str) -> None:
    """Word for word: whoever changes a letter changes the file beside this test, and is read."""
    golden = (GOLDEN / f"{kind}.txt").read_text()
    assert letters.write(sample(kind).text, ANNOUNCEMENT).text == golden


@pytest.mark.parametrize("kind", AMOUNTS)
def test_the_screen_says_what_the_pdf_says(kind: str) -> None:
    text = sample(kind).text
    screen_text = squeezed(Markup(letters.show(text, ANNOUNCEMENT)).striptags())
    for line in letters.write(text, ANNOUNCEMENT).text.splitlines():
        for part in re.split(
            r" \| |^## |^- |^(?:Verzonden op|Ons kenmerk|Uw aanvraag|Fonds|Bijlagen): ", line
        ):
            assert squeezed(part) in screen_text, part


def test_a_letter_can_be_kept_and_read_aloud() -> None:
    reader = PdfReader(io.BytesIO(letters.render(sample("award").text, ANNOUNCEMENT)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Besluit: wij kennen u €\u00a02.400,60 subsidie toe"
    root = reader.root_object
    language, marks, metadata = root["/Lang"], root["/MarkInfo"], root["/Metadata"]
    assert isinstance(language, TextStringObject)
    assert language == "nl-NL"
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"]
    assert isinstance(metadata, StreamObject)
    xmp = metadata.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_the_machine_and_its_clock_leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever day it is made and whatever fonts there are, the bytes are the same."""
    before = letters.render(sample("award").text, ANNOUNCEMENT)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TYPST_FONT_PATHS", "/usr/share/fonts")
    assert letters.render(sample("award").text, ANNOUNCEMENT) == before


def test_until_it_is_sent_it_is_a_draft() -> None:
    draft = letters.write(sample("award").text)
    assert draft.mark == "CONCEPT – NIET VERZONDEN"
    assert ("Verzonden op", "nog niet verzonden") in draft.references
    assert "Sanne de Wit" not in draft.text
    assert "uiterlijk zes weken na verzending bij ons binnen zijn" in draft.text
    assert letters.render(sample("award").text).startswith(b"%PDF-")


def test_what_is_stored_with_a_letter_makes_it_again() -> None:
    text = sample("refusal").text
    letter = letters.make(text, ANNOUNCEMENT)
    again = letters.read_announcement(letter.announcement)
    assert again == ANNOUNCEMENT
    assert letters.render(text, again) == letter.pdf
    assert letters.content_hash(letters.write(text, again)) in letter.announcement


HOSTILE = (
    '#eval("1+1") #import "@preview/x:1.0.0": *',
    "*vet* _schuin_ `code` $x^2$ = kop <label> @ref // weg /* weg */ \\ #",
    '<script>alert("x")</script> & "aanhaling" \' }} {% raw %} {{ 7*7 }}',
    "]#pagebreak()[ ) } ; let x = 1",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_no_word_can_become_markup(title: str) -> None:
    text = sample("award", title=title).text
    pages = PdfReader(io.BytesIO(letters.render(text, ANNOUNCEMENT))).pages
    assert squeezed(f"‘{title}’") in squeezed("".join(page.extract_text() for page in pages))
    html = letters.show(text, ANNOUNCEMENT)
    assert "<script" not in html
    assert squeezed(title) in squeezed(Markup(html).striptags())


@slow(30)
@given(title=st.text(max_size=80), reason=st.text(min_size=1, max_size=200))
def test_whatever_people_write_there_is_a_letter(title: str, reason: str) -> None:
    snapshot = sample("refusal", title=title)
    snapshot = replace(snapshot, decision=replace(snapshot.decision, reason=reason))
    pdf = letters.render(snapshot.text, ANNOUNCEMENT)
    assert pdf == letters.render(snapshot.text, ANNOUNCEMENT)
    assert drawable(f"‘{title}’") in letters.write(snapshot.text, ANNOUNCEMENT).text


def test_long_words_and_many_pages() -> None:
    """A title without a space is broken, and an endless reason goes on on the next page."""
    snapshot = sample("refusal", title="Straatnaam" * 30)
    reason = "Dit is een lange reden. " * 400
    snapshot = replace(snapshot, decision=replace(snapshot.decision, reason=reason))
    pages = PdfReader(io.BytesIO(letters.render(snapshot.text, ANNOUNCEMENT))).pages
    assert len(pages) > 4
    assert squeezed("Straatnaam" * 30) in squeezed("".join(page.extract_text() for page in pages))


def test_every_character_that_is_let_through_can_be_drawn() -> None:
    """A missing glyph would stop a PDF/A; the list of ranges is what the fonts have."""
    every = [chr(code) for low, high in RANGES for code in range(low, high + 1)]
    letters_in_font = "".join(character for character in every if drawable(character) == character)
    assert len(letters_in_font) > 1000
    text = sample("award", title=" ".join(letters_in_font)).text
    assert letters.render(text, ANNOUNCEMENT).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("text", "drawing"),
    [
        ("Zoë Łukasz Ğülşen Đặng Ελένη Олена", "Zoë Łukasz Ğülşen Đặng Ελένη Олена"),
        ("feest 🌳! 李", "feest □! □"),
        ("gratis\u202e stsiug", "gratis stsiug"),
        ("nul\x00 en\tstreep", "nul en streep"),
        ("e\u0301e\u0301n", "één"),
    ],
)
def test_what_the_fonts_lack_is_a_square(text: str, drawing: str) -> None:
    assert drawable(text) == drawing
