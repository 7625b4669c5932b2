"""The picture for sharing: the right size, light, renewed, and drawn whatever the title says."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from tests.support.printed import CARD, COLOURS, HOSTILE, photo
from voorjebuurt.campaigns.reach.share_pictures import (
    HEIGHT,
    WIDTH,
    ShareCard,
    draw_share_picture,
    share_name,
)

TITLE_END = 345
"""Below the title and above the amount nothing is drawn but the ground."""


def drawn(card: ShareCard, picture: bytes | None = None) -> Image.Image:
    data = draw_share_picture(card, picture)
    assert len(data) < 250_000
    image = Image.open(BytesIO(data))
    image.load()
    return image


def colour(text: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(text.removeprefix("#")))


def is_near(image: Image.Image, place: tuple[int, int], text: str) -> bool:
    pixel = image.getpixel(place)
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 16 for a, b in zip(pixel, colour(text), strict=True))


def test_it_has_the_size_that_programs_ask_for() -> None:
    image = drawn(CARD, photo())
    assert (image.format, image.size) == ("JPEG", (WIDTH, HEIGHT))
    assert (WIDTH, HEIGHT) == (1200, 630)


def test_the_picture_of_the_campaign_is_in_it() -> None:
    assert is_near(drawn(CARD, photo(colour="#336699")), (200, 200), "#336699")
    assert is_near(drawn(CARD), (10, 10), COLOURS.accent)


@pytest.mark.parametrize("percent", [0, 1, 50, 100, 250])
def test_the_bar_is_as_full_as_the_campaign(percent: int) -> None:
    image = drawn(replace(CARD, percent=percent))
    start, room, middle = 536, 608, 465
    part = min(percent, 100)
    for place in (25, 75):
        is_full = is_near(image, (start + room * place // 100, middle), COLOURS.accent)
        assert is_full is (part > place), place


@pytest.mark.parametrize("title", [*HOSTILE, "Een lange titel over bomen " * 3, "x", ""])
def test_a_hostile_title_is_drawn_in_its_place(title: str) -> None:
    image = drawn(replace(CARD, title=title), photo())
    for x in range(WIDTH - 40, WIDTH, 7):
        for y in range(0, HEIGHT, 35):
            assert is_near(image, (x, y), "#ffffff"), (x, y)
    for x in range(500, WIDTH, 23):
        assert is_near(image, (x, TITLE_END + 24), "#ffffff"), x


def test_what_the_font_lacks_is_written_as_it_sounds() -> None:
    """Instead of the empty box that a font draws for what it doesn't know."""
    cyrillic, latin = replace(CARD, title="мир 🌳"), replace(CARD, title="mir")
    assert drawn(cyrillic).tobytes() == drawn(latin).tobytes()


def test_accents_are_drawn_as_they_are() -> None:
    accents, bare = replace(CARD, title="Łódź café ř"), replace(CARD, title="Lodz cafe r")
    assert drawn(accents).tobytes() != drawn(bare).tobytes()


def test_it_has_another_name_when_anything_on_it_changes() -> None:
    names = {
        share_name(CARD, "a"),
        share_name(CARD, None),
        share_name(replace(CARD, amount="€ 641 van € 1.200"), "a"),
        share_name(replace(CARD, title="Anders"), "a"),
        share_name(replace(CARD, colours=replace(COLOURS, accent="#123456")), "a"),
    }
    assert len(names) == 5
    assert share_name(CARD, "a") == share_name(replace(CARD), "a")
