"""A picture as it was uploaded, made into few pixels without taking much memory on the way.

A file of some kilobytes can say that it has fifty million pixels. What it says is judged before it
is unpacked; what is unpacked is made smaller before colours and transparency are computed.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from voorjebuurt.kernel.errors import DomainError

MIN_WIDTH = 320
MAX_PIXELS = 50_000_000
"""Of a JPEG that is unpacked line by line and made smaller meanwhile: a telephone's photo."""
MAX_WHOLE_PIXELS = 25_000_000
"""Of whatever is in memory as a whole before it can be made smaller: 100 MB at four bytes each."""
MAX_SCANS = 60
"""Passes over a progressive JPEG; cameras and programs make some ten. Each unpacks all of it."""
_JPEG = ("JPEG", "MPO")
"""A JPEG with a second picture behind it, as some telephones make, goes by another name."""
READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
_SCAN = b"\xff\xda"
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError)


def few_pixels(data: bytes, most: tuple[int, int]) -> Image.Image:
    """The first picture of a file: upright, in sRGB on white, within ``most`` (width, height).

    Nothing else of the file goes along: no EXIF, no place, no comments, no thumbnail.
    Raises ``DomainError`` (field ``picture``) for what can't be used.
    """
    image = _opened(data)
    try:
        profile = image.info.get("icc_profile")
        small = _smaller(image, most)
        upright = _in_srgb(ImageOps.exif_transpose(small), profile)
    except _BROKEN:
        raise refused("picture_broken") from None
    upright.thumbnail(most, Image.Resampling.LANCZOS)
    if min(upright.size) < 10:
        raise refused("picture_too_small", min_pixels=MIN_WIDTH)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def refused(code: str, **values: object) -> DomainError:
    """Why a picture can't be used, to be told where it was chosen."""
    return DomainError(code, field="picture", **values)


def _opened(data: bytes) -> Image.Image:
    """The picture, its header read and its size judged before anything is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(BytesIO(data), formats=READABLE)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_many_pixels(MAX_WHOLE_PIXELS) from None
        except UnidentifiedImageError:
            raise refused("picture_heic" if _is_heic(data) else "picture_format") from None
        except _BROKEN:
            raise refused("picture_broken") from None
    most_pixels = MAX_PIXELS if _is_read_by_line(image) else MAX_WHOLE_PIXELS
    if image.width * image.height > most_pixels:
        raise _too_many_pixels(most_pixels)
    if image.format in _JPEG and data.count(_SCAN) > MAX_SCANS:
        raise refused("picture_broken")
    if min(image.size) < MIN_WIDTH // 4 or max(image.size) < MIN_WIDTH:
        raise refused("picture_too_small", min_pixels=MIN_WIDTH)
    return image


def _is_read_by_line(image: Image.Image) -> bool:
    return image.format in _JPEG and not image.info.get("progressive")


def _smaller(image: Image.Image, most: tuple[int, int]) -> Image.Image:
    """Unpacked, with no side longer than half more than the longest of ``most``.

    Whatever follows works on few pixels. The picture may be on its side.
    """
    longest = max(most) * 3 // 2
    image.draft("RGB", (longest, longest))
    factor = -(-max(image.size) // longest)
    if factor == 1:
        return image
    if image.mode in ("RGB", "L", "CMYK"):
        return image.reduce(factor)
    # A mean would take a copy of all pixels, for their palette, transparency or sixteen bits.
    size = (max(image.width // factor, 1), max(image.height // factor, 1))
    return image.resize(size, Image.Resampling.NEAREST)


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


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


def _too_many_pixels(most_pixels: int) -> DomainError:
    return refused("picture_too_many_pixels", max_megapixels=most_pixels // 1_000_000)
