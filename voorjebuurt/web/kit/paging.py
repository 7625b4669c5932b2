"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request, url_for

Row = TypeVar("Row")
_FURTHEST = 10_000


@dataclass
class Page:
    """Page ``number`` (from 1) of a list; one row more than ``size`` is asked for, to see
    whether there is a next page without counting everything.
    """

    number: int
    size: int
    more: bool = False

    @classmethod
    def asked(cls, *, size: int) -> "Page":
        """The page that ``?pagina=`` asks for; the first one for anything odd."""
        text = request.args.get("pagina", "1")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
        return cls(number=min(max(number, 1), _FURTHEST), size=size)

    @property
    def limit(self) -> int:
        """How many rows to ask for."""
        return self.size + 1

    @property
    def offset(self) -> int:
        """How many rows to skip."""
        return (self.number - 1) * self.size

    def cut(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows of this page; remembers whether more follow."""
        self.more = len(rows) > self.size
        return rows[: self.size]

    def url(self, number: int) -> str:
        """The address of page ``number`` of this same list."""
        arguments: dict[str, object] = {**request.args.to_dict(), **(request.view_args or {})}
        arguments["pagina"] = number
        return url_for(request.endpoint or "", **arguments)  # type: ignore[arg-type]

    @property
    def shown(self) -> bool:
        """Whether there is any other page to go to."""
        return self.more or self.number > 1
