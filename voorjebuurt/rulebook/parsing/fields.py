"""One JSON object with known keys, read key by key."""

from collections.abc import Callable, Collection
from typing import TypeVar

from voorjebuurt.rulebook.parsing.reader import Reader, below
from voorjebuurt.rulebook.values.jsontext import Json

Value = TypeVar("Value")
Harmless = TypeVar("Harmless")


def kind_of(reader: Reader, raw: Json, path: str, kinds: tuple[str, ...]) -> str | None:
    """The ``kind`` of an object, when it has one of these; None when it was refused."""
    if not isinstance(raw, dict):
        reader.refuse(path, "not_an_object")
        return None
    if "kind" not in raw:
        reader.refuse(f"{path}.kind", "missing")
        return None
    kind = raw["kind"]
    reader.one_of(kind, f"{path}.kind", kinds)
    return kind if isinstance(kind, str) and kind in kinds else None


class Fields:
    """Refuses unknown and missing keys at once; ``must`` and ``may`` read the others.

    With ``nulls`` an optional key whose value is null counts as absent, but for those in
    ``never_null``.
    """

    def __init__(
        self,
        reader: Reader,
        raw: Json,
        path: str,
        *,
        mandatory: Collection[str] = (),
        optional: Collection[str] = (),
        never_null: Collection[str] = (),
        nulls: bool = False,
    ) -> None:
        self.reader, self.path = reader, path
        self._raw: dict[str, Json] = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            reader.refuse(path, "not_an_object")
            return
        reader.keys_are_sound(self._raw, path)
        for key in self._raw:
            if key not in mandatory and key not in optional:
                reader.refuse(below(path, key), "unknown_key")
        for key in sorted(set(mandatory) - self._raw.keys()):
            reader.refuse(below(path, key), "missing")
        if nulls:
            empty = {key for key in optional if key not in never_null and self._null(key)}
            self._raw = {key: item for key, item in self._raw.items() if key not in empty}

    def _null(self, key: str) -> bool:
        return self._raw.get(key, ...) is None

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def at(self, key: str) -> str:
        """The path of that key."""
        return below(self.path, key)

    def raw(self, key: str) -> Json:
        """What stands at that key, unread; None when absent."""
        return self._raw.get(key)

    def may(self, key: str, convert: Callable[[Json, str], Value]) -> Value | None:
        """The value at an optional key, read; None when absent."""
        return convert(self._raw[key], self.at(key)) if key in self._raw else None

    def must(
        self, key: str, convert: Callable[[Json, str], Value], harmless: Harmless
    ) -> Value | Harmless:
        """The value at a required key; ``harmless`` when absent, which has been refused."""
        return convert(self._raw[key], self.at(key)) if key in self._raw else harmless
