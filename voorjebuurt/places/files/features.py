"""Maps (GeoJSON), read feature by feature, so that a large map needs little memory."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from voorjebuurt.places.files.cells import area_code
from voorjebuurt.places.files.faults import FileFaultError, shown
from voorjebuurt.places.files.items import AreaShape, SkippedLine, Why
from voorjebuurt.places.files.outlines import outline

_CHUNK = 1 << 18
_LARGEST = 1 << 24
"""Characters in one feature: the most detailed official outline has some 1,000,000."""
_BEGIN = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_CODES = (
    "buurtcode",
    "bu_code",
    "cbscode",
    "statcode",
    "gwb_code",
    "wijkcode",
    "wk_code",
    "gm_code",
    "gemeentecode",
)
_decoder = json.JSONDecoder()


def read_shapes(stream: BinaryIO, *, most: int) -> Iterator[AreaShape | SkippedLine]:
    """The outline of each area, of ``most`` areas. Water, and areas without an outline, are no
    areas of a map.
    """
    first_numbers: dict[str, int] = {}
    for number, feature in enumerate(_features(stream), 1):
        if number > most:
            raise FileFaultError("areas_too_many", number=number, maximum=most)
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            properties = {}
        by_key = {str(key).lower(): value for key, value in properties.items()}
        if by_key.get("water") == "JA":
            yield SkippedLine(number, Why.WATER)
            continue
        code = _code(by_key, number)
        if code in first_numbers:
            raise FileFaultError(
                "feature_twice", number=number, code=code, first=first_numbers[code]
            )
        first_numbers[code] = number
        if feature.get("geometry") is None:
            yield SkippedLine(number, Why.NO_OUTLINE)
        else:
            yield AreaShape(number, code, outline(feature["geometry"], number, code))


def _code(properties: Mapping[str, Any], number: int) -> str:
    value = next((properties[name] for name in _CODES if properties.get(name)), "")
    try:
        return area_code(str(value))
    except ValueError:
        text = shown(str(value))
        raise FileFaultError("feature_without_code", number=number, found=text) from None


def _features(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    text = _Text(stream)
    begin = text.find(_BEGIN)
    if begin is None:
        raise FileFaultError("no_features")
    text.drop(begin.end())
    number = 0
    while True:
        number += 1
        text.drop_between()
        if text.buffer.startswith("]"):
            break
        yield text.feature(number)
    if not text.rest().rstrip().endswith("}"):
        raise FileFaultError("feature_broken", number=number)


class _Text:
    """The file's text, as much of it as is needed at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self.buffer = ""
        self.at_end = False

    def more(self, size: int = _CHUNK) -> None:
        """Read on."""
        raw = self._stream.read(size)
        self.at_end = len(raw) < size
        try:
            self.buffer += self._decode.decode(raw, final=self.at_end)
        except UnicodeDecodeError:
            raise FileFaultError("not_utf8") from None

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match: what stands before the features is short."""
        while not self.at_end and len(self.buffer) < _LARGEST:
            self.more()
            if match := pattern.search(self.buffer):
                return match
        return None

    def drop(self, count: int) -> None:
        """Take characters away from the front."""
        self.buffer = self.buffer[count:]

    def drop_between(self) -> None:
        """Take away what stands between two features."""
        while True:
            match = _BETWEEN.match(self.buffer)
            self.drop(match.end() if match else 0)
            if self.buffer or self.at_end:
                return
            self.more()

    def feature(self, number: int) -> dict[str, Any]:
        """Take the first feature off the text. Raises ``FileFaultError`` for what is none."""
        size = _CHUNK
        while True:
            try:
                feature, end = _decoder.raw_decode(self.buffer)
            except (ValueError, RecursionError):  # also a number of thousands of digits
                if self.at_end or len(self.buffer) > _LARGEST:
                    raise FileFaultError("feature_broken", number=number) from None
                self.more(size)
                size *= 2
                continue
            if not isinstance(feature, dict):
                raise FileFaultError("feature_broken", number=number)
            self.drop(end)
            return feature

    def rest(self) -> str:
        """The end of the file: only its last characters are kept."""
        while not self.at_end:
            self.more()
            self.buffer = self.buffer[-_CHUNK:]
        return self.buffer
