"""What an import reports: how much was taken, what was skipped and why, and the columns."""

from collections import Counter
from typing import Any

from voorjebuurt.places.files.columns import FigureColumns
from voorjebuurt.places.files.items import SkippedLine

FIRST_LINES = 10
"""How many lines are named of each reason to skip something."""


class Report:
    """Counted while a file is read; ``taken`` is by what it is (areas, figures, addresses…)."""

    def __init__(self) -> None:
        self.read = 0
        self.taken: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._lines: dict[str, list[int]] = {}
        self._columns: dict[str, Any] = {}

    def skip(self, record: SkippedLine) -> None:
        """Count something that is not taken; the first lines of each reason are kept."""
        why = record.why.value
        self._skipped[why] += 1
        lines = self._lines.setdefault(why, [])
        if len(lines) < FIRST_LINES:
            lines.append(record.line)

    def skip_many(self, why: str, count: int) -> None:
        """Count what was not looked at line by line."""
        if count:
            self._skipped[why] += count

    def tell_columns(self, columns: FigureColumns, empty: list[str]) -> None:
        """Which columns became which figures, and what was left alone."""
        self._columns = {
            "taken": {
                indicator: columns.headers[at]
                for indicator, at in columns.figures.items()
                if indicator not in empty
            },
            "empty": empty,
            "never": columns.never,
            "unused": columns.unused,
        }

    def as_json(self) -> dict[str, Any]:
        """The report as the import stores it."""
        reasons = [
            {"why": why, "count": count, "lines": self._lines.get(why, [])}
            for why, count in sorted(self._skipped.items())
        ]
        columns = {"columns": self._columns} if self._columns else {}
        return {"read": self.read, "taken": dict(self.taken), "skipped": reasons, **columns}
