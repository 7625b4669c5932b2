"""What is wrong with rules or facts: where, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voorjebuurt.kernel.catalogues import catalogue


@dataclass(frozen=True)
class Fault:
    """One refusal. ``path`` is where (``rules.base.ratio``), ``code`` and ``values`` say why."""

    path: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """The reason in a language."""
        return catalogue(language).text("rule fault", self.code, **self.values)

    def as_json(self, language: str = "en") -> dict[str, str]:
        """``{"path", "message"}``."""
        return {"path": self.path, "message": self.message(language)}


class RefusedError(Exception):
    """Rules or facts that do not validate; ``faults`` has every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.path}: {fault.message('en')}" for fault in self.faults))
