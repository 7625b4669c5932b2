"""Posters and flyers: one sheet of the right size, readable by machine, whatever the title says."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.support.printed import HOSTILE, POSTER, code, photo, poster
from voorjebuurt.campaigns.reach.posters import Format, Material, Poster, poster_name, set_poster

MILLIMETRES = {"poster-a4": (210, 297), "poster-a5": (148, 210), "flyer": (210, 297)}
KINDS = list(product(Material, (False, True)))
LONG = "Een lange zin over bomen en banken op het plein. " * 6


def read(sheet: Poster, picture: bytes | None = None) -> PdfReader:
    return PdfReader(BytesIO(set_poster(sheet, code=code(), picture=picture, format=Format.PDF)))


def text_of(reader: PdfReader) -> str:
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("material", "large"), KINDS)
def test_a_sheet_has_its_size_and_says_everything(material: Material, large: bool) -> None:
    reader = read(poster(material, large=large), photo())
    (page,) = reader.pages
    points = [float(page.mediabox.width), float(page.mediabox.height)]
    assert [round(each / 72 * 25.4) for each in points] == list(MILLIMETRES[material])
    text = text_of(reader)
    parts = (POSTER.title, "€ 1.200", "12 december 2026", POSTER.address, POSTER.offline, POSTER.by)
    for each in parts:
        assert squeezed(each) in text, each


@pytest.mark.parametrize(("material", "large"), [KINDS[0], KINDS[-1]])
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_text_on_one_sheet(
    material: Material, large: bool, title: str
) -> None:
    sheet = replace(poster(material, large=large, title=title), summary=title, by=title)
    reader = read(sheet, photo())
    assert len(reader.pages) == 1
    assert squeezed(POSTER.address) in text_of(reader)


def test_what_looks_like_markup_is_printed_as_it_was_typed() -> None:
    text = text_of(read(poster(Material.POSTER_A4, title=HOSTILE[0])))
    assert squeezed('#panic("x") $x$ *b* _i_ @a <b>') in text


def test_what_no_font_has_is_written_as_it_sounds() -> None:
    text = text_of(read(poster(Material.POSTER_A4, title="мир 漢字 🌳 café")))
    assert "мир" in text
    assert "HanZicafé" in text


@pytest.mark.parametrize(("material", "large"), KINDS)
def test_the_longest_words_still_fit(material: Material, large: bool) -> None:
    sheet = poster(material, large=large, title=LONG[:80])
    sheet = replace(sheet, summary=LONG[:300], by=f"Door {LONG[:75]} · {LONG[:160]}")
    for picture in (None, photo(), photo(320, 2000)):
        reader = read(sheet, picture)
        assert len(reader.pages) == 1
        assert squeezed(LONG[:80]) in text_of(reader)


def note_sizes(sizes: list[float]) -> Callable[..., None]:
    """What the reader calls for each piece of text: it keeps its size in points."""

    def note(text: str, _place: Any, matrix: list[float], _font: Any, size: float) -> None:
        if text.strip():
            sizes.append(size * abs(matrix[0]))

    return note


def test_large_print_is_larger() -> None:
    """Nothing is below 14 points but the strips, which have no room for it."""
    sizes: dict[bool, float] = {}
    for large in (False, True):
        points_of: list[float] = []
        (page,) = read(poster(Material.POSTER_A4, large=large)).pages
        page.extract_text(visitor_text=note_sizes(points_of))
        sizes[large] = min(points_of)
    assert sizes[True] >= 15 > sizes[False] >= 10


def test_a_sheet_is_tagged_and_can_be_kept() -> None:
    reader = read(poster(Material.FLYER), photo())
    root: Any = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert root["/Lang"].startswith("nl")


def test_the_strips_are_said_once_to_who_listens() -> None:
    """They are seen nine times, and the address is in the text above as well."""
    text = text_of(read(poster(Material.FLYER)))
    assert text.count(squeezed(POSTER.address)) == 10


def test_the_same_poster_has_the_same_bytes_and_name() -> None:
    sheet = poster(Material.POSTER_A4)
    once = set_poster(sheet, code=code(), picture=photo(), format=Format.PDF)
    assert set_poster(sheet, code=code(), picture=photo(), format=Format.PDF) == once
    names = {
        poster_name(sheet, "a-1x1", Format.PDF),
        poster_name(sheet, "a-1x1", Format.PNG),
        poster_name(sheet, None, Format.PDF),
        poster_name(replace(sheet, title="Anders"), "a-1x1", Format.PDF),
        poster_name(replace(sheet, language="en"), "a-1x1", Format.PDF),
        poster_name(poster(Material.POSTER_A4, large=True), "a-1x1", Format.PDF),
    }
    assert len(names) == 6


@pytest.mark.parametrize("material", Material)
def test_a_small_picture_shows_it(material: Material) -> None:
    data = set_poster(poster(material), code=code(), picture=photo(), format=Format.PNG)
    with Image.open(BytesIO(data)) as image:
        width, height = MILLIMETRES[material]
        assert image.format == "PNG"
        assert abs(image.width / image.height - width / height) < 0.01
        assert image.width <= 800
    assert len(data) < 300_000
