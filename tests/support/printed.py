"""Posters and cards to print and draw in tests."""

from dataclasses import replace
from io import BytesIO

import segno
from PIL import Image

from voorjebuurt.campaigns.reach.posters import Colours, Material, Poster
from voorjebuurt.campaigns.reach.share_pictures import ShareCard

COLOURS = Colours("#0b5e50", "#ffffff", "#241f19", "#625b50", "#f3efe8", "#7b7367")
POSTER = Poster(
    material=Material.POSTER_A4,
    large=False,
    language="nl",
    platform="Voor je Buurt",
    heading="Bloemenbuurt, Zonnestad",
    title="Bomen op het Rozenplein",
    by="Door Buurtgroep De Bloem · Rozenplein",
    summary="Het plein is nu grijs en heet. Wij planten bomen.",
    facts=(("Nodig", "€ 1.200"), ("Geven kan tot en met", "12 december 2026")),
    how_title="Zo geeft u",
    how=("Scan de code met uw telefoon. Of typ dit adres:",),
    offline="Geen internet? Vraag een buur om samen te geven.",
    address="voorjebuurt.example/a/7kq2",
    code_alt="QR-code die naar voorjebuurt.example/a/7kq2 leidt",
    picture_alt="Een leeg plein",
    colours=COLOURS,
)
CARD = ShareCard(
    platform="Voor je Buurt",
    place="Bloemenbuurt, Zonnestad",
    title="Bomen op het Rozenplein",
    amount="€ 640 van € 1.200",
    note="Geven kan tot en met 12 december 2026",
    percent=53,
    colours=COLOURS,
)
HOSTILE = (
    '#panic("x") $x$ *b* _i_ @a <b> \\n',
    '#image("/etc/passwd") `raw` = kop',
    "</script><script>alert(1)</script>",
    "W" * 80,
    "мир שלום مرحبا 漢字 🌳🏳️‍🌈",
    "a\u200b\u202eb\u0301" * 10,
)
"""Titles that a typesetter, a page or a font could stumble over."""


def poster(material: Material, *, large: bool = False, title: str = POSTER.title) -> Poster:
    """A poster of this kind."""
    return replace(POSTER, material=material, large=large, title=title)


def code() -> bytes:
    """A QR code as SVG."""
    target = BytesIO()
    segno.make(POSTER.address, micro=False).save(target, kind="svg", border=0)
    return target.getvalue()


def photo(width: int = 960, height: int = 640, colour: str = "#7aa67a") -> bytes:
    """A JPEG."""
    target = BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "JPEG")
    return target.getvalue()
