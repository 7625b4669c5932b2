"""Pictures of campaigns: checked, stripped of what they tell about their maker, made to fit.

A key is made of the picture's content and size, ``<hash>-<width>x<height>``: a page needs nothing
else to show it, and its files, ``<key>-<width>.<format>``, never change.
"""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import Storage

WIDTHS = (480, 960, 1440)
MAX_HEIGHT = 2160
MIN_WIDTH = 320
MAX_PIXELS = 50_000_000
READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""What is made of every picture, and as what it is served."""

_KEY = re.compile(r"[0-9a-f]{32}-(?P<width>\d{2,4})x(?P<height>\d{2,4})", re.ASCII)
_OPTIONS: dict[str, tuple[str, dict[str, object]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 76, "method": 4}),
    "jpg": ("JPEG", {"quality": 78, "optimize": True, "progressive": True}),
}


@dataclass(frozen=True)
class StoredPicture:
    """A picture's address and size (pixels of the largest), read from its key."""

    key: str
    width: int
    height: int

    @property
    def widths(self) -> list[int]:
        """The widths that were made, smallest first."""
        return [width for width in WIDTHS if width < self.width] + [self.width]

    def names(self) -> list[str]:
        """The names of all its files."""
        return [f"{self.key}-{width}.{format}" for width in self.widths for format in FORMATS]


def stored_picture(key: str | None) -> StoredPicture | None:
    """What a key says; None without a key, or for a text that isn't one."""
    match = _KEY.fullmatch(key or "")
    if match is None:
        return None
    return StoredPicture(match[0], int(match["width"]), int(match["height"]))


def is_stored(storage: Storage, key: str | None) -> bool:
    """Whether a key names a picture that is really there."""
    picture = stored_picture(key)
    return picture is not None and storage.has(picture.names()[-1])


def store_picture(storage: Storage, data: bytes, *, max_bytes: int) -> str:
    """Check and keep an uploaded picture in every width and format; returns its key.

    Raises ``DomainError`` (field ``picture``) for what can't be used.
    """
    if len(data) > max_bytes:
        raise _refused("picture_too_large", max_megabytes=max_bytes // 1_000_000)
    image = _prepared(_opened(data))
    master = _encoded(image, "jpg")
    digest = hashlib.sha256(master).hexdigest()[:32]
    picture = StoredPicture(f"{digest}-{image.width}x{image.height}", image.width, image.height)
    for width in picture.widths:
        copy = image if width == image.width else _scaled(image, width)
        for format in FORMATS:
            storage.put(f"{picture.key}-{width}.{format}", _encoded(copy, format))
    return picture.key


def _opened(data: bytes) -> Image.Image:
    """The picture, its header read and its size judged before anything is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(BytesIO(data), formats=READABLE)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_many_pixels() from None
        except UnidentifiedImageError:
            raise _refused("picture_heic" if _is_heic(data) else "picture_format") from None
        except (OSError, ValueError, SyntaxError):
            raise _refused("picture_broken") from None
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(image.size) < MIN_WIDTH // 4 or max(image.size) < MIN_WIDTH:
        raise _refused("picture_too_small", min_pixels=MIN_WIDTH)
    return image


def _prepared(image: Image.Image) -> Image.Image:
    """Upright, in sRGB without transparency, at most the largest size, and nothing but pixels."""
    try:
        # A cheap first reduction while decoding; twice the size, for it may be on its side.
        image.draft("RGB", (2 * WIDTHS[-1], 2 * MAX_HEIGHT))
        profile = image.info.get("icc_profile")
        upright = _in_srgb(ImageOps.exif_transpose(image), profile)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise _refused("picture_broken") from None
    upright.thumbnail((WIDTHS[-1], MAX_HEIGHT), Image.Resampling.LANCZOS)
    if min(upright.size) < 10:
        raise _refused("picture_too_small", min_pixels=MIN_WIDTH)
    # Only the pixels go on: no EXIF, no GPS, no comments, no thumbnail of before a crop.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGBA", layer.size, "white")
        image.alpha_composite(layer)
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb_image = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            # A damaged profile costs some colour, not the picture.
            srgb_image = None
        image = srgb_image or image
    return image.convert("RGB")


def _scaled(image: Image.Image, width: int) -> Image.Image:
    height = max(round(image.height * width / image.width), 1)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, format: str) -> bytes:
    name, options = _OPTIONS[format]
    target = BytesIO()
    image.save(target, name, **options)
    return target.getvalue()


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


def _too_many_pixels() -> DomainError:
    return _refused("picture_too_many_pixels", max_megapixels=MAX_PIXELS // 1_000_000)


def _refused(code: str, **values: object) -> DomainError:
    return DomainError(code, field="picture", **values)
