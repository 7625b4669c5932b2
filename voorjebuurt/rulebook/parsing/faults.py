"""What is wrong with rules or facts: where, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voorjebuurt.kernel.catalogues import catalogue

MAX_FAULTS = 100
"""Faults of one document that are told; of the others only how many there are."""
MAX_QUOTED = 100
"""Characters of a text from the document that a fault quotes."""


def quoted(text: str) -> str:
    """The beginning of a text, when it is too long to be quoted."""
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


@dataclass(frozen=True)
class Fault:
    """One refusal. ``path`` is where (``rules.base.ratio``), ``code`` and ``values`` say why."""

    path: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """The reason in a language."""
        values = {name: quoted(str(value)) for name, value in self.values.items()}
        return catalogue(language).text("rule fault", self.code, **values)

    def as_json(self, language: str = "en") -> dict[str, str]:
        """``{"path", "message"}``."""
        return {"path": self.path, "message": self.message(language)}


class RefusedError(Exception):
    """Rules or facts that do not validate; ``faults`` has every reason, up to ``MAX_FAULTS``."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.path}: {fault.message('en')}" for fault in self.faults))
