"""A logo is made small, on white, and nothing of the file goes along."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from tests.support.factories.own_words import logo_file
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ownwords.logo import MAX_BYTES, MAX_STORED_BYTES, logo_bytes, small_logo


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_it_fits_is_opaque_and_made_the_same_each_time(kind: str) -> None:
    data = logo_file(kind=kind)
    logo = small_logo(data)
    assert logo == small_logo(data)
    image = Image.open(BytesIO(logo_bytes(logo)))
    assert image.format == "PNG"
    assert (image.width <= 600, image.height <= 200) == (True, True)
    assert not image.has_transparency_data
    assert len(logo_bytes(logo)) <= MAX_STORED_BYTES


def test_nothing_of_the_file_goes_along() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Geheim")
    buffer = BytesIO()
    Image.new("RGB", (300, 100), "red").save(buffer, "PNG", pnginfo=notes)
    assert b"Geheim" in buffer.getvalue()
    assert b"Geheim" not in logo_bytes(small_logo(buffer.getvalue()))


def bomb() -> bytes:
    buffer = BytesIO()
    Image.new("1", (9_000, 9_000)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "logo_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo_format"),
        (logo_file()[:200], "logo_broken"),
        (logo_file((12, 12)), "logo_too_small"),
        (b"x" * (MAX_BYTES + 1), "logo_too_large"),
        (bomb(), "logo_too_many_pixels"),
    ],
)
def test_what_is_no_good_says_why(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as error:
        small_logo(data)
    assert (error.value.code, error.value.field) == (code, "logo")
