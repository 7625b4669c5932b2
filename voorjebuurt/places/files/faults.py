"""Why a file is refused."""

from typing import Any

from voorjebuurt.kernel.catalogues import catalogue

_SHOWN = 40
"""Characters of a cell in a message; a broken file may hold anything."""


class FileFaultError(Exception):
    """A file that can't be taken. ``line`` is where, counted from 1; ``values`` fill the text."""

    def __init__(self, code: str, /, *, line: int | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.values = values

    def as_json(self) -> dict[str, Any]:
        """As a report keeps it."""
        return {"code": self.code, "line": self.line, "values": self.values}


def fault_text(fault: dict[str, Any], language: str) -> str:
    """What a person reads about a fault as ``as_json`` gives it."""
    words = catalogue(language)
    text = words.text("file fault", fault["code"], **fault["values"])
    if fault["line"] is None:
        return text
    return words.text("file fault", "line", line=fault["line"], text=text)


def shown(cell: str, at_most: int = _SHOWN) -> str:
    """A cell's text, short enough and printable for a message."""
    text = "".join(each if each.isprintable() else "�" for each in cell.strip())
    return text if len(text) <= at_most else f"{text[:at_most]}…"
