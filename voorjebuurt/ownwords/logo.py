"""A logo as it was uploaded, made into a small PNG on white that letters can carry.

Every letter keeps its logo in its snapshot, so that it can be made again: that is why it is small.
"""

import base64
import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from voorjebuurt.kernel.errors import DomainError

MAX_BYTES = 2_000_000
"""Of the file that is uploaded."""
MAX_PIXELS = 10_000_000
MOST = (600, 200)
"""Width and height of what letters show, in pixels: 60 by 20 mm at 254 dots per inch."""
MIN_SIDE = 24
MAX_STORED_BYTES = 40_000
_COLOURS = (256, 64, 16)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError)


def small_logo(data: bytes) -> str:
    """The picture (PNG or JPEG) as base64 of a PNG without transparency or anything else in it.

    Raises ``DomainError`` (field ``logo``) for what can't be used.
    """
    if len(data) > MAX_BYTES:
        raise _refused("logo_too_large", max_megabytes=MAX_BYTES // 1_000_000)
    image = _opened(data)
    try:
        image.draft("RGB", (MOST[0] * 2, MOST[0] * 2))
        layer = ImageOps.exif_transpose(image).convert("RGBA")
        flat = Image.new("RGBA", layer.size, "white")
        flat.alpha_composite(layer)
    except _BROKEN:
        raise _refused("logo_broken") from None
    small = flat.convert("RGB")
    small.thumbnail(MOST, Image.Resampling.LANCZOS)
    if min(small.size) < MIN_SIDE:
        raise _refused("logo_too_small", min_pixels=MIN_SIDE)
    return base64.b64encode(_packed(small)).decode("ascii")


def logo_bytes(logo: str) -> bytes:
    """The PNG of a stored logo."""
    return base64.b64decode(logo)


def _opened(data: bytes) -> Image.Image:
    """The picture, its header read and its size judged before anything is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _refused("logo_too_many_pixels", max_megapixels=MAX_PIXELS // 10**6) from None
        except UnidentifiedImageError:
            raise _refused("logo_format") from None
        except _BROKEN:
            raise _refused("logo_broken") from None
    if image.width * image.height > MAX_PIXELS:
        raise _refused("logo_too_many_pixels", max_megapixels=MAX_PIXELS // 10**6)
    if min(image.size) < MIN_SIDE:
        raise _refused("logo_too_small", min_pixels=MIN_SIDE)
    return image


def _packed(image: Image.Image) -> bytes:
    """As few bytes as it takes, with fewer colours where it must: a logo has few."""
    for colours in _COLOURS:
        buffer = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        if buffer.tell() <= MAX_STORED_BYTES:
            return buffer.getvalue()
    raise _refused("logo_too_detailed")


def _refused(code: str, **values: object) -> DomainError:
    return DomainError(code, field="logo", **values)
