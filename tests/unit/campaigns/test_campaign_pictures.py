"""Pictures: what comes in may be anything; what goes out is small, upright and silent."""

import os
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from voorjebuurt import paths
from voorjebuurt.campaigns import pictures
from voorjebuurt.campaigns.pictures import StoredPicture, is_stored, store_picture, stored_picture
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import FolderStorage

MAX_BYTES = 8_000_000


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "uploads")


def encoded(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    target = BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def photo(width: int = 1600, height: int = 1200) -> Image.Image:
    """Red on the left half, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def opened(storage: FolderStorage, name: str) -> Image.Image:
    data = storage.get(name)
    assert data is not None
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_readable_format_becomes_three_widths_in_three_formats(
    storage: FolderStorage, format: str
) -> None:
    key = store_picture(storage, encoded(photo(), format), max_bytes=MAX_BYTES)

    picture = stored_picture(key)
    assert picture is not None
    assert picture.widths == [480, 960, 1440]
    for width, height in [(480, 360), (960, 720), (1440, 1080)]:
        for suffix, name in [("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")]:
            image = opened(storage, f"{key}-{width}.{suffix}")
            assert (image.format, image.size) == (name, (width, height))


def test_nothing_is_told_about_the_maker(storage: FolderStorage) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Telefoon van Els"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    data = encoded(photo(), exif=exif, comment=b"Rozenstraat 12")
    assert b"Telefoon van Els" in data

    key = store_picture(storage, data, max_bytes=MAX_BYTES)

    picture = stored_picture(key)
    assert picture is not None
    for name in picture.names():
        image = opened(storage, name)
        assert not image.getexif()
        assert not {"exif", "comment", "xmp", "icc_profile"} & image.info.keys()
        file = storage.get(name) or b""
        assert b"Els" not in file
        assert b"Rozenstraat" not in file


def colour(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    """Red, green and blue of a pixel."""
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel


def test_a_picture_on_its_side_is_turned_upright(storage: FolderStorage) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left of the file is the top of the scene

    key = store_picture(storage, encoded(photo(), exif=exif), max_bytes=MAX_BYTES)

    image = opened(storage, f"{key}-1200.jpg").convert("RGB")
    assert image.size == (1200, 1600)
    top, bottom = colour(image, (600, 100)), colour(image, (600, 1500))
    assert top[0] > 200 > top[2]  # red
    assert bottom[2] > 200 > bottom[0]  # blue


def test_the_same_picture_gets_the_same_key(storage: FolderStorage) -> None:
    keys = {store_picture(storage, encoded(photo()), max_bytes=MAX_BYTES) for _ in range(2)}
    other = store_picture(storage, encoded(photo(1700, 1200)), max_bytes=MAX_BYTES)

    assert len(keys) == 1
    assert other not in keys


def test_a_small_picture_is_not_blown_up(storage: FolderStorage) -> None:
    key = store_picture(storage, encoded(photo(600, 400)), max_bytes=MAX_BYTES)

    assert key.endswith("-600x400")
    assert StoredPicture(key, 600, 400).widths == [480, 600]


def test_transparency_becomes_white(storage: FolderStorage) -> None:
    clear = Image.new("RGBA", (500, 400), (0, 0, 0, 0))

    key = store_picture(storage, encoded(clear, "PNG"), max_bytes=MAX_BYTES)

    assert opened(storage, f"{key}-500.jpg").getpixel((10, 10)) == (255, 255, 255)


def test_print_colours_become_screen_colours(storage: FolderStorage) -> None:
    key = store_picture(
        storage, encoded(Image.new("CMYK", (500, 400), (0, 255, 255, 0))), max_bytes=MAX_BYTES
    )

    red = colour(opened(storage, f"{key}-500.jpg").convert("RGB"), (10, 10))
    assert red[0] > 200 > red[1]


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has ten billion pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body)


def large() -> bytes:
    """A PNG that Pillow itself would still unpack."""
    return encoded(Image.new("1", (9000, 6000)), "PNG")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_format"),
        (encoded(Image.new("RGB", (500, 400)), "GIF"), "picture_format"),
        (encoded(Image.new("RGB", (500, 400)), "TIFF"), "picture_format"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "picture_heic"),
        (encoded(photo())[:2000], "picture_broken"),
        (encoded(photo(), "PNG")[:300], "picture_broken"),
        (bomb(), "picture_too_many_pixels"),
        (large(), "picture_too_many_pixels"),
        (encoded(Image.new("RGB", (200, 200))), "picture_too_small"),
        (encoded(Image.new("RGB", (2000, 12))), "picture_too_small"),
        (b"\xff\xd8" + bytes(MAX_BYTES), "picture_too_large"),
    ],
)
def test_what_can_not_be_used_is_refused_at_the_field(
    storage: FolderStorage, data: bytes, code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        store_picture(storage, data, max_bytes=MAX_BYTES)

    assert (refusal.value.code, refusal.value.field) == (code, "picture")


def test_a_baseline_photo_may_have_more_pixels_than_a_file_that_is_unpacked_whole(
    storage: FolderStorage,
) -> None:
    sizes: dict[str, dict[str, bool]] = {"baseline": {}, "progressive": {"progressive": True}}
    data = {
        name: encoded(Image.new("RGB", (6400, 4800), "red"), "JPEG", **options)
        for name, options in sizes.items()
    }

    assert store_picture(storage, data["baseline"], max_bytes=MAX_BYTES).endswith("-1440x1080")
    with pytest.raises(DomainError) as refusal:
        store_picture(storage, data["progressive"], max_bytes=MAX_BYTES)
    assert (refusal.value.code, refusal.value.values) == (
        "picture_too_many_pixels",
        {"max_megapixels": 25},
    )


def test_a_jpeg_of_very_many_passes_is_refused(storage: FolderStorage) -> None:
    data = encoded(photo(), progressive=True)
    scans = data.replace(b"\xff\xd9", b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 61)
    with pytest.raises(DomainError, match="picture_broken"):
        store_picture(storage, scans, max_bytes=MAX_BYTES)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_of_a_film_the_first_picture_is_taken(storage: FolderStorage, format: str) -> None:
    later = [Image.new("RGB", (500, 400), "blue")] * 3
    film = encoded(Image.new("RGB", (500, 400), "red"), format, save_all=True, append_images=later)

    key = store_picture(storage, film, max_bytes=MAX_BYTES)

    first = colour(opened(storage, f"{key}-500.jpg").convert("RGB"), (10, 10))
    assert first[0] > 200 > first[2]


def test_a_large_picture_on_its_side_is_upright_too(storage: FolderStorage) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    key = store_picture(storage, encoded(photo(6000, 3000), "PNG", exif=exif), max_bytes=MAX_BYTES)

    assert key.endswith("-1080x2160")


MEMORY = r"""
import re, sys, pathlib, tempfile
from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.kernel.storage import FolderStorage
def peak():
    return int(re.search("VmHWM:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())[1])
before = peak()
data = pathlib.Path(sys.argv[1]).read_bytes()
with tempfile.TemporaryDirectory() as folder:
    store_picture(FolderStorage(pathlib.Path(folder)), data, max_bytes=8_000_000)
print((peak() - before) // 1024)
"""
"""Prints by how many MB a process grew while it kept a picture."""


@pytest.mark.parametrize(
    ("mode", "format", "options"),
    [
        ("1", "PNG", {}),
        ("P", "PNG", {"transparency": 0}),
        ("LA", "PNG", {}),
        ("RGBA", "PNG", {}),
        ("I;16", "PNG", {}),
        ("RGBA", "WEBP", {"lossless": True, "method": 0}),
        ("CMYK", "JPEG", {}),
        ("RGB", "JPEG", {"progressive": True}),
    ],
)
def test_a_small_file_of_many_pixels_takes_little_memory(
    tmp_path: Path, mode: str, format: str, options: dict[str, object]
) -> None:
    file = tmp_path / "picture"
    file.write_bytes(encoded(Image.new(mode, (5000, 5000)), format, **options))
    environ = {**os.environ, "PYTHONPATH": str(paths.CONFIG.parent)}

    growth = subprocess.run(
        [sys.executable, "-c", MEMORY, str(file)], check=True, env=environ, capture_output=True
    )

    assert int(growth.stdout) < 450, "megabytes: libwebp keeps four copies of its own"


def test_one_picture_at_a_time_is_unpacked(
    storage: FolderStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_LONGEST_TURN_SECONDS", 0.01)
    with pictures._turn(), pytest.raises(DomainError) as refusal:
        store_picture(storage, encoded(photo()), max_bytes=MAX_BYTES)
    assert (refusal.value.code, refusal.value.field) == ("picture_busy", "picture")

    assert store_picture(storage, encoded(photo()), max_bytes=MAX_BYTES)


def test_a_key_that_is_not_one_is_no_picture(storage: FolderStorage) -> None:
    for text in (None, "", "../../etc/passwd", "a" * 32, "a" * 32 + "-0x0", "a" * 32 + "-9x9\n"):
        assert stored_picture(text) is None
        assert not is_stored(storage, text)
    assert not is_stored(storage, "a" * 32 + "-480x360")
