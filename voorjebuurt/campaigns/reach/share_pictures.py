"""The picture of a campaign that goes along when somebody shares its address: 1200 by 630.

It has the campaign's own picture, its title and how far it is, in the colours of the town. What
the font can't draw is written as it sounds; pictures of faces and flags are left out.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from voorjebuurt.campaigns.reach.made_files import fingerprint
from voorjebuurt.campaigns.reach.posters import FONTS, Colours
from voorjebuurt.kernel.latin import in_latin

WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE = "image/jpeg"
_LAYOUT = 1
"""Goes up when the drawing changes: pictures get other names, and are fetched anew."""
_PICTURE = 480
_LEFT = _PICTURE + 56
_ROOM = WIDTH - _LEFT - 56
_BAR_TOP, _BAR_HEIGHT = 452, 26
_TITLE_SIZES = (68, 60, 54, 48, 42, 36)
_TITLE_HEIGHT = 232


@dataclass(frozen=True)
class ShareCard:
    """What the picture shows, in one language. ``percent``: how much of the bar is filled."""

    platform: str
    place: str
    title: str
    amount: str
    note: str
    percent: int
    colours: Colours


def share_name(card: ShareCard, picture_key: str | None) -> str:
    """The name of the file that shows this card with this picture."""
    return f"{fingerprint({**asdict(card), 'picture': picture_key, 'layout': _LAYOUT})}.jpg"


def draw_share_picture(card: ShareCard, picture: bytes | None) -> bytes:
    """Draw the card as a JPEG. ``picture``: a JPEG of ours, or None without one."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "#ffffff")
    pen = ImageDraw.Draw(sheet)
    _draw_side(sheet, pen, card, picture)
    pen.text((_LEFT, 52), _fitting(card.place, "Regular", 28), card.colours.quiet, _font(28))
    _draw_title(pen, card)
    _draw_progress(pen, card)
    target = BytesIO()
    sheet.save(target, "JPEG", quality=84, optimize=True, progressive=True)
    return target.getvalue()


def _draw_side(
    sheet: Image.Image, pen: ImageDraw.ImageDraw, card: ShareCard, picture: bytes | None
) -> None:
    """The picture, or the colour of the town; over its foot the name of the platform."""
    pen.rectangle((0, 0, _PICTURE, HEIGHT), card.colours.accent)
    if picture is not None:
        with Image.open(BytesIO(picture), formats=("JPEG",)) as image:
            photo = ImageOps.fit(image.convert("RGB"), (_PICTURE, HEIGHT - 84))
        sheet.paste(photo, (0, 0))
    else:
        _draw_houses(pen, card)
    name = _fitting(card.platform, "Bold", 34, room=_PICTURE - 64)
    pen.text((32, HEIGHT - 42), name, card.colours.on_accent, _font(34, "Bold"), anchor="lm")


def _draw_houses(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    """Three gables of a street, where a campaign has no picture."""
    for x, top, width in ((48, 250, 120), (184, 190, 112), (312, 282, 120)):
        middle = x + width // 2
        roof = ((x, top), (middle, top - 72), (x + width, top))
        pen.polygon(roof, card.colours.paper)
        pen.rectangle((x, top, x + width, HEIGHT - 84), card.colours.paper)
        for row in range(top + 28, HEIGHT - 150, 78):
            for column in (x + 20, x + width - 48):
                pen.rectangle((column, row, column + 28, row + 40), card.colours.accent)


def _draw_title(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    for size in _TITLE_SIZES:
        lines = _lines(_drawable(card.title, "Bold"), size)
        if len(lines) * size * 1.14 <= _TITLE_HEIGHT:
            break
    most = int(_TITLE_HEIGHT / (size * 1.14))
    drawing = lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    for number, line in enumerate(drawing):
        place = (_LEFT, 112 + number * size * 1.14)
        pen.text(place, line, card.colours.ink, _font(size, "Bold"))


def _draw_progress(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    right = _LEFT + _ROOM
    radius = _BAR_HEIGHT // 2
    amount = _fitting(card.amount, "Bold", 44)
    pen.text((_LEFT, _BAR_TOP - 26), amount, card.colours.accent, _font(44, "Bold"), anchor="lb")
    box = (_LEFT, _BAR_TOP, right, _BAR_TOP + _BAR_HEIGHT)
    pen.rounded_rectangle(box, radius, card.colours.paper, card.colours.line, 2)
    full = _ROOM * min(max(card.percent, 0), 100) // 100
    if full:
        part = (_LEFT, _BAR_TOP, _LEFT + max(full, _BAR_HEIGHT), _BAR_TOP + _BAR_HEIGHT)
        pen.rounded_rectangle(part, radius, card.colours.accent)
    note = _fitting(card.note, "Regular", 30)
    pen.text((_LEFT, _BAR_TOP + _BAR_HEIGHT + 30), note, card.colours.ink, _font(30))


def _lines(text: str, size: int) -> list[str]:
    """The text in lines that fit; a word that no line holds is broken."""
    font = _font(size, "Bold")
    lines: list[str] = []
    line = ""
    for word in _short_words(text.split(), font):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > _ROOM:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def _short_words(words: Sequence[str], font: ImageFont.FreeTypeFont) -> list[str]:
    short = []
    for word in words:
        rest = word
        while font.getlength(rest) > _ROOM:
            end = next(n for n in range(len(rest), 0, -1) if font.getlength(rest[:n]) <= _ROOM)
            short.append(rest[:end])
            rest = rest[end:]
        short.append(rest)
    return short


def _fitting(text: str, weight: str, size: int, room: int = _ROOM) -> str:
    """As much of one line as fits."""
    line, font = _drawable(text, weight), _font(size, weight)
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(f"{line}…") > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _drawable(text: str, weight: str) -> str:
    text = "".join(c if c == " " or _has(c, weight) else in_latin(c) for c in text)
    return " ".join(text.split())


@lru_cache(maxsize=4_096)
def _has(character: str, weight: str) -> bool:
    """Whether the font has a drawing of its own for a character."""
    font = _font(20, weight)
    glyph, nothing = font.getmask(character), font.getmask("\U0010ffff")
    return glyph.size != nothing.size or bytes(glyph) != bytes(nothing)


@lru_cache(maxsize=32)
def _font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    # The simple layout is the same on every machine, whatever libraries it has.
    path = str(FONTS / f"Figtree-{weight}.ttf")
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
